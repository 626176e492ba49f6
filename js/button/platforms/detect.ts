// Finds a platform by its name, and detects the host that runs this code.
import type { Platform } from '../types';
import { attempt } from '../untrusted';
import type { HostPlatform } from './platform';
import { platforms } from './registry';

/** Stands for a browser and for every platform without a file here. */
const UNKNOWN: HostPlatform = {} as HostPlatform;

/** Finds a platform by any of its names, in upper or lower case. The names of uni-app begin with `mp-`. */
const findByName = (name: unknown): HostPlatform | undefined =>
  platforms.find(({ names }) => names.split(' ').includes(String(name).toLowerCase().replace(/^mp-/, '')));

export const findPlatform = (name: unknown): HostPlatform => findByName(name) || UNKNOWN;

export const nameOf = ({ names }: HostPlatform): Platform | undefined =>
  (names && names.split(' ')[0]) as Platform | undefined;

/**
 * Returns the platform's own object, such as `wx`. In other hosts the name is not declared, and reading it
 * throws.
 */
export const hostOf = ({ host }: HostPlatform): any => attempt(host!);

/** Detects the platform from the constant that a toolchain replaces, otherwise from the host's object. */
export const detectHost = (): HostPlatform =>
  // Without a toolchain, `process` may not exist, and `attempt` catches the error. A toolchain replaces the whole
  // expression, but does not declare `process`: a guard `typeof process` would be false and skip the constant.
  findByName(attempt(() => process.env.UNI_PLATFORM) || attempt(() => process.env.TARO_ENV)) ||
  platforms.find(hostOf) ||
  UNKNOWN;

/**
 * Returns the platform that runs this code, according to the constant of uni-app or Taro or to the host's own object;
 * `undefined` in a browser and in any other environment. Inside WeCom the result is `wecom` and not `wechat`, because
 * another function requests the number there.
 */
export const detectPlatform = (): Platform | undefined => nameOf(detectHost());
