// Who is logged in, and the session keys that never leave the server.
import type { Platform } from '../core/index';
import { noSession } from './errors';
import type { User } from './index';
import { hash, randomId } from './runtime';
import { Turns } from './waiting';
import type { Keeper } from './store';

export interface Session {
  user: User;
  /** Newest first. The first one that opens a payload counts: a login between the tap and the request changes nothing. */
  sessionKeys: string[];
}

/** What is kept under a session's id. */
interface Kept {
  user: User;
  sessionKey?: string;
}

export class Sessions {
  private readonly turns: Turns;

  constructor(
    private readonly keeper: Keeper,
    private readonly limits: { session: number; sessionKeys: number; timeout: number },
  ) {
    this.turns = new Turns(limits.timeout);
  }

  /** Opens a session. @returns its id: 256 bits that nobody can guess. The store knows only the id's hash. */
  async open(user: User, app: string, sessionKey: string | undefined): Promise<string> {
    const id = randomId();
    await this.keeper.set(await sessionName(id), { user, sessionKey } satisfies Kept, this.limits.session * 1000);
    if (sessionKey) await this.remember(user, app, sessionKey);
    return id;
  }

  /** @throws ERR_SESSION where there is none of the platform, ERR_STORE where it cannot be known */
  async find(id: string, platform: Platform, app: string): Promise<Session> {
    const kept = await this.keeper.get<Kept>(await sessionName(id));
    if (!kept || kept.user.platform !== platform) throw noSession();
    const { user, sessionKey } = kept;
    if (!sessionKey) return { user, sessionKeys: [] };
    const known = (await this.keeper.get<string[]>(await keysName(user, app))) ?? [];
    // The session's own key is in both, unless two processes wrote the list at once.
    const sessionKeys = known.includes(sessionKey) ? known : [...known.slice(0, MAX_KEYS - 1), sessionKey];
    return { user, sessionKeys };
  }

  /** @throws ERR_SESSION, ERR_STORE as {@link find} */
  async user(id: string): Promise<User> {
    const kept = await this.keeper.get<Kept>(await sessionName(id));
    if (!kept) throw noSession();
    return kept.user;
  }

  /** Ends a session, and with it its session key. */
  async close(id: string, app: (platform: Platform) => string): Promise<void> {
    const session = await sessionName(id);
    const kept = await this.keeper.get<Kept>(session);
    if (!kept) return;
    await this.keeper.delete(session);
    const { user, sessionKey } = kept;
    if (sessionKey) await this.change(user, app(user.platform), (keys) => keys.filter((key) => key !== sessionKey));
  }

  /** Puts a session key before the user's others. */
  async remember(user: User, app: string, sessionKey: string): Promise<void> {
    await this.change(user, app, (keys) => [sessionKey, ...keys.filter((key) => key !== sessionKey)].slice(0, this.limits.sessionKeys));
  }

  /** Changes a user's list of keys: one change at a time in this process, and among processes where the store can lock. */
  private async change(user: User, app: string, to: (keys: string[]) => string[]): Promise<void> {
    const list = await keysName(user, app);
    const read = async () => (await this.keeper.get<string[]>(list).catch(() => undefined)) ?? [];
    const write = async () => this.keeper.set(list, to(await read()), this.limits.session * 1000);
    await this.turns.take(list, () => this.keeper.alone(list, CHANGE, async () => undefined, write));
  }
}

/** As many as the core tries. */
const MAX_KEYS = 16;
/** Seconds for which a process may keep others from a user's list of keys. */
const CHANGE = 1;

const sessionName = async (id: string) => `session:${await hash(id)}`;
const keysName = async ({ platform, openId }: User, app: string) => `keys:${await hash(platform, app, openId)}`;
