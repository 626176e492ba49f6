// A phone with an open WeChat mini-program, as a separate process: WeChat's own template compiler and component framework
// (miniprogram-simulate), and a `wx` whose request function sends real HTTP requests. The parent process plays the user and
// provides the results of wx.login.
//
// node device.cjs <the toolchain's node_modules> <the mini-program's folder> <the page> <the content of the storage as JSON>
const { existsSync, statSync } = require('node:fs');
const Module = require('node:module');
const { join, dirname, sep } = require('node:path');
const { hide, host } = require('./host.cjs');

const [toolchain, root, route, stored] = process.argv.slice(2);
const tool = Module.createRequire(join(toolchain, 'index.js'));
const { JSDOM } = tool('jsdom');
const dom = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
for (const name of [
  'document',
  'Node',
  'Event',
  'CustomEvent',
  'Element',
  'HTMLElement',
  'MutationObserver',
  'TouchEvent',
])
  globalThis[name] = dom.window[name];
globalThis.window = dom.window;
const simulate = tool('miniprogram-simulate');

hide(root);
// The mini-program's packages are loaded only from miniprogram_npm.
const isOfProgram = (file) => file.startsWith(root + sep);
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (!parent?.filename || !isOfProgram(parent.filename) || /^[./]/.test(request))
    return resolve.call(this, request, parent, ...rest);
  const inPackages = join(root, 'miniprogram_npm', request);
  const inFolder = join(dirname(parent.filename), request);
  const file = [`${inPackages}.js`, join(inPackages, 'index.js'), `${inFolder}.js`, inFolder].find(
    (path) => existsSync(path) && statSync(path).isFile(),
  );
  if (!file) throw new Error(`module '${request}' is not defined, require args is '${request}'`);
  return file;
};

const { api, askParent, post, calls, storage, serve } = host(stored);
Object.assign(globalThis.wx, {
  login: api('login', (options) => askParent('login', options)),
  checkSession: api('checkSession', (options) => askParent('checkSession', options)),
  request: api('request', ({ header, ...options }) =>
    post({ headers: header, ...options }).then(
      ({ status, data }) => ({ statusCode: status, data, errMsg: 'request:ok' }),
      () => Promise.reject({ errMsg: 'request:fail ' }),
    ),
  ),
  showToast: api('showToast', ({ title }) => void (toast = title)),
  openPrivacyContract: api('openPrivacyContract', () => ({})),
  openSetting: api('openSetting', () => ({})),
  getStorageSync: (key) => storage[key] ?? '',
  setStorageSync(key, value) {
    calls.push('setStorageSync');
    storage[key] = value;
  },
});

let app;
let toast;
const pages = [];
globalThis.App = (options) => void (app = options);
globalThis.getApp = () => app;
globalThis.getCurrentPages = () => pages;
globalThis.__wxConfig = {};
// A page is a component without a parent.
globalThis.Page = ({ data, ...functions }) =>
  globalThis.Component({
    data,
    methods: Object.fromEntries(Object.entries(functions).filter(([, value]) => typeof value === 'function')),
  });

if (existsSync(join(root, 'app.js'))) {
  require(join(root, 'app.js'));
  app?.onLaunch?.({ path: route, query: {}, scene: 1001 });
  app?.onShow?.({ path: route, query: {}, scene: 1001 });
}
const component = simulate.render(simulate.load(join(root, route), 'main', { rootPath: root, compiler: 'official' }));
const { instance } = component;
Object.assign(instance, { route, __route__: route, options: {} });
pages.push(instance);
const body = document.createElement('div');
document.body.appendChild(body);
component.attach(body);
const life = (name, argument) => (typeof instance[name] === 'function' ? instance[name](argument) : undefined);
life('onLoad', {});
life('onShow');
life('onReady');

serve({
  html: () => (toast ? `${body.innerHTML}<!-- ${toast} -->` : body.innerHTML),
  data: () => JSON.parse(JSON.stringify(instance.data)),
  fire({ selector, event, detail }) {
    const element = component.querySelector(selector);
    if (!element) throw new Error(`no ${selector} in ${body.innerHTML}`);
    element.dispatchEvent(event, { detail });
  },
});
