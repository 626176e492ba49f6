// What the service asks of a platform. One file a platform knows its URLs, its parameters and its shapes.

import type { OpenOptions, PhoneNumber, Platform } from '../../core/types';

import type { OpenSealed } from '../diagnosis';
import { invalidInput } from '../errors';
import type { Events } from '../events';
import type { ServiceStore } from '../state/store';
import type { PhoneDetail, ServicePlatform, TokenSource, User } from '../types';
import { type AccessTokens, ExternalTokens, type RequestToken, TokenCache } from './access-tokens';
import type { PlatformHttp } from './http';

export interface PlatformClient {
  /** What names the app, for keys of the store. */
  readonly app: string;
  /** Exchanges a login code. Absent where the platform has no login. */
  login?(code: string): Promise<Identity>;
  /** Who is calling, where the host knows it without a login. */
  currentUser?(): User | null;
  /** Fetches the number behind a phone code. */
  exchangePhoneCode?(code: string, user: User | null): Promise<FetchedNumber>;
  /** Fetches the number behind a CloudID. */
  resolveCloudId?(cloudId: string): Promise<FetchedNumber>;
  /** Opens what is sealed. */
  openSealed?(detail: PhoneDetail, sessionKeys: string[], options: OpenOptions): PhoneNumber<ServicePlatform>;
  /** Text that is the same for equal payloads and names nobody without a secret, where a payload could be anybody's. */
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

/** A number, and the user if the platform's answer names one. */
export interface FetchedNumber {
  phone: PhoneNumber<ServicePlatform>;
  user?: { openId: string; unionId?: string };
}

/** What a client is made with. */
export interface ClientContext {
  http: PlatformHttp;
  store: ServiceStore;
  events: Events;
  /** Seconds. */
  timeout: number;
  /** What phone data is checked by. */
  checks: () => OpenOptions;
  /** Opens what is sealed. */
  open: OpenSealed;
}

/** The tokens of a platform: its own, or somebody else's. */
export const tokensOf = (
  platform: Platform,
  app: string,
  { store, events, timeout }: ClientContext,
  source: RequestToken | { foreign: TokenSource },
): AccessTokens =>
  typeof source === 'function'
    ? new TokenCache(platform, `token:${platform}:${app}`, source, store, events, timeout)
    : new ExternalTokens(platform, source.foreign, events, timeout);

/** The text members of what a client sent. @throws ERR_INPUT with the name of the one that is missing or empty */
export function requiredMembers<K extends keyof PhoneDetail>(
  platform: Platform,
  detail: PhoneDetail,
  ...names: K[]
): Record<K, string> {
  for (const name of names)
    if (typeof detail[name] !== 'string' || !detail[name]) throw invalidInput(`detail.${name}`, undefined, platform);
  return detail as Record<K, string>;
}
