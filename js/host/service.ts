// The flow: a login becomes a session, what a phone button gave becomes a number, the number goes to the application.
import { platformOf, version } from '../core/opener/functions';
import type { PhoneNumber, Platform } from '../core/types';
import { cloudAdapter } from './adapters/cloud';
import { fetchAdapter } from './adapters/fetch';
import { nodeAdapter } from './adapters/node';
import { callApplication, resultOf } from './application';
import { Codes } from './codes';
import { inDetail, refuseFailure } from './detail';
import { opener } from './diagnosis';
import { answered, bounded, calledFor, invalid, isPhoneError, noSession } from './errors';
import { Events, mask } from './events';
import { Handler } from './handler';
import { warnOfMemory } from './hosting';
import { openapiOf, requestsOf } from './interface';
import { fetchOf, limitsOf, optionsOf } from './options';
import { bare, isObject, memberOf } from './own';
import { Owners } from './owners';
import { basePathOf } from './paths';
import { clientsOf } from './platforms';
import type { Client, Named } from './platforms/client';
import { type Origin, refusalOf } from './refusals';
import { hash } from './runtime';
import { ownerOf, type Session, Sessions } from './sessions';
import { Keeper } from './store';
import type {
  PhoneService as Contract,
  Limits,
  Login,
  Phone,
  PhoneDetail,
  PhoneServiceOptions,
  ServiceEvent,
  User,
} from './types';

export class PhoneService implements Contract {
  readonly openapi: Record<string, unknown>;
  readonly fetch: Contract['fetch'];
  readonly node: Contract['node'];
  readonly cloud: Contract['cloud'];

  private readonly clients: Map<Platform, Client>;
  private readonly events: Events;
  private readonly keeper: Keeper;
  private readonly sessions: Sessions;
  private readonly codes: Codes;
  private readonly owners: Owners;
  /** Where errors came from that were thrown: their codes alone do not say what a client may be told. */
  private readonly origins = new WeakMap<object, Origin>();
  private readonly limits: Required<Limits>;
  private readonly options: PhoneServiceOptions;

  constructor(unchecked: PhoneServiceOptions) {
    const options = optionsOf(unchecked);
    this.options = options;
    this.limits = limitsOf(options.limits);
    const now = options.now ?? Date.now;
    this.events = new Events(options.onEvent, options.logger, now);
    this.keeper = new Keeper(options.store === 'memory' ? undefined : options.store, this.limits, this.events);
    this.sessions = new Sessions(this.keeper, this.limits, now, (platform) => this.clients.get(platform)?.app);
    this.codes = new Codes(this.keeper, this.limits);
    this.owners = new Owners(this.keeper, this.limits);
    const { keeper, events, checks } = this;
    this.clients = clientsOf(options.platforms, fetchOf(options), {
      keeper,
      events,
      checks,
      timeout: this.limits.timeout,
      open: opener(options.diagnose),
    });

    const names = [...this.clients.keys()];
    const requests = requestsOf(
      names,
      names.every((name) => this.clients.get(name)?.login),
    );
    const basePath = basePathOf(options.basePath);
    this.openapi = openapiOf(requests, version, basePath);
    const { body, bodyTimeout } = this.limits;
    const handler = new Handler(this, requests, this.events, {
      basePath,
      body,
      bodyTimeout,
      cors: options.cors,
      onError: options.onError,
    });
    this.fetch = fetchAdapter(handler);
    this.node = nodeAdapter(handler);
    this.cloud = cloudAdapter(handler);
    if (names.some((name) => this.clients.get(name)?.login)) warnOfMemory(options);
  }

