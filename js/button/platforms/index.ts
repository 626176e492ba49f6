export type { HostPlatform } from './platform';
export { detectHost as here, detectPlatform, hostOf, named, nameOf } from './registry';
