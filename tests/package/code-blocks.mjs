// Converts the code blocks of the Markdown pages to files of a strict TypeScript project.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';
import { run } from '../../js/build/run.mjs';

/** The languages of code blocks that users of mp-phone copy, and the extensions of their files. */
const LANGUAGES = { js: 'ts', ts: 'ts', jsx: 'tsx', tsx: 'tsx' };

/** The Markdown pages of the project. */
export async function pages() {
  const { output } = await run('git', ['ls-files', '*.md']);
  return output.split('\n').filter(Boolean);
}

/** The code blocks of a page: `{ line, language, code }`; `line` is the line number in the page. */
export function codeBlocks(markdown) {
  return [...markdown.matchAll(/^```(\w+)\n([^]*?)\n```$/gm)]
    .filter(([, language]) => LANGUAGES[language])
    .map(({ 1: language, 2: code, index }) => ({
      line: markdown.slice(0, index).split('\n').length + 1,
      language: LANGUAGES[language],
      code,
    }));
}

/** Names that the pages use without declaring them: keys, fields of a request, functions of the application, host objects. */
const AMBIENT = `import type * as core from 'mp-phone';
import type * as server from 'mp-phone/server';
import type * as phoneButton from 'mp-phone-button';
declare global {
  const appId: string, appKey: string, sessionKey: core.Key[], privateKey: string, alipayPublicKey: string, aesKey: string;
  const encryptedData: string, iv: string, answer: unknown, response: unknown, body: string, code: string;
  const clientToken: string, session_key: string;
  const platforms: server.PhoneServiceOptions['platforms'], basePath: string, store: server.Store, logger: server.Logger;
  const onPhone: () => void, onError: (error: unknown) => void, onEvent: (event: server.ServiceEvent) => void;
  const diagnose: core.Diagnose, now: () => number, cors: { origins: '*' }, limits: server.Limits;
  const endpoint: string, platform: string, login: false, storage: phoneButton.ButtonStorage, api: string;
  const wx: any, app: any, koa: any, fastify: any, db: any, accounts: any, users: any, user: any;
  const sqliteStore: (db: any) => server.Store;
  const service: server.PhoneService, outcome: { value: phoneButton.Outcome | undefined };
  const button: phoneButton.PhoneButton, computed: (value: () => unknown) => unknown, Button: any, buttonProps: any;
  function createPhoneService(options: server.PhoneServiceOptions): server.PhoneService;
  const createPhoneButton: typeof phoneButton.createPhoneButton;
  const openPhone: typeof core.openPhone, readPhone: typeof core.readPhone;
  const usePhoneButton: typeof import('mp-phone-button/react').usePhoneButton;
  function Page(page: Record<string, unknown>): void;
  namespace JSX { interface IntrinsicElements { [name: string]: unknown } }
}
`;

/** Modules whose types are not installed. */
const MODULES = `declare module 'express';
declare module 'hono';
declare module 'wx-server-sdk';
declare module 'vue' { export interface Ref<T> { value: T } }
`;

export const ambientFiles = { 'ambient.d.mts': AMBIENT, 'modules.d.ts': MODULES };

/** Adds a type to the values in a block that shows only objects: each must be a phone number or an event. */
const typedValues = (code) =>
  code.replace(/^\{(?:.*\}|[^]*?\n\})$/gm, (value) => `(${value}) satisfies PhoneNumber | ServiceEvent;`);

/** Converts a block to a source file. `require` becomes `import`, and every file is a module, so that blocks share no names. */
export function sourceOf({ language, code }) {
  if (code.startsWith('{') && language === 'ts')
    return {
      extension: 'mts',
      text: `${typedValues(code)}\nimport type { PhoneNumber } from 'mp-phone';\nimport type { ServiceEvent } from 'mp-phone/server';`,
    };
  if (code.startsWith('{')) return { extension: 'tsx', text: `export const shown = <>${code}</>;` };
  const isCommonJs = /\brequire\(|^(module\.)?exports\b/m.test(code);
  const text = code
    .replace(/^const (\{.*\}) = require\(('.*')\);$/gm, 'import $1 from $2;')
    // A page without a bundler imports a file by its path.
    .replace("'/mp-phone/dist/slim.mjs'", "'mp-phone/slim'")
    .replace(/^const (\w+) = require\(('.*')\);$/gm, 'import $1 from $2;');
  return { extension: isCommonJs ? 'cts' : language === 'tsx' ? 'tsx' : 'mts', text: `${text}\nexport {};` };
}

/** The files of all code blocks: their texts and their places in the pages, by name. */
export async function blockFiles() {
  const files = {};
  const places = {};
  for (const page of await pages())
    for (const block of codeBlocks(readFileSync(join(root, page), 'utf8'))) {
      const { extension, text } = sourceOf(block);
      const name = `${page.replace(/\W/g, '-')}-${block.line}.${extension}`;
      files[name] = text;
      places[name] = { page, line: block.line };
    }
  return { files, places };
}
