// Whose a payload is that names no user: the first one who sends it owns it, and others are refused. Alipay's alone.
import { PhoneError } from '../../core/errors';
import { memberOf } from '../own-members';
import { hash } from '../runtime/runtime';
import type { User } from '../types';
import { ownerOf } from './sessions';
import type { ServiceStore } from './store';
import { isTexts } from './values';

/**
 * A person may come with several ids, and with other ones later: Alipay gives an app first user_id, then user_id and
 * open_id, then open_id alone, by a percentage of the logins. Ids that came together in one login are one person's.
 */
export class Owners {
  constructor(
    private readonly store: ServiceStore,
    private readonly limits: { replay: number; session: number },
  ) {}

  /** Remembers that the ids of a login are one person's: for as long as any claim of one of its sessions lives. */
  async link(user: User, app: string): Promise<void> {
    const ids = await idsOf(user, app);
    if (ids.length < 2) return;
    const all = await this.linkedIds(ids).catch(() => ids);
    await Promise.all(
      all.map((id) => this.store.set(aliasKeyOf(id), all, (this.limits.replay + this.limits.session) * 1000, ids[0]!)),
    );
  }

  /** @throws ERR_REPLAY where somebody else owns it, ERR_STORE where nobody knows */
  async claim(fingerprint: string, user: User, app: string): Promise<void> {
    const ids = await idsOf(user, app);
    const key = `replay:${await hash(user.platform, app, fingerprint)}`;
    const first = await this.store.setIfAbsent(key, ids[0]!, this.limits.replay * 1000, await ownerOf(user, app));
    if (first === undefined || ids.includes(first) || (await this.linkedIds(ids)).includes(first)) return;
    throw new PhoneError({
      code: 'ERR_REPLAY',
      message: 'another user sent this number first',
      action: 'enter-manually',
      platform: user.platform,
    });
  }

  /** Ids, and those that came with them in earlier logins. */
  private async linkedIds(ids: string[]): Promise<string[]> {
    const others = await Promise.all(ids.map((id) => this.store.get(aliasKeyOf(id), isTexts)));
    return [...new Set([...ids, ...others.flatMap((found) => found ?? [])])];
  }
}

/** A user's own ids: an id on Object.prototype would make all users the same person. */
function idsOf(user: User, app: string): Promise<string[]> {
  const ids = new Set(['openId', 'userId', 'unionId'].map((name) => memberOf(user, name) as string | undefined));
  return Promise.all([...ids].filter((id): id is string => id !== undefined).map((id) => hash(user.platform, app, id)));
}

const aliasKeyOf = (id: string) => `alias:${id}`;
