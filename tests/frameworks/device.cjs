// A phone with a WeChat mini-program open, as a process of its own: WeChat's own template compiler and component framework
// (miniprogram-simulate), and a wx whose request is real HTTP. The parent plays the person and answers wx.login.
//
// node device.cjs <the toolchain's node_modules> <the mini-program> <its page> <what is in its storage, JSON>
const { readFileSync, existsSync, statSync } = require('node:fs');
const http = require('node:http');
const Module = require('node:module');
const { join, dirname, sep } = require('node:path');

const [toolchain, root, route, stored] = process.argv.slice(2);
const tool = Module.createRequire(join(toolchain, 'index.js'));
const { JSDOM } = tool('jsdom');
const dom = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
for (const name of ['document', 'Node', 'Event', 'CustomEvent', 'Element', 'HTMLElement', 'MutationObserver', 'TouchEvent']) globalThis[name] = dom.window[name];
globalThis.window = dom.window;
const simulate = tool('miniprogram-simulate');

// What a mini-program's engine does not have. WeChat hides it by wrapping each file, and so do we.
const HIDDEN = ['window', 'document', 'self', 'location', 'navigator', 'localStorage', 'history', 'XMLHttpRequest', 'WebSocket', 'fetch', 'process', 'Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'WebAssembly', 'crypto', 'structuredClone', 'atob', 'btoa', 'setImmediate', 'queueMicrotask', 'AbortController', 'Blob', 'performance'];
const ours = (file) => file.startsWith(root + sep);
const compile = Module.prototype._compile;
Module.prototype._compile = function (source, file) {
  return compile.call(this, ours(file) ? `(function(${HIDDEN.join(',')}){${source}\n}).call(this)` : source, file);
};
// A package is found in miniprogram_npm, and nowhere else.
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (!parent?.filename || !ours(parent.filename) || /^[./]/.test(request)) return resolve.call(this, request, parent, ...rest);
  const inPackages = join(root, 'miniprogram_npm', request);
  const beside = join(dirname(parent.filename), request);
  const found = [`${inPackages}.js`, join(inPackages, 'index.js'), `${beside}.js`, beside].find((path) => existsSync(path) && statSync(path).isFile());
  if (!found) throw new Error(`module '${request}' is not defined, require args is '${request}'`);
  return found;
};

const storage = JSON.parse(stored);
const calls = [];
let asked = 0;
const waiting = new Map();

/** The parent answers for the platform: a value, or `{fail}`. */
const askParent = (name, options) => new Promise((resolve, reject) => {
  waiting.set(++asked, ({ value, fail }) => (fail ? reject(fail) : resolve(value)));
  process.send({ ask: asked, name, options });
});

const post = ({ url, method = 'GET', data, header }) => new Promise((resolve, reject) => {
  // As the documentation of wx.request says: an object becomes JSON, text is sent as it is.
  const body = typeof data === 'string' ? data : JSON.stringify(data);
  const sent = http.request(url, { method, agent: false, headers: { 'content-type': 'application/json', ...header } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => (text += part));
    response.on('end', () => resolve({ statusCode: response.statusCode, data: text.startsWith('{') ? JSON.parse(text) : text, errMsg: 'request:ok' }));
  });
  sent.on('error', () => reject({ errMsg: 'request:fail ' }));
  sent.end(body);
});

/** A function of wx: callbacks where they are given, a promise where not. */
const api = (name, work) => (options = {}) => {
  calls.push(name === 'request' ? `request ${new globalUrl(options.url).pathname}` : name);
  const done = Promise.resolve(options).then(work);
  if (!options.success && !options.fail) return done;
  done.then(options.success, options.fail);
};
const globalUrl = URL;
Object.assign(globalThis.wx, {
  login: api('login', (options) => askParent('login', options)),
  checkSession: api('checkSession', (options) => askParent('checkSession', options)),
  request: api('request', post),
  openPrivacyContract: api('openPrivacyContract', () => ({})),
  openSetting: api('openSetting', () => ({})),
  getStorageSync: (key) => storage[key] ?? '',
  setStorageSync(key, value) {
    calls.push('setStorageSync');
    storage[key] = value;
  },
});

let app;
const pages = [];
globalThis.App = (options) => void (app = options);
globalThis.getApp = () => app;
globalThis.getCurrentPages = () => pages;
globalThis.__wxConfig = {};
// A page is a component without a parent.
globalThis.Page = ({ data, ...functions }) => globalThis.Component({ data, methods: Object.fromEntries(Object.entries(functions).filter(([, one]) => typeof one === 'function')) });

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

const actions = {
  html: () => body.innerHTML,
  calls: () => calls,
  storage: () => storage,
  data: () => JSON.parse(JSON.stringify(instance.data)),
  show: () => void life('onShow'),
  fire({ selector, event, detail }) {
    const element = component.querySelector(selector);
    if (!element) throw new Error(`no ${selector} in ${body.innerHTML}`);
    element.dispatchEvent(event, { detail });
  },
};
process.on('message', ({ reply, id, action, argument, ...answer }) => {
  if (reply) return waiting.get(reply)(answer);
  try {
    process.send({ id, value: actions[action](argument) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.on('unhandledRejection', (error) => process.send({ failed: String(error?.stack ?? error) }));
process.send({ ready: true });
