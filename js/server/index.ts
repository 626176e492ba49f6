// mp-phone/server: the entry for backends.
export { type ErrorCode, PhoneError } from '../core/errors';
export type { Bilingual, PhoneNumber, Platform, ServerAction } from '../core/types';
export { createPhoneService } from './create';
export { PhoneRefusal } from './phone-refusal';
export { uniCloudRedisStore } from './state/unicloud';
export type * from './types';
