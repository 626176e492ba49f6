// Which platform a name means, and which host runs this code.
import type { Platform } from '../types';
import { attempt } from '../untrusted';
import type { HostPlatform } from './platform';
import { platforms } from './registry';

/** A browser, or a platform that this package does not know. */
const UNKNOWN: HostPlatform = {} as HostPlatform;

/** By any of its names, in any case. The names of uni-app begin with `mp-`. */
const findByName = (name: unknown): HostPlatform | undefined =>
  platforms.find(({ names }) => names.split(' ').includes(String(name).toLowerCase().replace(/^mp-/, '')));

export const findPlatform = (name: unknown): HostPlatform => findByName(name) || UNKNOWN;

export const nameOf = ({ names }: HostPlatform): Platform | undefined =>
  (names && names.split(' ')[0]) as Platform | undefined;

/** The host's own object, if this host is the platform's. In other hosts its name is not declared, and using it throws. */
export const hostOf = ({ host }: HostPlatform): any => attempt(host!);

/** The platform that runs this code: by the constant that a toolchain replaces, otherwise by the host's object. */
export const detectHost = (): HostPlatform =>
  // Without a toolchain `process` does not exist, which attempt covers. A typeof would hide what a toolchain has put in.
  findByName(attempt(() => process.env.UNI_PLATFORM) || attempt(() => process.env.TARO_ENV)) ||
  platforms.find(hostOf) ||
  UNKNOWN;

/**
 * The platform that runs this code, by the constant of uni-app or Taro, or by the host's own object; `undefined` in a
 * browser and in any other environment. Inside WeCom it is `wecom`, which asks for the number in another way than WeChat.
 */
export const detectPlatform = (): Platform | undefined => nameOf(detectHost());
