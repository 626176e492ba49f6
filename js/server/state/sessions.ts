// Sessions, and the session keys that never leave the server.
import { KeyedMutex } from '../concurrency';
import { sessionEnded } from '../errors';
import { memberOf } from '../own-members';
import { hash, randomId } from '../runtime/runtime';
import type { ServicePlatform, User } from '../types';
import type { ServiceStore } from './store';
import { isText, isTexts } from './values';

export interface Session {
  user: User;
  /** Newest first. The first key that opens a payload is used: a login between the tap and the request does no harm. */
  sessionKeys: string[];
}

/** A session that was just created. The mini-program receives its id. */
export interface OpenedSession {
  id: string;
  user: User;
  /** When the session ends, in milliseconds since 1970. */
  ends: number;
}

/** The value that is stored under a session's id. */
interface StoredSession {
  user: User;
  /** The app of the session. */
  app: string;
  sessionKey?: string;
  ends: number;
}

export class Sessions {
  private readonly mutex: KeyedMutex;

  /** @param appOf the configured app of a platform */
  constructor(
    private readonly store: ServiceStore,
    private readonly limits: {
      session: number;
      sessionsPerUser: number;
      sessionKeys: number;
      timeout: number;
      anonymousCode: number;
    },
    private readonly now: () => number,
    private readonly appOf: (platform: ServicePlatform) => string | undefined,
  ) {
    this.mutex = new KeyedMutex(limits.timeout);
  }

  /**
   * Opens a session for a login code. Its id has 256 unpredictable bits, and the store contains only its hash. The id
   * is derived from the code and a secret, so that neither the store nor the code alone reveals it. The secret is
   * stored for `limits.anonymousCode` seconds, in which the same code returns the same session. The time is short,
   * because anybody who has the login code can log in with it.
   */
  async open(user: User, app: string, code: string, sessionKey: string | undefined): Promise<OpenedSession> {
    const secret = randomId();
    const id = await hash(secret, code);
    const [storeKey, owner] = await Promise.all([storeKeyOfSession(id), ownerOf(user, app)]);
    const ends = this.now() + this.limits.session * 1000;
    await Promise.all([
      this.store.set(
        storeKey,
        { user, app, sessionKey, ends } satisfies StoredSession,
        this.limits.session * 1000,
        owner,
      ),
      this.addToUser(user, app, storeKey),
      sessionKey && this.addSessionKey(user, app, sessionKey),
    ]);
    await this.store.set(
      await storeKeyOfLogin(user.platform, app, code),
      secret,
      this.limits.anonymousCode * 1000,
      owner,
    );
    return { id, user, ends };
  }

  /** The session of a login code that was sent within the last `limits.anonymousCode` seconds. */
  async findByCode(platform: ServicePlatform, app: string, code: string): Promise<OpenedSession | undefined> {
    const secret = await this.store.get(await storeKeyOfLogin(platform, app, code), isText);
    if (!secret) return undefined;
    const id = await hash(secret, code);
    const session = await this.read(await storeKeyOfSession(id));
    return session && { id, user: session.user, ends: session.ends };
  }

  /** @throws ERR_SESSION if the platform and its app have no such session, ERR_STORE if the store cannot be read */
  async find(id: string, platform?: ServicePlatform): Promise<Session & { app: string }> {
    const session = await this.read(await storeKeyOfSession(id));
    if (!session || !this.belongsToConfiguredApp(session) || (platform && session.user.platform !== platform))
      throw sessionEnded();
    const { user, app, sessionKey } = session;
    if (!sessionKey) return { user, app, sessionKeys: [] };
    const known = await this.readList(await storeKeyOfSessionKeys(user, app));
    // The list may lack the session's own key: after several later logins, or if two processes wrote it simultaneously.
    const sessionKeys = known.includes(sessionKey) ? known : [...known.slice(0, MAX_KEYS - 1), sessionKey];
    return { user, app, sessionKeys };
  }

  /** @throws ERR_SESSION, ERR_STORE like {@link find} */
  async user(id: string): Promise<User> {
    const session = await this.read(await storeKeyOfSession(id));
    if (!session || !this.belongsToConfiguredApp(session)) throw sessionEnded();
    return session.user;
  }

