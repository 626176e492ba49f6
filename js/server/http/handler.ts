// Handles an HTTP request of any adapter: checks path, method, type, size and shape, then calls the service.
import { platformOf } from '../../core/opener/functions';
import { withTimeout } from '../concurrency';
import { type Events, ignoreErrors } from '../events';
import { failureOf } from '../failure';
import { bare, isObject } from '../own-members';
import { internal, STATUS } from '../refusals';
import { classOf } from '../safe-text';
import { toRefusal } from '../to-refusal';
import type { PhoneService, PhoneServiceOptions } from '../types';
import { bodyTimedOut, bodyTooLarge, ConsumedBody, parseBody, UnreadableBody } from './body';
import {
  endsLikeServicePath,
  pathOfUrl,
  servicePathByBody,
  servicePathInFunction,
  servicePathOf,
  unknownPathReason,
} from './paths';
import {
  bodyTimeoutResponse,
  invalidRequestResponse,
  loginResponse,
  logoutResponse,
  phoneResponse,
  refusalResponse,
  type ServiceResponse,
} from './responses';
import type { Path, RequestSchemas } from './schema';
import { firstInvalidField } from './validation';

/** Where a request is sent to. */
export interface Location {
  /** The service's path; `'body'` if the body determines it; `undefined` if the path is not one of the service. */
  servicePath: Path | 'body' | undefined;
  /** The path in the URL. */
  urlPath: string;
}

/** The request of an adapter. */
export interface IncomingRequest extends Location {
  method: string;
  header(name: string): unknown;
  /** The body: bytes or text, or a value that a framework has parsed. @throws UnreadableBody, ConsumedBody */
  body(limit: number): Promise<unknown>;
  /** The request that `onPhone` receives. */
  request: unknown;
}

/** The response of an adapter. */
export interface OutgoingResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const PREFLIGHT: ServiceResponse = {
  status: 204,
  body: {},
  headers: {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '600',
  },
};

type Options = { basePath: string; body: number; bodyTimeout: number } & Pick<PhoneServiceOptions, 'cors' | 'onError'>;

/** In milliseconds. */
const MINUTE = 60_000;

export class Handler {
  /** When a request that was passed on was last logged. */
  private passedOnAt = -Infinity;

  constructor(
    private readonly service: Pick<PhoneService, Path>,
    private readonly requests: RequestSchemas,
    private readonly events: Events,
    private readonly options: Options,
  ) {}

  /**
   * @param url without the mount point, which frameworks remove
   * @param originalUrl with the mount point; it is used if the option `basePath` is set
   */
  locate(url: unknown, originalUrl: unknown = url): Location {
    const { basePath } = this.options;
    const urlPath = pathOfUrl(basePath ? originalUrl : url);
    return { servicePath: servicePathOf(urlPath, basePath), urlPath };
  }

  locateInFunction(url: string): Location {
    const urlPath = pathOfUrl(url);
    return { servicePath: servicePathInFunction(urlPath, this.options.basePath), urlPath };
  }

  /** Whether the service handles a request. If not, the request is passed to the next handler, if there is one. */
  matches(method: unknown, servicePath: Location['servicePath']): boolean {
    return (
      servicePath !== undefined && (method === 'POST' || (method === 'OPTIONS' && this.options.cors !== undefined))
    );
  }

  /**
   * Reports, at most once a minute, a request that is passed on although it was surely meant for the service: it ends
   * like a path of the service, and in addition either `basePath` is not at or below the mount point, or the request
   * matched a route of this handler. Any other path with such an ending may belong to the application.
   * @param rest the URL's path after the framework removed `mount`; `/` if the mount point is a pattern that matched
   * the whole path
   * @param isRoute whether the framework called the handler of a route
   */
  reportPassedOn(rest: string, mount: string, isRoute: boolean): void {
    const { basePath } = this.options;
    // Express ignores upper and lower case at a mount point.
    const isMountOutsideBasePath =
      basePath !== '' && !`${basePath}/`.toLowerCase().startsWith(`${mount}/`.toLowerCase());
    if (!endsLikeServicePath(rest) || !(isMountOutsideBasePath || isRoute)) return;
    const now = this.events.now();
    if (now - this.passedOnAt >= 0 && now - this.passedOnAt < MINUTE) return;
    this.passedOnAt = now;
    this.events.emit({ event: 'request', ok: false, ms: 0, code: 'PASSED_ON', reason: unknownPathReason(rest) });
  }

  /** Handles an HTTP request. Never rejects. */
  async handleHttp(incoming: IncomingRequest): Promise<OutgoingResponse> {
    const { status, body, headers } = await this.withoutThrowing(incoming.request, () => this.route(incoming));
    return {
      status,
      headers: {
        ...(status !== 204 && { 'content-type': 'application/json; charset=utf-8' }),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...this.cors(incoming),
        ...headers,
      },
      body: status === 204 ? '' : body,
    };
  }

