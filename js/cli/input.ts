// The input of the commands: a file, standard input or options. Keys come from all of them and from the environment.

import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { platformOf } from '../core/entry/node';
import { platforms } from '../core/platforms';
import type { DiagnoseInput, DiagnoseKeys, OpenOptions, Platform } from '../core/types';
import { LONGEST, type Pasted, recognise } from '../paste/recognise';
import { collect, UsageError } from './command';

export interface InputOptions {
  platform?: string;
  keys?: string;
  now?: number;
  maxAge?: number;
  allowUnsigned?: boolean;
  [option: string]: unknown;
}

export interface CliInput {
  kind: Pasted['kind'];
  /** The form in which the data was pasted (JSON, curl …); `undefined` if all data comes from options. */
  shape: Pasted['shape'] | undefined;
  platform: Platform | undefined;
  candidates: readonly Platform[];
  sealed: Record<string, unknown>;
  keys: DiagnoseKeys;
  responseText: string | undefined;
  options: OpenOptions;
}

const SEALED = ['encryptedData', 'iv', 'data', 'response', 'sign', 'signType', 'code', 'use', 'errMsg'];
const SECRETS = ['sessionKey', 'aesKey', 'privateKey'];
const KEYS = ['appId', 'appKey', 'alipayPublicKey', ...SECRETS];

export function addInput(command: Command): Command {
  return command
    .argument(
      '[file]',
      "a file, or - for standard input: the event's JSON, a request, a curl command, a log line, a platform's response …",
    )
    .option('--platform <name>', 'wechat, alipay, baidu, douyin …; needed if the platform is not recognised')
    .option('--encrypted-data <base64>', "the event's encryptedData")
    .option('--iv <base64>', "the event's iv")
    .option('--data <base64>', "Baidu's ciphertext, or the data in the response of Douyin's get_phonenumber_info")
    .option('--response <text>', "the result of Alipay's my.getPhoneNumber")
    .option('--sign <base64>', "Alipay's signature")
    .addOption(new Option('--sign-type <type>', "Alipay's signature type").choices(['RSA2', 'RSA']))
    .option('--code <code>', 'a one-time code')
    .addOption(new Option('--use <purpose>', 'the purpose of the code').choices(['phone', 'login']))
    .option('--err-msg <text>', "the event's errMsg")
    .option('--keys <file>', 'a file with keys, JSON or lines of NAME=value')
    .option('--app-id <id>', 'your app id')
    .option('--app-key <key>', "Baidu's App Key")
    .option('--session-key-file <file>', 'a file with the session key; may be repeated, newest first', collect)
    .option('--aes-key-file <file>', "a file with Alipay's content encryption key")
    .option('--alipay-public-key-file <file>', "a file with Alipay's public key or certificate")
    .option('--private-key-file <file>', "a file with Douyin's app private key; may be repeated, newest first", collect)
    .option('--alipay-public-key <key>', "Alipay's public key, one line of base64")
    .option('--session-key <key>', 'not recommended: visible to other users and in the shell history', collect)
    .option('--aes-key <key>', 'not recommended')
    .option('--private-key <key>', 'not recommended', collect)
    .option(
      '--now <time>',
      'the current time: milliseconds since 1970, or a date such as 2026-01-02T03:04:05+08:00',
      time,
    )
    .option('--max-age <seconds>', 'the maximum age of a payload; Infinity for any age (default: 600)', seconds)
    .option('--allow-unsigned', 'open an Alipay ciphertext without a signature');
}

export const KEYS_HELP = `
Keys come from the pasted text, from files, or from the environment: MP_PHONE_APP_ID, MP_PHONE_APP_KEY,
MP_PHONE_SESSION_KEY, MP_PHONE_AES_KEY, MP_PHONE_ALIPAY_PUBLIC_KEY, MP_PHONE_PRIVATE_KEY. Nothing leaves this machine.`;

function time(text: string): number {
  const now = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(now)) throw new UsageError('--now is a number of milliseconds since 1970, or a date');
  return now;
}

function seconds(text: string): number {
  const age = Number(text);
  if (text.trim() === '' || !(age >= 0)) throw new UsageError('--max-age is a number of seconds, or Infinity');
  return age;
}

