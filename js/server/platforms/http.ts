// Requests to the platforms. Their URLs hold secrets, as WeChat wants it: nothing of a request is in an error.
import type { Platform } from '../../core/types';
import { withTimeout } from '../concurrency';
import { bare, isObject, parseBare } from '../own-members';
import { checkAnswer } from '../runtime/wasm';
import type { Fetch } from '../types';
import { platformUnavailable } from './unavailable';

/**
 * Bytes of an answer, after decompression. Real ones have a few thousand; the core reads no text that has more, and so
 * there is nothing to be had by an option.
 */
export const LARGEST = 65_536;

/** How deep an answer may be nested, as for the core: no engine's parser should meet more. */
const DEEPEST = 32;

export interface RequestOptions {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** The body, as one or the other. */
  json?: unknown;
  form?: Record<string, string>;
}

export interface PlatformAnswer {
  status: number;
  text: string;
  /** The parsed text: an object, and as all in it without a prototype. */
  json: any;
  header(name: string): string | null;
}

type Response = Awaited<ReturnType<Fetch>>;

export class PlatformHttp {
  readonly #platform: Platform;
  readonly #origin: string | undefined;
  readonly #fetch: Fetch;
  readonly #timeout: number;

  constructor(platform: Platform, origin: string | undefined, fetch: Fetch, timeout: number) {
    this.#platform = platform;
    this.#origin = origin;
    this.#fetch = fetch;
    this.#timeout = timeout;
  }

  /**
   * Asks an endpoint and gives its answer, whatever it says.
   * @param url the documented one; its origin gives way to `baseUrl`
   * @throws ERR_PLATFORM where there is none: `TIMEOUT`, `NETWORK`, `EMPTY`, `NOT_JSON`, `TOO_LARGE`, `HTTP 502`
   */
  async read(url: string, request: RequestOptions): Promise<PlatformAnswer> {
    const { query = {}, headers = {}, json, form } = bare(request);
    const target = new URL(url);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    const address = this.#origin ? this.#origin.replace(/\/+$/, '') + target.pathname + target.search : target.href;
    const body = json ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined;
    const type = json ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded;charset=utf-8';
    const { status, header, text } = await this.#send(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(body ? { 'content-type': type } : {}), ...headers },
      body,
    });
    const parsed = parse(text);
    // Some platforms give their error answers with a status of 4xx or 5xx.
    if (parsed) return { status, text, json: parsed, header };
    throw platformUnavailable(this.#platform, isGood(status) ? (text.trim() ? 'NOT_JSON' : 'EMPTY') : `HTTP ${status}`);
  }

  /** Asks an endpoint. @throws ERR_PLATFORM also where the answer is an error of the platform */
  async ask(url: string, ask: RequestOptions): Promise<PlatformAnswer> {
    const answer = await this.read(url, ask);
    checkAnswer(this.#platform, answer.text);
    if (!isGood(answer.status)) throw platformUnavailable(this.#platform, `HTTP ${answer.status}`);
    return answer;
  }

  async #send(address: string, init: { method: string; headers: Record<string, string>; body?: string }) {
    const abort = new AbortController();
    const exchange = async () => {
      // A redirect is not followed: it would carry secrets to another place.
      const response = await (0, this.#fetch)(
        address,
        bare({ ...init, redirect: 'manual' as const, signal: abort.signal }),
      );
      return {
        status: response.status,
        header: (name: string) => response.headers.get(name),
        text: await textOf(response),
      };
    };
    const failed = (error: unknown): never => {
      // Whatever still comes is not waited for: the connection ends here.
      abort.abort();
      throw error === TOO_LARGE
        ? platformUnavailable(this.#platform, 'TOO_LARGE')
        : platformUnavailable(this.#platform, 'NETWORK', error);
    };
    const late = (): never => {
      abort.abort();
      throw platformUnavailable(this.#platform, 'TIMEOUT');
    };
    return withTimeout(this.#timeout * 1000, exchange().catch(failed), late);
  }
}

const TOO_LARGE = Symbol('too large');

/** A body as text, counted while it comes. Where a `fetch` has only `text()`, it is counted when it is there. */
async function textOf(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length')) > LARGEST) throw TOO_LARGE;
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  const take = (chunk: unknown) => {
    const bytes = bytesOf(chunk);
    if ((size += bytes.length) > LARGEST) throw TOO_LARGE;
    text += decoder.decode(bytes, { stream: true });
  };
  const body = response.body as any;
  if (typeof body?.getReader === 'function') {
    const reader = body.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) take(part.value);
    } catch (error) {
      reader.cancel().catch(() => {});
      throw error;
    }
  } else if (typeof body?.[Symbol.asyncIterator] === 'function') {
    for await (const chunk of body) take(chunk);
  } else {
    take(await response.text!());
  }
  return text + decoder.decode();
}

const utf8 = new TextEncoder();

function bytesOf(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return chunk.length > LARGEST ? new Uint8Array(LARGEST + 1) : utf8.encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('the body is neither bytes nor text');
}

const isGood = (status: number) => status >= 200 && status < 300;

function parse(text: string): Record<string, any> | undefined {
  if (isDeep(text)) return undefined;
  try {
    const value: unknown = parseBare(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the brackets outside of texts are nested deeper than any answer's. */
function isDeep(json: string): boolean {
  let [depth, quoted] = [0, false];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      if (++depth > DEEPEST) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
