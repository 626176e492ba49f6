// mp-phone-button: what runs inside the mini-program.
export { createPhoneButton } from './button';
export { readPhoneEvent } from './event';
export { detectPlatform } from './platforms';
export { readTypedNumber, typedNumberTexts } from './typed-number';
export type * from './types';