  login: Contract['login'] = async (request) => {
    const { platform: name, code } = membersOf(request, 'platform', 'code');
    const [platform, client] = this.client(name);
    return this.events.tell({ event: 'login', platform }, () =>
      this.from('login', async (): Promise<Login> => {
        if (!client.login) return { session: null, user: client.caller?.() ?? null };
        const { app } = client;
        const work = async () => {
          // A login code that is spent or expired calls for a login, whatever the code means elsewhere.
          const spent = (error: unknown) => Promise.reject(calledFor(error, 'ask-again', 'login-again'));
          const { sessionKey, openId, userId, unionId } = bare(
            await answered(platform, () => client.login!(code!)).catch(spent),
          );
          const user: User = { platform, openId, ...(userId && { userId }), ...(unionId && { unionId }) };
          if (client.fingerprint) await this.owners.link(user, app);
          return this.sessions.open(user, app, code!, sessionKey);
        };
        const spent = `login-code:${await hash(platform, app, text(code, 'code', platform))}`;
        const { value } = await this.codes.once(spent, () => this.sessions.again(platform, app, code!), work);
        return { session: value.id, expiresIn: Math.ceil((value.ends - this.events.now()) / 1000), user: value.user };
      }),
    );
  };

  phone: Contract['phone'] = async (call) => {
    const {
      platform: name,
      session: id,
      detail: sent,
      request,
    } = membersOf(call, 'platform', 'session', 'detail', 'request');
    const [platform, client] = this.client(name);
    const detail = legible('detail', () => (isObject(sent) ? bare(sent) : undefined));
    if (!detail) throw invalid('detail', undefined, platform);
    const event: Partial<ServiceEvent> & { event: 'phone' } = { event: 'phone', platform };
    return this.events.tell(
      event,
      () =>
        this.from('phone', async (): Promise<Phone> => {
          const session = id ? await this.sessions.find(text(id, 'session'), platform) : undefined;
          const user = session?.user ?? client.caller?.() ?? null;
          const finish = async (phone: PhoneNumber, user: User | null) => {
            event.phone = mask(phone);
            return callApplication(this.options.onPhone, { phone, user, request }, this.limits.onPhone, (error) =>
              this.mark(error, 'application'),
            );
          };

          const fetch = fetcher(client, detail);
          if (fetch) {
            event.way = fetch.way;
            const spent = await this.codes.spend(
              `code:${await hash(platform, client.app, user?.openId ?? '', fetch.code)}`,
              // Without a user whoever has the code gets its answer: it is kept for a lost response, and no longer.
              user ? this.limits.code : this.limits.anonymousCode,
              async () => {
                const found = named(platform, bare(await answered(platform, () => fetch.run(user))), user);
                return { ...found, owner: found.user ? await ownerOf(found.user, client.app) : '' };
              },
              ({ phone, user }) => finish(phone, user),
            );
            event.phone = mask(spent.phone);
            if (spent.repeated) event.repeated = true;
            return { phone: spent.phone, user: spent.user, result: resultOf(spent.done) };
          }

          refuseFailure(platform, detail);
          event.way = 'sealed';
          if (!client.open)
            throw invalid(
              'detail.code',
              'detail.code is missing, and the service takes no sealed data: see the option methods',
              platform,
            );
          if (!session) throw noSession();
          const phone = this.open(client, detail, session);
          if (client.fingerprint) await this.owners.claim(client.fingerprint(phone), session.user, session.app);
          return { phone, user: session.user, result: resultOf(await finish(phone, session.user)) };
        }),
      this.isOurs,
    );
  };

  user: Contract['user'] = async (request) =>
    this.sessions.user(text(membersOf(request, 'session').session, 'session'));

  logout: Contract['logout'] = async (request) => {
    const { session } = membersOf(request, 'session');
    return this.events.tell({ event: 'logout' }, () => this.sessions.close(text(session, 'session')));
  };

  refusal: Contract['refusal'] = (error) => refusalOf(error, this.origins.get(Object(error)));

  checkSession: Contract['checkSession'] = async (request) => {
    const { client, user, sessionKey } = await this.withKey(membersOf(request, 'session').session);
    if (!client.checkSession)
      throw invalid('session', 'the platform of this session cannot check session keys', user.platform);
    return client.checkSession(user.openId, sessionKey);
  };

