// A smoke test, and no proof of a platform: the JavaScript that uni-app or Taro made for it runs in a host that is written
// here, with a page that has no template. What is real: the framework's own code, the button, HTTP, the service.
//
// node smoke.cjs <the host's object: my, swan, tt …> <the mini-program> <its page> <what is in its storage, JSON>
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
  // To Alipay a status that is no success is a failure.
  request: api('request', ({ header, headers = header, ...options }) =>
    post({ ...options, headers }).then((answer) =>
      !alipay || answer.status < 400
        ? { ...answer, statusCode: answer.status }
        : Promise.reject({ error: 19, ...answer }),
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
  // What the frameworks ask for when they start does nothing; other names are their own.
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
  // The last ones are what the frameworks know a page by.
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
    for (const [path, value] of Object.entries(patch)) written(page.data, path, value);
    finished?.();
  };
  page.$spliceData = page.setData;
  page.triggerEvent = page.dispatch = page.selectComponent = () => undefined;
  page.selectAllComponents = () => [];
};
globalThis.Page = opened;
// uni-app makes a component of a page, whose methods are the page's.
let component;
globalThis.Component = (options) => {
  component = options;
  opened({ data: options.data, ...options.methods });
};

/** Taro says `root.cn.[0].cl`, uni-app `a`. */
function written(data, path, value) {
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
// Baidu has one more, and Taro counts on it.
page.onInit?.({});
page.onLoad?.({});
page.onShow?.();
life('ready');
page.onReady?.();

/** Taro's tree of the page, as it stands in its data. */
const find = (node, id) =>
  node?.uid === id
    ? node
    : Object.values(node?.cn ?? {})
        .map((child) => find(child, id))
        .find(Boolean);
/** The page's template, in whatever language. */
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
    // uni-app: the attribute names a member of the data, which names the function.
    const [, name] =
      new RegExp(`<button id="${id}"[^>]* (?:on|bind)${event}="\\{\\{?(\\w+)\\}\\}?"`, 'i').exec(template()) ?? [];
    if (!name) throw new Error(`no ${event} on #${id}`);
    page[page.data[name]](source);
  },
});
