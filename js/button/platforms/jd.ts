// JD: its flow (jd.getAuthCode and two calls of its gateway) has an event that is not documented.
import type { HostPlatform } from './platform';

export const jdHost: HostPlatform = { names: 'jd', host: () => jd };
