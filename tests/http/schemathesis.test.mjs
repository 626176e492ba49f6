// Thousands of valid and invalid requests, generated from the OpenAPI document, against the real server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { listen } from './client.mjs';
import { phoneKit } from './phone-kit.mjs';
import { schemathesis } from './venv.mjs';

const { createPhoneService, createSimulator } = phoneKit('http-schemathesis');
const simulator = await createSimulator();
after(() => simulator.close());

let program;
before(() => (program = schemathesis()), { timeout: 300_000 });

// Valid requests may be rejected, because their codes are invented.
const CHECKS = ['--checks', 'all', '--exclude-checks', 'positive_data_acceptance'];
// Two statuses that schemathesis does not expect: 413 for a large body, valid or not, and 503 "unavailable" for an
// invalid response of a platform, which is an intended server error.
const CONFIG = `
[checks]
negative_data_rejection.expected-statuses = [400, 401, 404, 405, 413, 415, 422]
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 503]
`;

/** Runs schemathesis against a handler; returns its exit code and output. */
async function examine(handler, examples) {
  const server = createServer(handler);
  const url = `http://127.0.0.1:${await listen(server)}`;
  const folder = mkdtempSync(join(root, 'target', 'schemathesis-run-'));
  writeFileSync(join(folder, 'schemathesis.toml'), CONFIG);
  try {
    const child = spawn(
      program,
      [
        'run',
        `${url}/openapi.json`,
        '--max-examples',
        String(examples),
        ...CHECKS,
        '--generation-deterministic',
        '--no-color',
      ],
      { cwd: folder, env: { ...process.env, HYPOTHESIS_STORAGE_DIRECTORY: folder, COLUMNS: '200' } },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    return { code, output };
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A handler with the service and its OpenAPI document. */
const served = (service, visited) => (request, response) => {
  if (request.url === '/openapi.json') {
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify(service.openapi));
  }
  response.once('finish', () => visited.push(response.statusCode));
  return service.node(request, response);
};

for (const names of [['wechat'], [...simulator.platforms]]) {
  test(`schemathesis finds no fault with ${names.length === 1 ? names[0] : 'every platform'}`, {
    timeout: 100_000,
  }, async (t) => {
    const bugs = [];
    const records = [];
    const service = createPhoneService({
      platforms: Object.fromEntries(names.map((name) => [name, simulator.config(name)])),
      logger: false,
      onError: (error) => bugs.push(error),
    });
    const { code, output } = await examine(served(service, records), 100);
    const statuses = Object.fromEntries(
      [...new Set(records)].sort().map((status) => [status, records.filter((code) => code === status).length]),
    );
    t.diagnostic(
      `${records.length} requests with the statuses ${JSON.stringify(statuses)}; ${/\d+ generated.*/.exec(output)?.[0] ?? ''}`,
    );
    assert.equal(code, 0, output);
    assert.deepEqual(bugs, []);
    // Some requests passed validation and caused requests to the platforms.
    assert.ok(
      records.length > 250 && statuses[400] > 50 && statuses[422] + (statuses[401] ?? 0) > 20,
      JSON.stringify(statuses),
    );
    assert.equal(statuses[500], undefined);
  });
}

test('schemathesis finds a deliberate 500 and a response that is not in the document', async () => {
  const plants = {
    'Server error': (service, body, response) => {
      if (body.code?.length !== 1) return false;
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end('{"error":{"code":"internal","action":"retry","message":{"en":"x","zh":"x"}}}');
      return true;
    },
    'violates schema': (service, body, response) => {
      if (body.code?.length !== 1) return false;
      response
        .writeHead(422, { 'content-type': 'application/json' })
        .end('{"error":{"code":"wrong_padding","action":"retry","message":{"en":"x","zh":"x"}}}');
      return true;
    },
  };
  for (const [hit, plant] of Object.entries(plants)) {
    const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') }, logger: false });
    const plain = served(service, []);
    const { code, output } = await examine(async (request, response) => {
      if (!request.url.endsWith('/login') || request.method !== 'POST') return plain(request, response);
      const parts = [];
      for await (const part of request) parts.push(part);
      const bytes = Buffer.concat(parts);
      try {
        if (plant(service, Object(JSON.parse(bytes)), response)) return undefined;
      } catch {}
      request.body = bytes;
      return plain(request, response);
    }, 20);
    assert.equal(code, 1, output);
    assert.match(output, new RegExp(hit));
  }
});
