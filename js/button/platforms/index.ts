export { detectHost, detectPlatform, findPlatform, hostOf, nameOf } from './detect';
export type { HostPlatform } from './platform';
