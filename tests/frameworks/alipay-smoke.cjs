// A smoke test, and no proof of Alipay: the JavaScript that uni-app or Taro made for it runs in a host that is written here,
// with pages that have no template. What is real: the framework's own code, the button, HTTP, the service.
//
// node alipay-smoke.cjs <unused> <the mini-program> <its page> <what is in its storage, JSON>
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { hide, host } = require('./host.cjs');

const [, root, route, stored] = process.argv.slice(2);
const { api, askParent, post, calls, storage, serve } = host(stored);
// Taro's bundle reads navigator when it is loaded.
hide(root, ['navigator']);
globalThis.navigator = { userAgent: 'AlipayClient' };

const functions = {
  getAuthCode: api('getAuthCode', (options) => askParent('getAuthCode', options)),
  getPhoneNumber: api('getPhoneNumber', (options) => askParent('getPhoneNumber', options)),
  // To Alipay a status that is no success is a failure.
  request: api('request', (options) => post(options).then((answer) => (answer.status < 400 ? answer : Promise.reject({ error: 19, ...answer })), () => Promise.reject({ error: 13, errorMessage: '' }))),
  getStorageSync: ({ key }) => ({ data: storage[key] ?? null, success: true }),
  setStorageSync({ key, data }) {
    calls.push('setStorageSync');
    storage[key] = data;
  },
  getSystemInfoSync: () => ({ platform: 'iOS', SDKVersion: '2.8.0', pixelRatio: 2, windowWidth: 375, windowHeight: 667, screenWidth: 375, language: 'zh-Hans', app: 'alipay' }),
  canIUse: () => false,
};
globalThis.my = new Proxy(functions, {
  // What the frameworks ask for when they start does nothing; other names are their own.
  get: (given, name) => (!(name in given) && /^(on|off|get|set|create|next)[A-Z]/.test(String(name)) ? () => ({}) : given[name]),
});
let page;
const app = {};
globalThis.App = (options) => Object.assign(app, options);
globalThis.getApp = () => app;
globalThis.getCurrentPages = () => (page ? [page] : []);
globalThis.Component = () => {};
globalThis.Page = (options) => {
  page = { ...options, data: JSON.parse(JSON.stringify(options.data ?? {})), route, $id: 1 };
  page.setData = (patch, done) => {
    for (const [path, value] of Object.entries(patch)) put(page.data, path, value);
    done?.();
  };
  page.$spliceData = page.setData;
};

/** Taro says `root.cn.[0].cl`, uni-app `a`. */
function put(data, path, value) {
  const names = path.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean);
  const last = names.pop();
  names.reduce((at, name) => (at[name] ??= {}), data)[last] = value;
}

require(join(root, 'app.js'));
app.onLaunch?.call(app, { path: route, query: {} });
app.onShow?.call(app, { path: route, query: {} });
require(join(root, `${route}.js`));
page.onLoad?.({});
page.onShow?.();
page.onReady?.();

/** Taro's tree of the page, as it stands in its data. */
const find = (node, id) => (node?.uid === id ? node : Object.values(node?.cn ?? {}).map((child) => find(child, id)).find(Boolean));

serve({
  html: () => JSON.stringify(page.data),
  data: () => page.data,
  fire({ selector, event, detail }) {
    const id = selector.slice(1);
    const node = find(page.data.root, id);
    const given = { type: event, detail, timeStamp: Date.now(), target: { id, dataset: {} }, currentTarget: { id, dataset: node ? { sid: node.sid } : {} } };
    if (node) return void page.eh(given);
    // uni-app: the attribute names a member of the data, which names the function.
    const [, name] = new RegExp(`<button id="${id}"[^>]* on${event}="\\{\\{(\\w+)\\}\\}"`, 'i').exec(readFileSync(join(root, `${route}.axml`), 'utf8')) ?? [];
    page[page.data[name]](given);
  },
});
