// mp-phone-button: the phone button inside a mini-program.
export { createPhoneButton } from './button';
export { readPhoneEvent } from './event';
export { detectPlatform } from './platforms';
export { readTypedNumber, typedNumberTexts } from './typed-number';
export type * from './types';
