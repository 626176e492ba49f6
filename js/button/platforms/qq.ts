// QQ is unsupported: its client never sends the event of a phone button.
import type { HostPlatform } from './platform';

declare const qq: any;

export const qqHost: HostPlatform = { names: 'qq', host: () => qq };