  resetSessionKey: Contract['resetSessionKey'] = async (request) => {
    const { client, user, app, sessionKey } = await this.withKey(membersOf(request, 'session').session);
    if (!client.resetSessionKey)
      throw invalid('session', 'the platform of this session cannot reset session keys', user.platform);
    await this.sessions.remember(user, app, await client.resetSessionKey(user.openId, sessionKey));
  };

  private readonly checks = () => ({ maxAge: this.limits.maxAge, now: this.events.now(), allowUnsigned: false });

  /** A session's client and the newest session key of its user. */
  private async withKey(id: string) {
    const { user, app, sessionKeys } = await this.sessions.find(text(id, 'session'));
    const [, client] = this.client(user.platform);
    if (!sessionKeys[0]) throw noSession();
    return { client, user, app, sessionKey: sessionKeys[0] };
  }

  private open(client: Client, detail: PhoneDetail, { sessionKeys }: Session): PhoneNumber {
    try {
      return inDetail(() => client.open!(detail, sessionKeys, this.checks()));
    } catch (error) {
      // A field that is missing is no secret.
      if (sessionKeys.length && !isPhoneError(error, 'ERR_INPUT')) this.mark(error, 'sealed');
      throw error;
    }
  }

  /** Runs something whose errors are of an origin, unless they have got one inside of it. */
  private async from<T>(origin: Origin, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.origins.has(Object(error))) throw error;
      throw this.mark(bounded(error), origin);
    }
  }

  private mark(error: unknown, origin: Origin): unknown {
    if (Object(error) === error) this.origins.set(error as object, origin);
    return error;
  }

  private readonly isOurs = (error: unknown): boolean => this.origins.get(Object(error)) !== 'application';

  private client(name: unknown): [Platform, Client] {
    const platform = platformOf(name);
    const client = platform && this.clients.get(platform);
    if (!client) throw invalid('platform', 'platform is not one that this service is configured for');
    return [platform, client];
  }
}

/** How a detail is fetched from the platform; `undefined` where it can only be opened. */
function fetcher(
  client: Client,
  { code, cloudID }: PhoneDetail,
): { way: 'code' | 'cloud'; code: string; run: (user: User | null) => Promise<Named> } | undefined {
  if (client.byCode && code)
    return { way: 'code', code: text(code, 'detail.code'), run: (user) => client.byCode!(code, user) };
  // A CloudID that the platform has replaced: its data could be the client's. Only the id in it is used.
  const id =
    typeof cloudID === 'object' && cloudID !== null
      ? legible('detail.cloudID', () => memberOf(cloudID, 'cloudID'))
      : cloudID;
  if (client.byCloudId && id)
    return { way: 'cloud', code: text(id, 'detail.cloudID'), run: () => client.byCloudId!(id as string) };
  return undefined;
}

/** Members of the argument of a function of the service. In plain JavaScript it may be what a request's body was parsed to: nothing. */
function membersOf<T extends object, K extends keyof T & string>(argument: T, ...names: K[]): Pick<T, K> {
  if (typeof argument !== 'object' || argument === null) throw invalid('request', 'the argument is not an object');
  return legible(
    'request',
    () => Object.fromEntries(names.map((name) => [name, memberOf(argument, name)])) as Pick<T, K>,
  );
}

/** What is read of an argument. A getter or a proxy may throw anything. */
function legible<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw invalid(field, `${field} has a member that cannot be read`);
  }
}

const named = (platform: Platform, { phone, user: tells }: Named, user: User | null) => ({
  phone,
  user: user ?? (tells ? { platform, ...tells } : null),
});

function text(value: unknown, field: string, platform?: Platform): string {
  if (typeof value !== 'string' || !value) throw invalid(field, undefined, platform);
  return value;
}
