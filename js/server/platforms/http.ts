// Requests to the platforms. WeChat requires secrets in URLs: so no error contains any part of a request.
import type { Platform } from '../../core/types';
import { withTimeout } from '../concurrency';
import { bare, isObject, parseBare } from '../own-members';
import { checkResponse } from '../runtime/wasm';
import type { Fetch } from '../types';
import { platformUnavailable } from './unavailable';

/**
 * The maximum size of a response in bytes, after decompression. Real responses have a few thousand bytes, and the core
 * reads no text that is longer, so a higher limit would have no effect.
 */
export const LARGEST = 65_536;

/** The maximum nesting depth of a response, as in the core: deeper JSON must not reach the engine's parser. */
const DEEPEST = 32;

export interface RequestOptions {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** The body, in one of two forms. */
  json?: unknown;
  form?: Record<string, string>;
}

export interface PlatformResponse {
  status: number;
  text: string;
  /** The parsed text: an object. All of its objects have no prototype. */
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
   * Sends a request to an endpoint and returns its response, also if the response is an error of the platform.
   * @param url the documented URL; `baseUrl` replaces its origin
   * @throws ERR_PLATFORM if there is no response: `TIMEOUT`, `NETWORK`, `EMPTY`, `NOT_JSON`, `TOO_LARGE`, `HTTP 502`
   */
  async requestUnchecked(url: string, request: RequestOptions): Promise<PlatformResponse> {
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
    // Some platforms send error responses with a status of 4xx or 5xx.
    if (parsed) return { status, text, json: parsed, header };
    throw platformUnavailable(this.#platform, isGood(status) ? (text.trim() ? 'NOT_JSON' : 'EMPTY') : `HTTP ${status}`);
  }

  /** Sends a request to an endpoint. @throws ERR_PLATFORM also if the response is an error of the platform */
  async request(url: string, request: RequestOptions): Promise<PlatformResponse> {
    const platformResponse = await this.requestUnchecked(url, request);
    checkResponse(this.#platform, platformResponse.text);
    if (!isGood(platformResponse.status)) throw platformUnavailable(this.#platform, `HTTP ${platformResponse.status}`);
    return platformResponse;
  }

  async #send(address: string, init: { method: string; headers: Record<string, string>; body?: string }) {
    const abort = new AbortController();
    const exchange = async () => {
      // No redirect is followed: it would send secrets to another address.
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
      // The rest of the body is not read: the connection ends here.
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

/** Reads a body as text, and stops when it is too large. If the response has only `text()`, the size is checked afterwards. */
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

/** Whether the brackets outside of texts are nested deeper than in any platform's response. */
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
