// The installed command, and the package that contains it.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after } from 'node:test';
import { install, requireIn } from '../support/installed.mjs';

export const folder = install('cli');
export const installed = requireIn(folder);
export const api = installed('mp-phone');
export const command = join(folder, 'node_modules', '.bin', 'mp-phone');

const running = new Set();
after(() => running.forEach((child) => child.kill('SIGKILL')));

/** The environment of the command: in English, and without `MP_PHONE_…` keys. The caller can add variables. */
const environment = { PATH: process.env.PATH, LANG: 'C.UTF-8' };

/** Starts the command. `input` becomes its standard input, which is empty by default. */
export function start(args, { input = '', env = {}, node = process.execPath } = {}) {
  const child = spawn(node, [command, ...args], { stdio: 'pipe', cwd: folder, env: { ...environment, ...env } });
  running.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (data) => (output.out += data));
  child.stderr.on('data', (data) => (output.err += data));
  child.stdin.on('error', () => {}).end(input);
  const ended = new Promise((resolve) =>
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, ...output });
    }),
  );
  const until = async (isComplete) => {
    while (!isComplete.test(output.out)) {
      if (child.exitCode !== null) throw new Error(`the command ended: ${output.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return output.out;
  };
  return { child, ended, until };
}

/** Runs the command until it ends. */
export const run = (args, options) => start(args, options).ended;

/** Writes a file and returns its path. */
export function file(name, content) {
  const files = join(folder, `files-${process.pid}`);
  mkdirSync(files, { recursive: true });
  const path = join(files, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Sends a single request. */
export function ask(url, { method = 'GET', headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}
