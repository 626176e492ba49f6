// A smoke test, not a proof that the platform works: the JavaScript that uni-app or Taro built for a platform runs in a host
// that this file imitates, with a page without its template. The framework's code, the button, HTTP and the service are real.
//
// node smoke.cjs <the host's object: my, swan, tt …> <the mini-program's folder> <the page> <the content of the storage as JSON>
const { readFileSync, readdirSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { hide, host } = require('./host.cjs');

const [object, root, route, stored] = process.argv.slice(2);
const { api, askParent, post, calls, storage, serve } = host(stored);
// Taro's bundle reads navigator when it is loaded.
hide(root, ['navigator']);
globalThis.navigator = { userAgent: object };

const alipay = object === 'my';
const requests = (...names) =>
  Object.fromEntries(names.map((name) => [name, api(name, (options) => askParent(name, options))]));
const functions = {
  ...(alipay
    ? requests('getAuthCode', 'getPhoneNumber')
    : object === 'swan'
      ? requests('getLoginCode')
      : requests('login')),
  // Alipay treats an HTTP error status as a failed request.
  request: api('request', ({ header, headers = header, ...options }) =>
    post({ ...options, headers }).then((response) =>
      !alipay || response.status < 400
        ? { ...response, statusCode: response.status }
        : Promise.reject({ error: 19, ...response }),
    ),
  ),
  getStorageSync: (key) => (alipay ? { data: storage[key.key] ?? null } : (storage[key] ?? '')),
  setStorageSync(key, value) {
    calls.push('setStorageSync');
    storage[alipay ? key.key : key] = alipay ? key.data : value;
  },
  getSystemInfoSync: () => ({
    platform: 'ios',
    SDKVersion: '3.200.0',
    pixelRatio: 2,
    windowWidth: 375,
    windowHeight: 667,
    screenWidth: 375,
    language: 'zh_CN',
  }),
  canIUse: () => false,
};
globalThis[object] = new Proxy(functions, {
  // Host functions that the frameworks call at start do nothing. Other names belong to the frameworks.
  get: (source, name) =>
    !(name in source) && /^(on|off|get|set|create|next)[A-Z]/.test(String(name)) ? () => ({}) : source[name],
});

let page;
const app = {};
globalThis.App = (options) => Object.assign(app, options);
globalThis.getApp = () => app;
globalThis.getCurrentPages = () => (page ? [page] : []);
globalThis.Behavior = (options) => options;
const opened = ({ data, ...members }) => {
  // The frameworks identify a page by `$id` and the members after it.
  page = {
    ...members,
    data: JSON.parse(JSON.stringify(data ?? {})),
    route,
    is: route,
    properties: {},
    dataset: {},
    methods: members,
    $id: 1,
    __route__: route,
    __nodeid__: 0,
    __nodeId__: 0,
    nodeId: 0,
    __webviewId__: 1,
    __pageId__: 1,
  };
  page.pageinstance = page;
  page.setData = (patch, finished) => {
    for (const [path, value] of Object.entries(patch)) writeAt(page.data, path, value);
    finished?.();
  };
  page.$spliceData = page.setData;
  page.triggerEvent = page.dispatch = page.selectComponent = () => undefined;
  page.selectAllComponents = () => [];
};
globalThis.Page = opened;
// uni-app creates pages as components. The component's methods are the page's methods.
let component;
globalThis.Component = (options) => {
  component = options;
  opened({ data: options.data, ...options.methods });
};

/** Writes a value at a path of the data: `root.cn.[0].cl` for Taro, `a` for uni-app. */
function writeAt(data, path, value) {
  const names = path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean);
  const last = names.pop();
  names.reduce((at, name) => (at[name] ??= {}), data)[last] = value;
}

require(join(root, 'app.js'));
app.onLaunch?.call(app, { path: route, query: {} });
app.onShow?.call(app, { path: route, query: {} });
require(join(root, `${route}.js`));
const life = (name) => (component?.lifetimes?.[name] ?? component?.[name])?.call(page);
life('created');
life('attached');
// Baidu has the additional life-cycle function onInit, which Taro requires.
page.onInit?.({});
page.onLoad?.({});
page.onShow?.();
life('ready');
page.onReady?.();

/** Finds a node in Taro's tree of the page, which is in the page's data. */
const find = (node, id) =>
  node?.uid === id
    ? node
    : Object.values(node?.cn ?? {})
        .map((child) => find(child, id))
        .find(Boolean);
/** The page's template, in the template language of the platform. */
const template = () => {
  const folder = join(root, dirname(route));
  return readFileSync(
    join(
      folder,
      readdirSync(folder).find((file) => file.startsWith(`${basename(route)}.`) && /ml$|\.swan$/.test(file)),
    ),
    'utf8',
  );
};

serve({
  html: () => JSON.stringify(page.data),
  data: () => page.data,
  fire({ selector, event, detail }) {
    const id = selector.slice(1);
    const node = find(page.data.root, id);
    const source = {
      type: event,
      detail,
      timeStamp: Date.now(),
      target: { id, dataset: {} },
      currentTarget: { id, dataset: node ? { sid: node.sid } : {} },
    };
    if (node) return void page.eh(source);
    // uni-app: the attribute has the name of a member of the data, and that member has the name of the function.
    const [, name] =
      new RegExp(`<button id="${id}"[^>]* (?:on|bind)${event}="\\{\\{?(\\w+)\\}\\}?"`, 'i').exec(template()) ?? [];
    if (!name) throw new Error(`no ${event} on #${id}`);
    page[page.data[name]](source);
  },
});
