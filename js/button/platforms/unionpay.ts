// UnionPay: its number is requested by the server.
import type { HostPlatform } from './platform';

export const unionpayHost: HostPlatform = { names: 'unionpay upapi' };
