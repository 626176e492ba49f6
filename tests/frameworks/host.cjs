// The common part of the simulated hosts: functions with callbacks or promises, real HTTP requests, a storage, and a parent
// process that plays the platform and the user.
const http = require('node:http');
const Module = require('node:module');
const { sep } = require('node:path');

// Globals that a mini-program's engine does not have. Like the hosts, this file hides them by wrapping each file.
const HIDDEN = [
  'window',
  'document',
  'self',
  'location',
  'navigator',
  'localStorage',
  'history',
  'XMLHttpRequest',
  'WebSocket',
  'fetch',
  'process',
  'Buffer',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'WebAssembly',
  'crypto',
  'structuredClone',
  'atob',
  'btoa',
  'setImmediate',
  'queueMicrotask',
  'AbortController',
  'Blob',
  'performance',
];

/** Hides these globals, except the visible ones, from the files of a mini-program. */
exports.hide = (root, visible = []) => {
  const names = HIDDEN.filter((name) => !visible.includes(name));
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (source, file) {
    return compile.call(
      this,
      file.startsWith(root + sep) ? `(function(${names.join(',')}){${source}\n}).call(this)` : source,
      file,
    );
  };
};

exports.host = (stored) => {
  const storage = JSON.parse(stored);
  const calls = [];
  const waiting = new Map();
  let requestCount = 0;

  /** Requests a result of the platform from the parent process: a value, or the argument of `fail`. */
  const askParent = (name, options) =>
    new Promise((resolve, reject) => {
      waiting.set(++requestCount, ({ value, fail }) => (fail ? reject(fail) : resolve(value)));
      process.send({ ask: requestCount, name, options });
    });

  /** A function of the host. It calls the callbacks if they are passed, and otherwise returns a promise. */
  const api =
    (name, work) =>
    (options = {}) => {
      calls.push(name === 'request' ? `request ${new URL(options.url).pathname}` : name);
      const finished = Promise.resolve(options).then(work);
      if (!options.success && !options.fail) return finished;
      finished.then(options.success, options.fail);
    };

  return {
    api,
    askParent,
    calls,
    storage,
    post: ({ url, method = 'GET', data, headers }) =>
      new Promise((resolve, reject) => {
        // According to the documentation of request, an object is converted to JSON and text is sent unchanged.
        const body = typeof data === 'string' ? data : JSON.stringify(data);
        const sent = http.request(
          url,
          { method, agent: false, headers: { 'content-type': 'application/json', ...headers } },
          (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (part) => (text += part));
            response.on('end', () =>
              resolve({ status: response.statusCode, data: text.startsWith('{') ? JSON.parse(text) : text }),
            );
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    /** Executes the actions that the parent process requests. */
    serve(more) {
      const actions = { calls: () => calls, storage: () => storage, ...more };
      process.on('message', ({ reply: serviceResponse, id, action, argument, ...platformResponse }) => {
        if (serviceResponse) return waiting.get(serviceResponse)(platformResponse);
        try {
          process.send({ id, value: actions[action](argument) });
        } catch (error) {
          process.send({ id, error: String(error?.stack ?? error) });
        }
      });
      process.on('unhandledRejection', (error) => process.send({ failed: String(error?.stack ?? error) }));
      process.send({ ready: true });
    },
  };
};