  /** Ends a session and deletes its session key. @throws ERR_SESSION for a session of another app */
  async close(id: string): Promise<void> {
    const storeKey = await storeKeyOfSession(id);
    const session = await this.read(storeKey);
    if (!session) return;
    if (!this.belongsToConfiguredApp(session)) throw sessionEnded();
    await this.store.delete(storeKey);
    const { user, app, sessionKey } = session;
    await Promise.all([
      this.changeList(await storeKeyOfSessionList(user, app), user, app, (storeKeys) =>
        storeKeys.filter((other) => other !== storeKey),
      ),
      sessionKey &&
        this.changeList(await storeKeyOfSessionKeys(user, app), user, app, (keys) =>
          keys.filter((key) => key !== sessionKey),
        ),
    ]);
  }

  /** Adds a session key before the user's other keys. */
  async addSessionKey(user: User, app: string, sessionKey: string): Promise<void> {
    await this.changeList(await storeKeyOfSessionKeys(user, app), user, app, (keys) =>
      [sessionKey, ...keys.filter((key) => key !== sessionKey)].slice(0, this.limits.sessionKeys),
    );
  }

  /** Adds a session's store key before those of the user's other sessions, and ends sessions beyond the limit. */
  private async addToUser(user: User, app: string, storeKey: string): Promise<void> {
    let ended: string[] = [];
    await this.changeList(await storeKeyOfSessionList(user, app), user, app, (storeKeys) => {
      ended = storeKeys.slice(this.limits.sessionsPerUser - 1);
      return [storeKey, ...storeKeys.slice(0, this.limits.sessionsPerUser - 1)];
    });
    // A session that the store fails to delete ends when it expires.
    await Promise.all(ended.map((other) => this.store.delete(other).catch(() => {})));
  }

  /** Changes a list of a user: one change at a time in this process, and among processes if the store can lock. */
  private async changeList(
    storeKey: string,
    user: User,
    app: string,
    to: (texts: string[]) => string[],
  ): Promise<void> {
    const owner = await ownerOf(user, app);
    const write = async () =>
      this.store.set(storeKey, to(await this.readList(storeKey).catch(() => [])), this.limits.session * 1000, owner);
    await this.mutex.runExclusive(storeKey, () =>
      this.store.withLock(storeKey, { seconds: MAX_LOCK, result: async () => undefined, work: write }),
    );
  }

  private read(storeKey: string): Promise<StoredSession | undefined> {
    return this.store.get(storeKey, isStoredSession);
  }

  private async readList(storeKey: string): Promise<string[]> {
    return (await this.store.get(storeKey, isTexts)) ?? [];
  }

  private belongsToConfiguredApp({ user, app }: StoredSession): boolean {
    return this.appOf(user.platform) === app;
  }
}

/** The core tries at most this number of keys. */
const MAX_KEYS = 16;
/** In seconds: the lifetime of the lock on a list of a user if its holder stops renewing it. */
const MAX_LOCK = 1;

const isOptional = (value: unknown): boolean => value === undefined || isText(value);

/** Whether a stored value is a user. */
export const isUser = (value: unknown): value is User =>
  ['platform', 'openId'].every((name) => isText(memberOf(value, name))) &&
  ['userId', 'unionId'].every((name) => isOptional(memberOf(value, name)));

const isStoredSession = (value: unknown): value is StoredSession =>
  isUser(memberOf(value, 'user')) &&
  isText(memberOf(value, 'app')) &&
  isOptional(memberOf(value, 'sessionKey')) &&
  typeof memberOf(value, 'ends') === 'number';

/** A user of an app, in keys of the store. */
export const ownerOf = ({ platform, openId }: User, app: string) => hash(platform, app, openId);

const storeKeyOfSession = async (id: string) => `session:${await hash(id)}`;
const storeKeyOfLogin = async (platform: ServicePlatform, app: string, code: string) =>
  `login:${await hash(platform, app, code)}`;
const storeKeyOfSessionList = async (user: User, app: string) => `sessions:${await ownerOf(user, app)}`;
const storeKeyOfSessionKeys = async (user: User, app: string) => `keys:${await ownerOf(user, app)}`;
