// UnionPay is unsupported here: the backend requests the number.
import type { HostPlatform } from './platform';

export const unionpayHost: HostPlatform = { names: 'unionpay upapi' };
