// The functions of mp-phone-button.

import { make } from './button';
import { read } from './event';
import { here, named, nameOf } from './platforms';
import type { Bilingual, Phone, PhoneButton, PhoneButtonOptions, PhoneEventResult, Platform } from './types';
import { readTyped, words } from './typing';

/**
 * Reads what a phone button gave: its event, the event's `detail`, what `my.getPhoneNumber`, `wx.qy.getMobile` or a login
 * gave, or what they failed with. It is a success only where the host says so and the data is there. Never throws.
 *
 * `platform` may be any name that hosts and toolchains give it: `wechat`, `mp-weixin`, `weapp`.
 */
export const readPhoneEvent = (platform: string, event: unknown): PhoneEventResult => read(named(platform), event);

/**
 * Makes the logic behind a phone button. Make one for a page, call `prepare` when the page is shown, and `submit` with
 * the event of the button. It calls nothing of the host before that. Throws a TypeError where `send` is no URL and no
 * function.
 */
export const createPhoneButton: <Result = any>(options: PhoneButtonOptions) => PhoneButton<Result> = make;

/**
 * The platform that this runs on, by the constant of uni-app or Taro, or by the host's own object; `undefined` in a
 * browser and wherever else. Inside WeCom it is `wecom`, whose number is asked for in another way than WeChat's.
 */
export const detectPlatform = (): Platform | undefined => nameOf(here());

/**
 * Reads a number that a user typed: blanks, hyphens, brackets, full-width digits and the country code in front are fine.
 * `countryCode` is the calling code, digits; by default `'86'`, where it must be a mainland mobile number. Gives the number
 * in the shape that the phone service answers, or `undefined`.
 *
 * It tells whether it can be a number, not whether it is the user's: that is the application's to find out, usually by an
 * SMS.
 */
export const readTypedNumber: (text: string, countryCode?: string) => Phone | undefined = readTyped;

/** The texts of a form for a typed number. */
export const typing: Record<'label' | 'placeholder' | 'submit' | 'wrong', Bilingual> = words;
