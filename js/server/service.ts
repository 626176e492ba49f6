// The use cases: a login becomes a session, the data of a tap becomes a number, and the application receives the
// number.
import { platformOf } from '../core/opener/functions';
import type { OpenOptions, PhoneNumber } from '../core/types';
import { type ApplicationResult, callApplication, resultOf } from './application';
import { errorOfMember, rejectFailedEvent } from './detail';
import { invalidInput, isPhoneError, sessionEnded, withAction } from './errors';
import { type Events, mask } from './events';
import { Failure, failureOf } from './failure';
import { bare, isObject, memberOf } from './own-members';
import type { FetchedNumber, PlatformClient } from './platforms/client';
import { readPlatformResponse } from './platforms/unavailable';
import { hash } from './runtime/runtime';
import type { Codes } from './state/codes';
import type { Owners } from './state/owners';
import { ownerOf, type Session, type Sessions } from './state/sessions';
import type {
  PhoneService as Contract,
  Limits,
  Login,
  Method,
  PhoneDetail,
  PhoneResult,
  PhoneServiceOptions,
  ServicePlatform,
  User,
} from './types';

/** The parts of the service. */
export interface Parts {
  clients: ReadonlyMap<ServicePlatform, PlatformClient>;
  sessions: Sessions;
  codes: Codes;
  owners: Owners;
  events: Events;
  limits: Required<Limits>;
  /** How phone data is checked. */
  checks: () => OpenOptions;
  onPhone: PhoneServiceOptions['onPhone'];
}

type Requests = Pick<Contract, 'login' | 'phone' | 'user' | 'logout' | 'checkSession' | 'resetSessionKey'>;

/** Rejects with a {@link Failure}, or with a PhoneError for a wrong request. */
export class PhoneService implements Requests {
  constructor(private readonly parts: Parts) {}