  /** Handles a call without HTTP: its body is the value itself. Never rejects. */
  async handleInvocation(url: string, body: () => unknown, request: unknown): Promise<object> {
    const response = await this.withoutThrowing(request, async () => {
      const { servicePath, urlPath } = this.locateInFunction(url);
      return servicePath
        ? this.dispatch(servicePath, parseBody(body() ?? null, this.options.body), request)
        : this.reject(unknownPathReason(urlPath), 404);
    });
    return JSON.parse(response.body);
  }

  /**
   * Reports an unexpected error of the service or of the application, and returns the response for the client. The
   * event contains the error's class; only `onError` receives the error.
   */
  reportBug(error: unknown, request: unknown, reason = 'onPhone threw, or a bug: see onError'): ServiceResponse {
    ignoreErrors(() => this.events.emit({ event: 'error', ok: false, ms: 0, code: classOf(error), reason }));
    ignoreErrors(() => this.options.onError?.(error, request));
    return refusalResponse(internal());
  }

  /** Returns a response in any case. */
  private async withoutThrowing(request: unknown, respond: () => Promise<ServiceResponse>): Promise<OutgoingResponse> {
    const written = ({ body, headers = {}, status }: ServiceResponse): OutgoingResponse => ({
      status,
      headers,
      body: JSON.stringify(body),
    });
    try {
      return written(await respond());
    } catch (error) {
      if (error instanceof UnreadableBody) return written(this.reject(error.message, error.status));
      return written(this.reportBug(error, request, error instanceof ConsumedBody ? error.message : undefined));
    }
  }

  private async route(incoming: IncomingRequest): Promise<ServiceResponse> {
    const { method, servicePath, urlPath, body, request } = incoming;
    if (!servicePath) return this.reject(unknownPathReason(urlPath), 404);
    if (method === 'OPTIONS' && this.options.cors) return PREFLIGHT;
    if (method !== 'POST') return this.reject('method is not POST', 405, { allow: 'POST' });
    if (!isJson(headerOf(incoming, 'content-type')))
      return this.reject('content type is not application/json in UTF-8', 415);
    const { body: limit, bodyTimeout } = this.options;
    if (Number(headerOf(incoming, 'content-length')) > limit) throw bodyTooLarge();
    const late = (): never => {
      throw bodyTimedOut();
    };
    return this.dispatch(
      servicePath,
      parseBody(await withTimeout(bodyTimeout * 1000, body(limit), late), limit),
      request,
    );
  }

  private async dispatch(servicePath: Path | 'body', parsed: unknown, request: unknown): Promise<ServiceResponse> {
    const body: any = bare(parsed);
    const path = servicePath === 'body' ? servicePathByBody(body) : servicePath;
    if (!path)
      return this.reject('body has neither detail nor platform nor session, and the path selects no operation', 400);
    if (isObject(parsed)) {
      if (body.platform) body.platform = platformOf(body.platform) ?? body.platform;
      if (body.detail) body.detail = bare(body.detail);
    }
    const field = firstInvalidField(this.requests, path, body);
    if (field) return this.reject('body does not match the schema of this path', 400, undefined, field);
    try {
      return await this.invoke(path, body, request);
    } catch (thrown) {
      const { error, origin } = failureOf(thrown, 'sealed');
      const refusal = toRefusal(error, origin);
      return refusal.status === STATUS.internal ? this.reportBug(error, request) : refusalResponse(refusal);
    }
  }

  /** Rejects a request that does not fit the HTTP interface. The log has the reason for the client's developer. */
  private reject(reason: string, status: number, headers?: Record<string, string>, field?: string): ServiceResponse {
    this.events.emit({ event: 'request', ok: false, ms: 0, code: `HTTP ${status}`, reason, ...(field && { field }) });
    return status === bodyTimeoutResponse.status ? bodyTimeoutResponse : invalidRequestResponse(status, headers);
  }

  private async invoke(path: Path, body: any, request: unknown): Promise<ServiceResponse> {
    if (path === 'login') return loginResponse(await this.service.login({ platform: body.platform, code: body.code }));
    if (path === 'phone')
      return phoneResponse(
        await this.service.phone({ platform: body.platform, session: body.session, detail: body.detail, request }),
      );
    await this.service.logout({ session: body.session });
    return logoutResponse;
  }

  private cors(incoming: IncomingRequest): Record<string, string> {
    const origins = this.options.cors?.origins;
    if (!origins) return {};
    if (origins === '*') return { 'access-control-allow-origin': '*' };
    const origin = headerOf(incoming, 'origin');
    return { vary: 'origin', ...(origin && origins.includes(origin) && { 'access-control-allow-origin': origin }) };
  }
}

/** In characters. Node limits all headers of a request together to this size; an event of a cloud function has no limit. */
const LONGEST = 16_384;

/** The value of a header. Anything but a single text counts as absent. */
function headerOf({ header }: IncomingRequest, name: string): string {
  try {
    const value = header(name);
    return typeof value === 'string' && value.length <= LONGEST ? value : '';
  } catch {
    return '';
  }
}

/** `application/json`, in UTF-8 if a character set is named. */
function isJson(contentType: string): boolean {
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    type === 'application/json' &&
    parameters.every(
      (parameter) =>
        !parameter.startsWith('charset=') || parameter === 'charset=utf-8' || parameter === 'charset="utf-8"',
    )
  );
}
