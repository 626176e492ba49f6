// mp-phone/host: what a backend mounts.
export { type ErrorCode, PhoneError } from '../core/errors';
export type { Action, Bilingual, PhoneNumber, Platform } from '../core/types';
export { createPhoneService } from './create';
export { PhoneRefusal } from './refusals';
export { uniCloudRedisStore } from './stores/unicloud';
export type * from './types';
