export type { HostPlatform } from './platform';
export { detectHost as here, detectPlatform, findPlatform as named, hostOf, nameOf } from './registry';
