// Hosts without a phone button that works: QQ's event never comes, JD has a way of its own (jd.getAuthCode and two calls
// of its gateway) whose event is nowhere described, and UnionPay's is a server's affair.
import type { HostPlatform } from './platform';

export const qqHost: HostPlatform = { names: 'qq', host: () => qq };
export const jdHost: HostPlatform = { names: 'jd', host: () => jd };
export const unionpay: HostPlatform = { names: 'unionpay upapi' };
