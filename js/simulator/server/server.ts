// The HTTP server: finds the platform of a path, applies faults, and records requests.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { PlatformError, type PlatformServer } from '../platforms/platform';
import type { Fault, RequestRecord, SimulatedPlatform } from '../types';
import type { Clock } from '../world/clock';
import { applyFault, concerns, type Faults } from './faults';
import { notFound, type PlatformResponse, type Request, readRequest } from './http';

export type Platforms = Record<SimulatedPlatform, PlatformServer>;

/** Routes of the simulator itself, which take precedence. */
export type OwnRoutes = (request: Request) => Promise<PlatformResponse | undefined>;

export class Server {
  readonly requests: RequestRecord[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly http = createServer((message, response) => void this.serve(message, response));
  private readonly owners = new Map<string, SimulatedPlatform>();
  private platforms!: Platforms;
  private own?: OwnRoutes;

  constructor(
    private readonly clock: Clock,
    private readonly faults: Faults,
  ) {
    this.http.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Resolves with the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, '127.0.0.1', () => resolve((this.http.address() as AddressInfo).port));
    });
  }

  /** The platforms to serve. They need the port, so they are set after {@link listen}. */
  mount(platforms: Platforms, own?: OwnRoutes): void {
    this.platforms = platforms;
    this.own = own;
    for (const [name, { routes }] of Object.entries(platforms)) {
      for (const path of Object.keys(routes)) this.owners.set(path, name as SimulatedPlatform);
    }
  }

  count(platform: SimulatedPlatform, endpoint?: string): number {
    return this.requests.filter((record) => record.platform === platform && concerns(endpoint, record.path, record.api))
      .length;
  }

  close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    return new Promise((resolve) => {
      this.http.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message).catch(() => undefined);
    // The client has closed the connection.
    if (!request) return;
    const ours = await this.own?.(request);
    if (ours) return send(response, ours);

    const name = this.owners.get(request.path);
    const platform = name && this.platforms[name];
    const api = platform?.api?.(request);
    const record: RequestRecord = {
      platform: name,
      method: request.method,
      path: request.path,
      ...(api ? { api } : {}),
      at: this.clock.now(),
      status: 0,
    };
    this.requests.push(record);
    const fault = name && this.faults.next(name, request.path, api);
    const platformResponse = platform ? await this.answer(platform, request, fault) : notFound;
    if (platformResponse === 'hang') return;
    if (!platformResponse) {
      reset(message.socket);
      return;
    }
    record.status = platformResponse.status ?? 200;
    if (platformResponse.code !== undefined) record.code = platformResponse.code;
    send(response, platformResponse);
  }

  /** `undefined` if the connection must be reset. */
  private async answer(
    platform: PlatformServer,
    request: Request,
    fault: Fault | undefined,
  ): Promise<PlatformResponse | 'hang' | undefined> {
    const good = (): PlatformResponse => handled(platform, request);
    if (!fault) return good();
    const processed = fault.processed ? good() : undefined;
    if (fault.delay !== undefined) await this.sleep(fault.delay);
    if (fault.hang) return 'hang';
    if (fault.drop) return undefined;
    return applyFault(
      fault,
      () => processed ?? good(),
      (code) => platform.errorResponse(code, request),
    );
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, ms);
      this.timers.add(timer);
    });
  }
}

function handled(platform: PlatformServer, request: Request): PlatformResponse {
  try {
    return platform.routes[request.path]!(request);
  } catch (thrown) {
    if (thrown instanceof PlatformError) return platform.errorResponse(thrown.code, request);
    // A bug of the simulator. The response shows it, and the server continues.
    return {
      status: 500,
      headers: { 'content-type': 'text/plain' },
      body: `mp-phone/simulator: ${String((thrown as Error).stack)}`,
    };
  }
}

function send(response: ServerResponse, { status = 200, headers, body }: PlatformResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Node 16 before 16.17 and 18 before 18.3 cannot reset a connection, only close it. Clients treat both in the same way. */
function reset(socket: Socket): void {
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
}
