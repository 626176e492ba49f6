// Runs other programs, and reports the progress to the user.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root, tools } from './paths.mjs';

const started = Date.now();
/** The time since a moment, formatted in seconds. */
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Prints a line of progress, with the time since the command began. */
export function say(line) {
  console.log(`[${seconds(started).padStart(8)}] ${line}`);
}

export class Failed extends Error {}

/**
 * Runs a program. Its output is collected. `onOutput` receives it as it arrives; with `show` it is also printed. If the
 * program fails, its whole output is printed.
 * @returns {Promise<{code: number, output: string}>} rejects with Failed unless the code is 0 or `allowFailure` is set
 */
export function run(
  command,
  args,
  { cwd = root, env = {}, show = false, allowFailure = false, timeout = 0, onOutput } = {},
) {
  return new Promise((resolve, reject) => {
    const path = [join(tools, 'bin'), process.env.PATH].join(delimiter);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      if (show) process.stdout.write(chunk);
      onOutput?.(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const timer = timeout ? setTimeout(() => child.kill('SIGKILL'), timeout) : undefined;
    child.on('error', (error) =>
      reject(new Failed(`${command} could not be started (${error.code}). ${advice(command)}`)),
    );
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0 || allowFailure) return resolve({ code: code ?? -1, output });
      if (!show) process.stdout.write(output);
      reject(new Failed(`${command} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}

function advice(command) {
  if (['cargo', 'rustc', 'rustup'].includes(command))
    return 'Install rustup from https://rustup.rs and open a new terminal.';
  if (command === 'npm') return 'Install Node.js 20 or newer, which brings npm.';
  return 'Is it installed and on PATH?';
}

/** Runs the body of a command: a failure becomes a line of text and exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Failed ? `\nfailed: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** A number of bytes, formatted in kB. */
export const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
