// Hosts without a usable phone button: QQ never sends the event; JD has a flow of its own (jd.getAuthCode and two calls of its
// gateway) whose event is not documented; UnionPay's number is requested by the server.
import type { HostPlatform } from './platform';

export const qqHost: HostPlatform = { names: 'qq', host: () => qq };
export const jdHost: HostPlatform = { names: 'jd', host: () => jd };
export const unionpay: HostPlatform = { names: 'unionpay upapi' };
