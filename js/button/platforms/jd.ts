// JD: its flow (jd.getAuthCode and two calls of its gateway) has an event that is not documented.
import type { HostPlatform } from './platform';

declare const jd: any;

export const jdHost: HostPlatform = { names: 'jd', host: () => jd };
