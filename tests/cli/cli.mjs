// The command as npm put it there, and the package that it is part of.
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

/** In English, with no keys of its own; what the caller says comes on top. */
const environment = { PATH: process.env.PATH, LANG: 'C.UTF-8' };

/** Starts it. `input` goes to its standard input, which is empty otherwise. */
export function start(args, { input = '', env = {}, node = process.execPath } = {}) {
  const child = spawn(node, [command, ...args], { stdio: 'pipe', cwd: folder, env: { ...environment, ...env } });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  child.stdin.on('error', () => {}).end(input);
  const ended = new Promise((resolve) =>
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, ...said });
    }),
  );
  const until = async (found) => {
    while (!found.test(said.out)) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return said.out;
  };
  return { child, ended, until };
}

/** Runs it to its end. */
export const run = (args, options) => start(args, options).ended;

/** Writes a file and gives its path. */
export function file(name, content) {
  const files = join(folder, `files-${process.pid}`);
  mkdirSync(files, { recursive: true });
  const path = join(files, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** One request. */
export function ask(url, { method = 'GET', headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    asked.on('error', reject).end(body);
  });
}
