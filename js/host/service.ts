// The flow: a login becomes a session, what a phone button gave becomes a number, the number goes to the application.
import { PhoneError, platformOf, version, type Platform, type PhoneNumber } from '../core/index';
import { cloudAdapter } from './adapters/cloud';
import { fetchAdapter } from './adapters/fetch';
import { nodeAdapter } from './adapters/node';
import { Codes } from './codes';
import { inDetail, refuseFailure } from './detail';
import { answered, applying, calledFor, invalid, noSession, opening } from './errors';
import { Events, mask } from './events';
import { Handler } from './handler';
import { warnOfMemory } from './hosting';
import { openapiOf, requestsOf } from './interface';
import type { Limits, Login, Phone, PhoneDetail, PhoneService as Contract, PhoneServiceOptions, ServiceEvent, User } from './index';
import { fetchOf, limitsOf, optionsOf } from './options';
import { bare, memberOf } from './own';
import { basePathOf } from './paths';
import { clientsOf } from './platforms';
import type { Client, Named } from './platforms/client';
import { hash } from './runtime';
import { Sessions } from './sessions';
import { Keeper } from './store';

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
  private readonly limits: Required<Limits>;
  private readonly options: PhoneServiceOptions;

  constructor(given: PhoneServiceOptions) {
    const options = optionsOf(given);
    this.options = options;
    this.limits = limitsOf(options.limits);
    this.events = new Events(options.onEvent, options.logger, options.now ?? Date.now);
    this.keeper = new Keeper(options.store === 'memory' ? undefined : options.store, this.limits, this.events);
    this.sessions = new Sessions(this.keeper, this.limits);
    this.codes = new Codes(this.keeper, this.limits);
    const { keeper, events, checks } = this;
    this.clients = clientsOf(options.platforms, fetchOf(options), { keeper, events, checks, timeout: this.limits.timeout });

    const names = [...this.clients.keys()];
    const requests = requestsOf(names, names.every((name) => this.clients.get(name)?.login));
    const basePath = basePathOf(options.basePath);
    this.openapi = openapiOf(requests, version, basePath);
    const { body, bodyTimeout } = this.limits;
    const handler = new Handler(this, requests, this.events, { basePath, body, bodyTimeout, cors: options.cors, onError: options.onError });
    this.fetch = fetchAdapter(handler);
    this.node = nodeAdapter(handler);
    this.cloud = cloudAdapter(handler);
    if (names.some((name) => this.clients.get(name)?.login)) warnOfMemory(options);
  }

  login: Contract['login'] = async ({ platform: name, code }) => {
    const [platform, client] = this.client(name);
    return this.events.tell({ event: 'login', platform }, async (): Promise<Login> => {
      if (!client.login) return { session: null, user: client.caller?.() ?? null };
      if (typeof code !== 'string' || !code) throw invalid('code', undefined, platform);
      // A login code that is spent or expired calls for a login, whatever the code means elsewhere.
      const { sessionKey, openId, unionId } = await answered(platform, () => client.login!(code)).catch((error) => Promise.reject(calledFor(error, 'ask-again', 'login-again')));
      const user: User = { platform, openId, ...(unionId && { unionId }) };
      const session = await this.sessions.open(user, client.app, sessionKey);
      return { session, expiresIn: this.limits.session, user };
    });
  };

  phone: Contract['phone'] = async ({ platform: name, session: id, detail: given, request }) => {
    const [platform, client] = this.client(name);
    if (typeof given !== 'object' || given === null) throw invalid('detail', undefined, platform);
    const detail = bare(given);
    const event: Partial<ServiceEvent> & { event: 'phone' } = { event: 'phone', platform };
    return this.events.tell(event, async (): Promise<Phone> => {
      const session = id ? await this.sessions.find(id, platform, client.app) : undefined;
      const user = session?.user ?? client.caller?.() ?? null;
      const finish = async (phone: PhoneNumber, user: User | null) => {
        event.phone = mask(phone);
        return applying(() => this.options.onPhone?.({ phone, user, request }));
      };

      const fetch = fetcher(client, detail);
      if (fetch) {
        event.way = fetch.way;
        const spent = await this.codes.spend(
          `code:${await hash(platform, client.app, id ?? user?.openId ?? '', fetch.code)}`,
          async () => named(platform, await answered(platform, () => fetch.run(user)), user),
          ({ phone, user }) => finish(phone, user),
        );
        event.phone = mask(spent.phone);
        if (spent.repeated) event.repeated = true;
        return { phone: spent.phone, user: spent.user, result: spent.result };
      }

      refuseFailure(platform, detail);
      event.way = 'sealed';
      if (!client.open) throw invalid('detail.code', undefined, platform);
      if (!session) throw noSession();
      const { sessionKeys } = session;
      const open = () => inDetail(() => client.open!(detail, sessionKeys, this.checks()));
      const phone = sessionKeys.length ? opening(open) : open();
      await this.refuseOthers(client, phone, session.user);
      return { phone, user, result: await finish(phone, session.user) };
    });
  };

  user: Contract['user'] = async ({ session }) => this.sessions.user(text(session, 'session'));

  logout: Contract['logout'] = async ({ session }) =>
    this.events.tell({ event: 'logout' }, () => this.sessions.close(text(session, 'session'), (platform) => this.clients.get(platform)?.app ?? ''));

  checkSession: Contract['checkSession'] = async ({ session: id }) => {
    const { client, user, sessionKey } = await this.withKey(id);
    if (!client.checkSession) throw invalid('session', 'the platform of this session cannot check session keys', user.platform);
    return client.checkSession(user.openId, sessionKey);
  };

  resetSessionKey: Contract['resetSessionKey'] = async ({ session: id }) => {
    const { client, user, sessionKey } = await this.withKey(id);
    if (!client.resetSessionKey) throw invalid('session', 'the platform of this session cannot reset session keys', user.platform);
    await this.sessions.remember(user, client.app, await client.resetSessionKey(user.openId, sessionKey));
  };

  private readonly checks = () => ({ maxAge: this.limits.maxAge, now: this.events.now(), allowUnsigned: false });

  /** A session's client and the newest session key of its user. */
  private async withKey(id: string) {
    const [platform, client] = this.client((await this.user({ session: id })).platform);
    const { user, sessionKeys } = await this.sessions.find(id, platform, client.app);
    if (!sessionKeys[0]) throw noSession();
    return { client, user, sessionKey: sessionKeys[0] };
  }

  /** Alipay's payload names no user: the first one who sends it owns it, and others are refused. */
  private async refuseOthers(client: Client, phone: PhoneNumber, user: User): Promise<void> {
    if (!client.fingerprint) return;
    const owner = await hash(user.platform, client.app, user.openId);
    const first = await this.keeper.claim(`replay:${await hash(client.fingerprint(phone))}`, owner, this.limits.replay * 1000);
    if (first === undefined || first === owner) return;
    throw new PhoneError({ code: 'ERR_REPLAY', message: 'another user sent this number first', action: 'enter-manually', platform: user.platform });
  }

  private client(name: unknown): [Platform, Client] {
    const platform = platformOf(name);
    const client = platform && this.clients.get(platform);
    if (!client) throw invalid('platform', 'platform is not one that this service is configured for');
    return [platform, client];
  }
}

/** How a detail is fetched from the platform; `undefined` where it can only be opened. */
function fetcher(client: Client, { code, cloudID }: PhoneDetail): { way: 'code' | 'cloud'; code: string; run: (user: User | null) => Promise<Named> } | undefined {
  if (client.byCode && code) return { way: 'code', code: text(code, 'detail.code'), run: (user) => client.byCode!(code, user) };
  // A CloudID that the platform has replaced: its data could be the client's. Only the id in it is used.
  const id = typeof cloudID === 'object' && cloudID !== null ? memberOf(cloudID, 'cloudID') : cloudID;
  if (client.byCloudId && id) return { way: 'cloud', code: text(id, 'detail.cloudID'), run: () => client.byCloudId!(id as string) };
  return undefined;
}

const named = (platform: Platform, { phone, user: tells }: Named, user: User | null) => ({ phone, user: user ?? (tells ? { platform, ...tells } : null) });

function text(value: unknown, field: string): string {
  if (typeof value !== 'string' || !value) throw invalid(field);
  return value;
}
