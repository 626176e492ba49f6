// Finds the platform of pasted text: evidence that proves the platform, and evidence that suggests it.

import { platforms } from '../core/platforms';
import type { Platform } from '../core/types';
import { appIds, hosts, withPhoneCode, withSessionKey } from './marks';

/** Matches only the names that this package uses. `platformOf` of the core knows the other names. */
export const byName = (name: string): Platform | undefined => platforms.find((known) => known === name.toLowerCase());

/** The app that the client's referer names. */
export const refererApp = (text: string): string | undefined =>
  /\bservicewechat\.com\/(wx[0-9a-f]{16})\//.exec(text)?.[1] ??
  /\btmaservice\.developer\.toutiao\.com\/?\?appid=(tt[0-9a-f]{16,20})/.exec(text)?.[1];

export interface Evidence {
  text: string;
  /** The first platform that a field such as `platform` names. */
  named: Platform | undefined;
  /** The platforms that may have sent a response. */
  responsePlatforms: readonly Platform[];
  sealed: Record<string, unknown>;
  keys: Record<string, unknown>;
  /** Names of members in their original spelling. */
  names: ReadonlySet<string>;
}

export function platformsOf(evidence: Evidence): { platform?: Platform; candidates: Platform[] } {
  const certain = proven(evidence);
  if (certain) return { platform: certain, candidates: [certain] };
  return { candidates: [...new Set(suggested(evidence))] };
}

function proven({ text, named, responsePlatforms, sealed, keys, names }: Evidence): Platform | undefined {
  if (named) return named;
  const byApp = typeof keys.appId === 'string' ? appIds.find(([, form]) => form.test(keys.appId as string)) : undefined;
  if (byApp) return byApp[0];
  // WeChat spells the name cloudID, Douyin cloudId.
  if (names.has('cloudID')) return 'wechat';
  const host = hosts.find(([, form]) => form.test(text));
  if (host) return host[0];
  const withoutIv = sealed.iv === undefined;
  if (withoutIv && (sealed.response !== undefined || (sealed.sign !== undefined && sealed.encryptedData !== undefined)))
    return 'alipay';
  if (keys.alipayPublicKey !== undefined || keys.aesKey !== undefined) return 'alipay';
  if (withoutIv && typeof sealed.data === 'string' && responsePlatforms[0] === 'douyin') return 'douyin';
  return responsePlatforms.length === 1 ? responsePlatforms[0] : undefined;
}

function suggested({ responsePlatforms, sealed, keys }: Evidence): Platform[] {
  const likely: Platform[] = [];
  const { code, data, iv, encryptedData } = sealed;
  // The base64 of an RSA block of 2048 bits.
  if (typeof data === 'string' && iv === undefined && /^\S{340,350}$/.test(data)) likely.push('douyin');
  if (typeof keys.privateKey === 'string' && iv === undefined) likely.push('douyin');
  if (keys.appKey !== undefined || (typeof keys.sessionKey === 'string' && /^[0-9a-f]{32}$/.test(keys.sessionKey)))
    likely.push('baidu');
  if (typeof data === 'string' && iv !== undefined) likely.push('baidu');
  if (encryptedData !== undefined || data !== undefined || iv !== undefined)
    likely.push(...withSessionKey, ...(iv === undefined ? (['alipay'] as const) : []));
  if (code !== undefined) likely.push(...withPhoneCode);
  if (/^410\d{3}$/.test(String(sealed.errno))) likely.push('xiaohongshu');
  likely.push(...responsePlatforms);
  if (sealed.errMsg !== undefined && !likely.length) likely.push(...withSessionKey);
  if (keys.sessionKey !== undefined) likely.push(...withSessionKey);
  return likely;
}
