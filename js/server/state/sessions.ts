// Who is logged in, and the session keys that never leave the server.
import { KeyedMutex } from '../concurrency';
import { sessionEnded } from '../errors';
import { memberOf } from '../own-members';
import { hash, randomId } from '../runtime/runtime';
import type { ServicePlatform, User } from '../types';
import type { ServiceStore } from './store';
import { isText, isTexts } from './values';

export interface Session {
  user: User;
  /** Newest first. The first one that opens a payload counts: a login between the tap and the request changes nothing. */
  sessionKeys: string[];
}

/** A session as its client gets it. */
export interface OpenedSession {
  id: string;
  user: User;
  /** When it ends, in milliseconds. */
  ends: number;
}

/** What is kept under a session's id. */
interface StoredSession {
  user: User;
  /** The app that it belongs to. */
  app: string;
  sessionKey?: string;
  ends: number;
}

export class Sessions {
  private readonly mutex: KeyedMutex;

  /** @param appOf the app that is configured for a platform */
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
   * Opens a session of a login code. Its id has 256 bits that nobody can guess; the store knows only its hash. It is
   * made of the code and of a secret, so that neither the store nor the code alone leads to it. The secret is kept for
   * half a minute, in which the same code finds the same session: a login code belongs to whoever has it.
   */
  async open(user: User, app: string, code: string, sessionKey: string | undefined): Promise<OpenedSession> {
    const secret = randomId();
    const id = await hash(secret, code);
    const [name, owner] = await Promise.all([sessionKeyOf(id), ownerOf(user, app)]);
    const ends = this.now() + this.limits.session * 1000;
    await Promise.all([
      this.store.set(name, { user, app, sessionKey, ends } satisfies StoredSession, this.limits.session * 1000, owner),
      this.addToUser(user, app, name),
      sessionKey && this.addSessionKey(user, app, sessionKey),
    ]);
    await this.store.set(await loginKeyOf(user.platform, app, code), secret, this.limits.anonymousCode * 1000, owner);
    return { id, user, ends };
  }

  /** The session of a login code that has been sent before, while it lives. */
  async findByCode(platform: ServicePlatform, app: string, code: string): Promise<OpenedSession | undefined> {
    const secret = await this.store.get(await loginKeyOf(platform, app, code), isText);
    if (!secret) return undefined;
    const id = await hash(secret, code);
    const session = await this.read(await sessionKeyOf(id));
    return session && { id, user: session.user, ends: session.ends };
  }

  /** @throws ERR_SESSION where there is none of the platform and its app, ERR_STORE where it cannot be known */
  async find(id: string, platform?: ServicePlatform): Promise<Session & { app: string }> {
    const session = await this.read(await sessionKeyOf(id));
    if (!session || !this.belongsToConfiguredApp(session) || (platform && session.user.platform !== platform))
      throw sessionEnded();
    const { user, app, sessionKey } = session;
    if (!sessionKey) return { user, app, sessionKeys: [] };
    const known = await this.readList(await keyListKeyOf(user, app));
    // The session's own key is in both, unless two processes wrote the list at once.
    const sessionKeys = known.includes(sessionKey) ? known : [...known.slice(0, MAX_KEYS - 1), sessionKey];
    return { user, app, sessionKeys };
  }

  /** @throws ERR_SESSION, ERR_STORE as {@link find} */
  async user(id: string): Promise<User> {
    const session = await this.read(await sessionKeyOf(id));
    if (!session || !this.belongsToConfiguredApp(session)) throw sessionEnded();
    return session.user;
  }

  /** Ends a session, and with it its session key. @throws ERR_SESSION of another app's */
  async close(id: string): Promise<void> {
    const name = await sessionKeyOf(id);
    const session = await this.read(name);
    if (!session) return;
    if (!this.belongsToConfiguredApp(session)) throw sessionEnded();
    await this.store.delete(name);
    const { user, app, sessionKey } = session;
    await Promise.all([
      this.changeList(await sessionListKeyOf(user, app), user, app, (names) => names.filter((other) => other !== name)),
      sessionKey &&
        this.changeList(await keyListKeyOf(user, app), user, app, (keys) => keys.filter((key) => key !== sessionKey)),
    ]);
  }

  /** Puts a session key before the user's others. */
  async addSessionKey(user: User, app: string, sessionKey: string): Promise<void> {
    await this.changeList(await keyListKeyOf(user, app), user, app, (keys) =>
      [sessionKey, ...keys.filter((key) => key !== sessionKey)].slice(0, this.limits.sessionKeys),
    );
  }

  /** Puts a session before the user's others, and ends those that are too many. */
  private async addToUser(user: User, app: string, name: string): Promise<void> {
    let ended: string[] = [];
    await this.changeList(await sessionListKeyOf(user, app), user, app, (names) => {
      ended = names.slice(this.limits.sessionsPerUser - 1);
      return [name, ...names.slice(0, this.limits.sessionsPerUser - 1)];
    });
    // One that the store does not end now ends by its time.
    await Promise.all(ended.map((other) => this.store.delete(other).catch(() => {})));
  }

  /** Changes a list of a user's: one change at a time in this process, and among processes where the store can lock. */
  private async changeList(list: string, user: User, app: string, to: (texts: string[]) => string[]): Promise<void> {
    const owner = await ownerOf(user, app);
    const write = async () =>
      this.store.set(list, to(await this.readList(list).catch(() => [])), this.limits.session * 1000, owner);
    await this.mutex.runExclusive(list, () =>
      this.store.withLock(list, { seconds: CHANGE, result: async () => undefined, work: write }),
    );
  }

  private read(name: string): Promise<StoredSession | undefined> {
    return this.store.get(name, isStoredSession);
  }

  private async readList(list: string): Promise<string[]> {
    return (await this.store.get(list, isTexts)) ?? [];
  }

  private belongsToConfiguredApp({ user, app }: StoredSession): boolean {
    return this.appOf(user.platform) === app;
  }
}

/** As many as the core tries. */
const MAX_KEYS = 16;
/** Seconds for which a process may keep others from a list of a user's. */
const CHANGE = 1;

const isOptional = (value: unknown): boolean => value === undefined || isText(value);

/** Whether something that was kept is a user. */
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

const sessionKeyOf = async (id: string) => `session:${await hash(id)}`;
const loginKeyOf = async (platform: ServicePlatform, app: string, code: string) =>
  `login:${await hash(platform, app, code)}`;
const sessionListKeyOf = async (user: User, app: string) => `sessions:${await ownerOf(user, app)}`;
const keyListKeyOf = async (user: User, app: string) => `keys:${await ownerOf(user, app)}`;
