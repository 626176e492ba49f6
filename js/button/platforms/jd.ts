// JD is unsupported: the event of its flow (jd.getAuthCode and two calls of JD's gateway) is not documented.
import type { HostPlatform } from './platform';

declare const jd: any;

export const jdHost: HostPlatform = { names: 'jd', host: () => jd };
