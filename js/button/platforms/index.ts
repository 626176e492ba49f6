export type { HostPlatform } from './platform';
export { detectPlatform, here, hostOf, named, nameOf } from './registry';
