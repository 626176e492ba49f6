// The contract between the service and a platform's client. Each platform has a file with its URLs, parameters and
// shapes.

import type { OpenOptions, PhoneNumber, Platform } from '../../core/types';

import type { OpenSealed } from '../diagnosis';
import { invalidInput } from '../errors';
import type { Events } from '../events';
import type { ServiceStore } from '../state/store';
import type { PhoneDetail, ServicePlatform, TokenSource, User } from '../types';
import { type AccessTokens, ExternalTokens, type RequestToken, TokenCache } from './access-tokens';
import type { PlatformHttp } from './http';

export interface PlatformClient {
  /** Identifies the app, for keys of the store. */
  readonly app: string;
  /** Exchanges a login code. Absent if the platform has no login. */
  login?(code: string): Promise<Identity>;
  /** The user, if the cloud function's environment identifies the user without a login. */
  currentUser?(): User | null;
  /** Requests the number for a phone code. */
  exchangePhoneCode?(code: string, user: User | null): Promise<FetchedNumber>;
  /** Requests the number for a CloudID. */
  resolveCloudId?(cloudId: string): Promise<FetchedNumber>;
  /** Opens a sealed payload. */
  openSealed?(detail: PhoneDetail, sessionKeys: string[], options: OpenOptions): PhoneNumber<ServicePlatform>;
  /**
   * A text that identifies a payload, for platforms whose payloads are not bound to a user. It contains a secret, so that its hash
   * reveals nothing: only the hash may be stored.
   */
  fingerprint?(phone: PhoneNumber): string;
  checkSession?(openId: string, sessionKey: string): Promise<boolean>;
  resetSessionKey?(openId: string, sessionKey: string): Promise<string>;
}

export interface Identity {
  openId: string;
  userId?: string;
  unionId?: string;
  sessionKey?: string;
}

/** A number, and the user if the platform's response has one. */
export interface FetchedNumber {
  phone: PhoneNumber<ServicePlatform>;
  user?: { openId: string; unionId?: string };
}

/** The environment in which a client is created. */
export interface ClientContext {
  http: PlatformHttp;
  store: ServiceStore;
  events: Events;
  /** In seconds. */
  timeout: number;
  /** How phone data is checked. */
  checks: () => OpenOptions;
  /** Opens a sealed payload. */
  open: OpenSealed;
}

/** The access tokens of a platform: the service's own, or from a function of the application. */
export const tokensOf = (
  platform: Platform,
  app: string,
  { store, events, timeout }: ClientContext,
  source: RequestToken | { external: TokenSource },
): AccessTokens =>
  typeof source === 'function'
    ? new TokenCache(platform, `token:${platform}:${app}`, source, store, events, timeout)
    : new ExternalTokens(platform, source.external, events, timeout);

/** Text members of a detail. @throws ERR_INPUT with the name of a missing or empty member */
export function requiredMembers<K extends keyof PhoneDetail>(
  platform: Platform,
  detail: PhoneDetail,
  ...names: K[]
): Record<K, string> {
  for (const name of names)
    if (typeof detail[name] !== 'string' || !detail[name]) throw invalidInput(`detail.${name}`, undefined, platform);
  return detail as Record<K, string>;
}
