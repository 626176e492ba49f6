// Requests to the platforms. Their URLs hold secrets, as WeChat wants it: nothing of a request is in an error.
import type { Platform } from '../core/index';
import { checkAnswer } from './core';
import { noAnswer } from './errors';
import type { Fetch } from './index';
import { within } from './waiting';

export interface Ask {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** The body, as one or the other. */
  json?: unknown;
  form?: Record<string, string>;
}

export interface Answer {
  status: number;
  text: string;
  /** The parsed text: an object. */
  json: any;
  header(name: string): string | null;
}

export class Http {
  constructor(
    private readonly platform: Platform,
    private readonly origin: string | undefined,
    private readonly fetch: Fetch,
    private readonly timeout: number,
  ) {}

  /**
   * Asks an endpoint and gives its answer, whatever it says.
   * @param url the documented one; its origin gives way to `baseUrl`
   * @throws ERR_PLATFORM, `retry`, where there is none: `TIMEOUT`, `NETWORK`, `EMPTY`, `NOT_JSON`, `HTTP 502`
   */
  async read(url: string, { query = {}, headers = {}, json, form }: Ask): Promise<Answer> {
    const target = new URL(url);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    const address = this.origin ? this.origin.replace(/\/+$/, '') + target.pathname + target.search : target.href;
    const body = json ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined;
    const type = json ? 'application/json; charset=utf-8' : 'application/x-www-form-urlencoded;charset=utf-8';
    const { status, header, text } = await this.send(address, { method: body === undefined ? 'GET' : 'POST', headers: { accept: 'application/json', ...(body ? { 'content-type': type } : {}), ...headers }, body });
    const parsed = parse(text);
    // Some platforms give their error answers with a status of 4xx or 5xx.
    if (parsed) return { status, text, json: parsed, header };
    throw noAnswer(this.platform, status >= 300 ? `HTTP ${status}` : text.trim() ? 'NOT_JSON' : 'EMPTY');
  }

  /** Asks an endpoint. @throws ERR_PLATFORM also where the answer is an error of the platform */
  async ask(url: string, ask: Ask): Promise<Answer> {
    const answer = await this.read(url, ask);
    checkAnswer(this.platform, answer.text);
    if (answer.status >= 300) throw noAnswer(this.platform, `HTTP ${answer.status}`);
    return answer;
  }

  private async send(address: string, init: { method: string; headers: Record<string, string>; body?: string }) {
    const abort = new AbortController();
    const exchange = async () => {
      // A redirect is not followed: it would carry secrets to another place.
      const response = await (0, this.fetch)(address, { ...init, redirect: 'manual', signal: abort.signal });
      return { status: response.status, header: (name: string) => response.headers.get(name), text: await response.text() };
    };
    const late = (): never => {
      abort.abort();
      throw noAnswer(this.platform, 'TIMEOUT');
    };
    return within(this.timeout * 1000, exchange().catch(() => Promise.reject(noAnswer(this.platform, 'NETWORK'))), late);
  }
}

function parse(text: string): Record<string, any> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
