// mp-phone-button: what runs inside the mini-program.
export { createPhoneButton, detectPlatform, readPhoneEvent, readTypedNumber, typing } from './functions';
export type * from './types';