  login: Contract['login'] = async (request) => {
    const { platform: name, code } = membersOf(request, 'platform', 'code');
    const [platform, client] = this.client(name);
    return this.parts.events.observe({ event: 'login', platform }, () =>
      withFailureOrigin('login', async () => ({ value: await this.openSession(platform, client, code) })),
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
    const detail = readOrReject('detail', () => (isObject(sent) ? bare(sent) : undefined));
    if (!detail) throw invalidInput('detail', undefined, platform);
    return this.parts.events.observe({ event: 'phone', platform }, () =>
      withFailureOrigin('phone', async () => {
        const session = id ? await this.parts.sessions.find(text(id, 'session'), platform) : undefined;
        const exchange = exchangeOf(client, detail);
        return exchange
          ? this.exchange(platform, client, exchange, session?.user ?? client.currentUser?.() ?? null, request)
          : this.open(platform, client, detail, session, request);
      }),
    );
  };

  user: Contract['user'] = async (request) =>
    this.parts.sessions.user(text(membersOf(request, 'session').session, 'session'));

  logout: Contract['logout'] = async (request) => {
    const { session } = membersOf(request, 'session');
    return this.parts.events.observe({ event: 'logout' }, async () => ({
      value: await this.parts.sessions.close(text(session, 'session')),
    }));
  };

  checkSession: Contract['checkSession'] = async (request) => {
    const { client, user, sessionKey } = await this.withSessionKey(membersOf(request, 'session').session);
    if (!client.checkSession)
      throw invalidInput('session', 'the platform of this session cannot check session keys', user.platform);
    return client.checkSession(user.openId, sessionKey);
  };

  resetSessionKey: Contract['resetSessionKey'] = async (request) => {
    const { client, user, app, sessionKey } = await this.withSessionKey(membersOf(request, 'session').session);
    if (!client.resetSessionKey)
      throw invalidInput('session', 'the platform of this session cannot reset session keys', user.platform);
    await this.parts.sessions.addSessionKey(user, app, await client.resetSessionKey(user.openId, sessionKey));
  };

  private async openSession(
    platform: ServicePlatform,
    client: PlatformClient,
    code: string | undefined,
  ): Promise<Login> {
    const { codes, sessions, owners, events } = this.parts;
    if (!client.login) return { session: null, user: client.currentUser?.() ?? null };
    const { app } = client;
    const exchange = async () => {
      // 'ask-again' is the action for a spent or expired code. For a login code it means a new login.
      const identity = await readPlatformResponse(platform, () => client.login!(code!)).catch((error: unknown) =>
        Promise.reject(withAction(error, 'ask-again', 'login-again')),
      );
      const { sessionKey, openId, userId, unionId } = bare(identity);
      const user: User = { platform, openId, ...(userId && { userId }), ...(unionId && { unionId }) };
      if (client.fingerprint) await owners.link(user, app);
      return sessions.open(user, app, code!, sessionKey);
    };
    const key = `login-code:${await hash(platform, app, text(code, 'code', platform))}`;
    const { value } = await codes.once(key, () => sessions.findByCode(platform, app, code!), exchange);
    return { session: value.id, expiresIn: Math.ceil((value.ends - events.now()) / 1000), user: value.user };
  }

  /** Requests the number for a code from the platform, once for each code. */
  private async exchange(
    platform: ServicePlatform,
    client: PlatformClient,
    { method, code, fetch }: Exchange,
    user: User | null,
    request: unknown,
  ) {
    const { codes, limits } = this.parts;
    return withFailureDetails({ method }, async () => {
      const { phone, outcome, repeated, ...spent } = await codes.spend(
        `code:${await hash(platform, client.app, user?.openId ?? '', code)}`,
        // Without a user, every client that has the code gets its result. So the result is stored only for as long as
        // a client needs to send the code again after a lost response.
        user ? limits.code : limits.anonymousCode,
        async () => {
          const number = bare(await readPlatformResponse(platform, () => fetch(user)));
          const owner = user ?? (number.user ? { platform, ...number.user } : null);
          return { phone: number.phone, user: owner, owner: owner ? await ownerOf(owner, client.app) : '' };
        },
        ({ phone, user }) => this.apply(phone, user, request),
      );
      return withFailureDetails({ phone: mask(phone), ...(repeated && { repeated }) }, async () => ({
        value: { phone, user: spent.user, result: resultOf(outcome) } satisfies PhoneResult,
        details: { method, phone: mask(phone), ...(repeated && { repeated }) },
      }));
    });
  }

  /** Opens the payload of a client. */
  private async open(
    platform: ServicePlatform,
    client: PlatformClient,
    detail: PhoneDetail,
    session: (Session & { app: string }) | undefined,
    request: unknown,
  ) {
    rejectFailedEvent(platform, detail);
    const method: Method = 'sealed';
    return withFailureDetails({ method }, async () => {
      if (!client.openSealed)
        throw invalidInput(
          'detail.code',
          'detail.code is missing, and the service does not accept sealed data: see the option methods',
          platform,
        );
      if (!session) throw sessionEnded();
      const { user, app } = session;
      const phone = this.openSealed(client, detail, session);
      if (client.fingerprint) await this.parts.owners.claim(client.fingerprint(phone), user, app);
      const details = { method, phone: mask(phone) };
      const outcome = await this.apply(phone, user, request);
      return withFailureDetails(details, async () => ({
        value: { phone, user, result: resultOf(outcome) } satisfies PhoneResult,
        details,
      }));
    });
  }

  private openSealed(
    client: PlatformClient,
    detail: PhoneDetail,
    { sessionKeys }: Session,
  ): PhoneNumber<ServicePlatform> {
    try {
      return client.openSealed!(detail, sessionKeys, this.parts.checks());
    } catch (thrown) {
      throw markOpaque(failureOf(thrown, 'phone'), sessionKeys);
    }
  }

  /** Passes a number to the application. */
  private apply(phone: PhoneNumber<ServicePlatform>, user: User | null, request: unknown): Promise<ApplicationResult> {
    const { onPhone, limits } = this.parts;
    return withFailureDetails({ phone: mask(phone) }, () =>
      callApplication(onPhone, { phone, user, request }, limits.onPhone),
    );
  }

  /** The client of a session's platform, and the newest session key of the session's user. */
  private async withSessionKey(id: string) {
    const { user, app, sessionKeys } = await this.parts.sessions.find(text(id, 'session'));
    const [, client] = this.client(user.platform);
    if (!sessionKeys[0]) throw sessionEnded();
    return { client, user, app, sessionKey: sessionKeys[0] };
  }

  private client(name: unknown): [ServicePlatform, PlatformClient] {
    const platform = platformOf(name);
    const client = this.parts.clients.get(platform as ServicePlatform);
    if (!client) throw invalidInput('platform', 'platform is not configured in this service');
    return [platform as ServicePlatform, client];
  }
}

/** A code, and the function that requests its number. */
interface Exchange {
  method: 'code' | 'cloud';
  code: string;
  fetch: (user: User | null) => Promise<FetchedNumber>;
}

/** How the number of a detail is requested from the platform; `undefined` if the detail can only be opened. */
function exchangeOf(client: PlatformClient, { code, cloudID }: PhoneDetail): Exchange | undefined {
  if (client.exchangePhoneCode && code)
    return {
      method: 'code',
      code: text(code, 'detail.code'),
      fetch: (user) => client.exchangePhoneCode!(code, user),
    };
  // WeChat replaces a CloudID with data. A client can send such data itself, so only the id in the data is used.
  const id =
    typeof cloudID === 'object' && cloudID !== null
      ? readOrReject('detail.cloudID', () => memberOf(cloudID, 'cloudID'))
      : cloudID;
  if (client.resolveCloudId && id)
    return {
      method: 'cloud',
      code: text(id, 'detail.cloudID'),
      fetch: () => client.resolveCloudId!(id as string),
    };
  return undefined;
}

/**
 * The failure of a payload that did not open. If the payload is sealed under a session key, the reason must stay hidden
 * from the client, unless the reason is a missing field.
 */
function markOpaque({ error, details, findings }: Failure, sessionKeys: readonly string[]): Failure {
  const isOpaque = sessionKeys.length > 0 && !isPhoneError(error, 'ERR_INPUT');
  return new Failure(errorOfMember(error), isOpaque ? 'sealed' : 'phone', details, findings);
}

/** Runs work and adds an origin to its errors, unless they have one. */
const withFailureOrigin = <T>(origin: Failure['origin'], work: () => Promise<T>): Promise<T> =>
  work().catch((thrown) => Promise.reject(failureOf(thrown, origin)));

/** Runs work and adds details for the event to its failures. */
const withFailureDetails = <T>(details: Failure['details'], work: () => Promise<T>): Promise<T> =>
  work().catch((thrown) => Promise.reject(failureOf(thrown, 'phone', details)));

/**
 * Members of the argument of a function of the service. A JavaScript caller may pass the parsed body of a request,
 * which may be `null` or `undefined`.
 */
function membersOf<T extends object, K extends keyof T & string>(argument: T, ...names: K[]): Pick<T, K> {
  if (typeof argument !== 'object' || argument === null) throw invalidInput('request', 'the argument is not an object');
  return readOrReject(
    'request',
    () => Object.fromEntries(names.map((name) => [name, memberOf(argument, name)])) as Pick<T, K>,
  );
}

/** Reads from an argument. A getter or a proxy may throw anything. */
function readOrReject<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw invalidInput(field, `${field} has a member that cannot be read`);
  }
}

function text(value: unknown, field: string, platform?: ServicePlatform): string {
  if (typeof value !== 'string' || !value) throw invalidInput(field, undefined, platform);
  return value;
}