export async function readInput(file: string | undefined, options: InputOptions): Promise<CliInput> {
  const platform = options.platform === undefined ? undefined : requirePlatform(options.platform);
  warn(options);
  const flags = pick(options, SEALED);
  const pasted =
    file !== undefined || !Object.keys(flags).length ? recognise(await readText(file), platformOf) : undefined;
  const sealed = { ...pasted?.sealed, ...flags };
  const keys = {
    ...environment(),
    ...pasted?.keys,
    ...keysFile(options.keys),
    ...keyFiles(options),
    ...keyOptions(options),
  };
  const all = recognise(JSON.stringify({ ...sealed, ...keys }), platformOf);
  return {
    kind: kindOf(flags) ?? pasted?.kind ?? 'unknown',
    shape: pasted?.shape,
    platform: platform ?? pasted?.platform ?? all.platform,
    candidates: [...new Set([...(pasted?.candidates ?? []), ...all.candidates])],
    sealed,
    keys,
    responseText: pasted?.response,
    options: pick(options, ['now', 'maxAge', 'allowUnsigned']),
  };
}

function kindOf(flags: Record<string, unknown>): Pasted['kind'] | undefined {
  if (['encryptedData', 'iv', 'data', 'response', 'sign'].some((name) => name in flags)) return 'sealed';
  return 'code' in flags ? 'code' : 'errMsg' in flags ? 'event' : undefined;
}

/** The first argument of `openPhone` and `diagnose`. If an event has a payload and a code, the payload is used. */
export function diagnoseInputOf({ kind, sealed }: CliInput, platform: Platform): DiagnoseInput {
  const { code, use, ...payload } = sealed;
  return (kind === 'code' ? { platform, code, use } : { platform, ...payload }) as DiagnoseInput;
}

export function requirePlatform(name: string): Platform {
  const platform = platformOf(name);
  if (platform === undefined)
    throw new UsageError(`'${name.slice(0, 40)}' is not a platform. Platforms: ${platforms.join(', ')}`);
  return platform;
}

/** The text of a file or of standard input. */
export async function readText(file: string | undefined): Promise<string> {
  if (file === undefined && process.stdin.isTTY)
    throw new UsageError('the input is missing. Name a file, or pipe a text into the command');
  const text = file === undefined || file === '-' ? await standardInput() : readFile(file);
  if (!text.trim())
    throw new UsageError(file === undefined || file === '-' ? 'standard input is empty' : 'the file is empty');
  return text;
}

function readFile(file: string): string {
  try {
    const bytes = readFileSync(file);
    // Windows PowerShell writes UTF-16.
    return limited(bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
}

async function standardInput(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) text = limited(text + part);
  return text;
}

function limited(text: string): string {
  if (text.length > LONGEST) throw new UsageError('the text is longer than 256 kB');
  return text;
}

function warn(options: InputOptions): void {
  const secrets = SECRETS.filter((name) => options[name] !== undefined).map(flag);
  if (secrets.length)
    console.error(
      `mp-phone: ${secrets.join(', ')} in the command line: visible to other users of this machine and in the shell history. ` +
        'Use a file, standard input or the environment instead.',
    );
}

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const pick = (from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

const keyOptions = (options: InputOptions): Record<string, unknown> => unwrapLists(pick(options, KEYS));

function keyFiles(options: InputOptions): Record<string, unknown> {
  const files = KEYS.map((name) => [name, options[`${name}File`]] as const).filter(([, file]) => file !== undefined);
  return unwrapLists(
    Object.fromEntries(
      files.map(([name, file]) => [name, [file].flat().map((path) => readFile(String(path)).trimEnd())]),
    ),
  );
}

/** A list with a single item becomes that item. */
const unwrapLists = (keys: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(keys).map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]),
  );

function keysFile(file: string | undefined): Record<string, unknown> {
  if (file === undefined) return {};
  const { keys } = recognise(readFile(file));
  if (!Object.keys(keys).length)
    throw new UsageError('the file of --keys contains no key. It may contain {"appId": …, "sessionKey": …}');
  return keys;
}

function environment(): Record<string, unknown> {
  const variable = (name: string): string =>
    `MP_PHONE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  return Object.fromEntries(KEYS.map((name) => [name, process.env[variable(name)]]).filter(([, value]) => value));
}
