export type { HostPlatform } from './platform';
export { detectHost, detectPlatform, findPlatform, hostOf, nameOf } from './registry';
