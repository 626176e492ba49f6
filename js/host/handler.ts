// One HTTP request, whichever way it came in: path, method, type, size and shape are checked, and then it is answered.
import { platformOf } from '../core/index';
import { invalidAnswer, loginAnswer, logoutAnswer, phoneAnswer, refusalAnswer, wrongField, type Reply, type Path, type Requests } from './interface';
import { quietly, type Events } from './events';
import type { PhoneService, PhoneServiceOptions } from './index';
import { internal, STATUS } from './refusals';
import { classOf } from './words';

/** What an adapter makes of its request. */
export interface Incoming {
  method: string;
  /** Without the query. The last segment counts, so that the service can be mounted anywhere. */
  path: string;
  header(name: string): string | undefined;
  /** The body: bytes or text, or what a framework has parsed. @throws TooLarge */
  body(limit: number): Promise<unknown>;
  /** What `onPhone` gets. */
  request: unknown;
}

/** What an adapter sends. */
export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export class TooLarge extends Error {}

/** Something before the service has read the body and kept it to itself. */
export class Consumed extends Error {
  override message = 'the body has been read already: pass it on as request.body, or mount the service before what reads it';
}

const PATHS = ['login', 'phone', 'logout'];

const PREFLIGHT: Reply = {
  status: 204,
  body: {},
  headers: { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type', 'access-control-max-age': '600' },
};

export class Handler {
  constructor(
    private readonly service: PhoneService,
    private readonly requests: Requests,
    private readonly events: Events,
    private readonly options: { body: number } & Pick<PhoneServiceOptions, 'cors' | 'onError'>,
  ) {}

  /** Whether a path is one of the service's. */
  serves(path: string): boolean {
    return PATHS.includes(lastSegment(path));
  }

  /** Answers a request of HTTP. Never rejects. */
  async respond(incoming: Incoming): Promise<Outgoing> {
    const { status, body, headers } = await this.answer(incoming);
    return {
      status,
      headers: {
        ...(status !== 204 && { 'content-type': 'application/json; charset=utf-8' }),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...this.cors(incoming),
        ...headers,
      },
      body: status === 204 ? '' : JSON.stringify(body),
    };
  }

  /** Answers a call that is no HTTP: its body is what it is. Never rejects. */
  async call(path: unknown, body: unknown, request: unknown): Promise<object> {
    const to = typeof path === 'string' ? lastSegment(path) : '';
    if (!PATHS.includes(to)) return this.refuse('path is not one of the service', 404).body;
    return (await this.run(to as Path, body ?? null, request)).body;
  }

  private async answer({ method, path, header, body, request }: Incoming): Promise<Reply> {
    if (!this.serves(path)) return this.refuse('path is not one of the service', 404);
    if (method === 'OPTIONS' && this.options.cors) return PREFLIGHT;
    if (method !== 'POST') return this.refuse('method is not POST', 405, { allow: 'POST' });
    if (!isJson(header('content-type') ?? '')) return this.refuse('content type is not application/json in UTF-8', 415);
    let parsed: unknown;
    try {
      if (Number(header('content-length')) > this.options.body) throw new TooLarge();
      parsed = parse(await body(this.options.body));
    } catch (error) {
      if (error instanceof TooLarge) return this.refuse('body is too large', 413);
      if (!(error instanceof Consumed)) return this.refuse('body is not JSON in UTF-8', 400);
      this.report(error, request, error.message);
      return refusalAnswer(internal());
    }
    return this.run(lastSegment(path) as Path, parsed, request);
  }

  private async run(path: Path, body: any, request: unknown): Promise<Reply> {
    try {
      const platform = platformOf(body?.platform);
      const given = platform ? { ...body, platform } : body;
      const field = wrongField(this.requests, path, given);
      if (field) return this.refuse('body is not what the path takes', 400, undefined, field);
      const answer = await this.serve(path, given, request);
      // What cannot be sent is found here and not by the adapter.
      JSON.stringify(answer.body);
      return answer;
    } catch (error) {
      const refusal = this.service.refusal(error);
      if (refusal.status === STATUS.internal) this.report(error, request);
      return refusalAnswer(refusal);
    }
  }

  /** Refuses a request that is not as the interface says. The client's developer finds the reason in the log. */
  private refuse(reason: string, status: number, headers?: Record<string, string>, field?: string): Reply {
    this.events.emit({ event: 'request', ok: false, ms: 0, code: `HTTP ${status}`, reason, ...(field && { field }) });
    return invalidAnswer(status, headers);
  }

  private async serve(path: Path, body: any, request: unknown): Promise<Reply> {
    if (path === 'login') return loginAnswer(await this.service.login({ platform: body.platform, code: body.code }));
    if (path === 'phone') return phoneAnswer(await this.service.phone({ platform: body.platform, session: body.session, detail: body.detail, request }));
    await this.service.logout({ session: body.session });
    return logoutAnswer;
  }

  /** A bug, ours or the application's. The event names its class; the error itself goes to `onError` only. */
  private report(error: unknown, request: unknown, reason = 'onPhone threw, or a bug: see onError'): void {
    this.events.emit({ event: 'error', ok: false, ms: 0, code: classOf(error), reason });
    quietly(() => this.options.onError?.(error, request));
  }

  private cors({ header }: Incoming): Record<string, string> {
    const origins = this.options.cors?.origins;
    const origin = header('origin');
    if (!origins) return {};
    if (origins === '*') return { 'access-control-allow-origin': '*' };
    return { vary: 'origin', ...(origin && origins.includes(origin) && { 'access-control-allow-origin': origin }) };
  }
}

/** What a body came in. */
export function joined(chunks: Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function parse(body: unknown): unknown {
  if (body instanceof Uint8Array) return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  return typeof body === 'string' ? JSON.parse(body) : body;
}

// By hand, because what strangers send must not meet an expression that looks back.
const lastSegment = (path: string) => path.split('/').filter(Boolean).pop() ?? '';

/** `application/json`, in UTF-8 if it says in what. */
function isJson(contentType: string): boolean {
  const [type, ...parameters] = contentType.toLowerCase().split(';').map((part) => part.trim());
  return type === 'application/json' && parameters.every((one) => !one.startsWith('charset=') || one === 'charset=utf-8' || one === 'charset="utf-8"');
}
