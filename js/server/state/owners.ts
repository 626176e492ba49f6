// The owners of payloads that neither a session key nor an id binds to a user: the first user who sends a payload owns it,
// and other users are rejected. Only Alipay has such payloads.
import { PhoneError } from '../../core/errors';
import { memberOf } from '../own-members';
import { hash } from '../runtime/runtime';
import type { User } from '../types';
import { ownerOf } from './sessions';
import type { ServiceStore } from './store';
import { isTexts } from './values';

/**
 * A user may have several ids, and other ids later: Alipay sends an app first user_id, then user_id and open_id, then
 * only open_id, for a rising percentage of the logins. Ids of the same login belong to the same user.
 */
export class Owners {
  constructor(
    private readonly store: ServiceStore,
    private readonly limits: { replay: number; session: number },
  ) {}

  /**
   * Stores that the ids of a login belong to the same user, for as long as a claim made with a session of this login can
   * exist (`limits.session` + `limits.replay`).
   */
  async link(user: User, app: string): Promise<void> {
    const ids = await idsOf(user, app);
    if (ids.length < 2) return;
    const all = await this.linkedIds(ids).catch(() => ids);
    await Promise.all(
      all.map((id) => this.store.set(aliasKeyOf(id), all, (this.limits.replay + this.limits.session) * 1000, ids[0]!)),
    );
  }

  /** @throws ERR_REPLAY if another user owns it, ERR_STORE if the owner cannot be read */
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

  /** Ids, and the ids that earlier logins linked to them. */
  private async linkedIds(ids: string[]): Promise<string[]> {
    const others = await Promise.all(ids.map((id) => this.store.get(aliasKeyOf(id), isTexts)));
    return [...new Set([...ids, ...others.flatMap((linked) => linked ?? [])])];
  }
}

/** The own ids of a user: an id on Object.prototype would make all users the same person. */
function idsOf(user: User, app: string): Promise<string[]> {
  const ids = new Set(['openId', 'userId', 'unionId'].map((name) => memberOf(user, name) as string | undefined));
  return Promise.all([...ids].filter((id): id is string => id !== undefined).map((id) => hash(user.platform, app, id)));
}

const aliasKeyOf = (id: string) => `alias:${id}`;
