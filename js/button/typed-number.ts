// The number typed by hand. Whether it is the user's is for the application to find out: usually by an SMS.
import type { Bilingual, PhoneNumber } from './types';

/** The texts of a form for a typed number. */
export const typedNumberTexts: Record<'label' | 'placeholder' | 'submit' | 'wrong', Bilingual> = {
  label: { en: 'Phone number', zh: '手机号' },
  placeholder: { en: '11 digits', zh: '11 位手机号' },
  submit: { en: 'Confirm', zh: '确定' },
  wrong: { en: 'Please check the number.', zh: '手机号有误，请检查。' },
};

/**
 * Reads a number that a user typed: blanks, hyphens, brackets, full-width digits and the country code in front are fine.
 * `countryCode` is the calling code, digits; by default `'86'`, where it must be a mainland mobile number. Gives the number
 * in the shape that the phone service answers, or `undefined`.
 *
 * It tells whether it can be a number, not whether it is the user's: that is the application's to find out, usually by an
 * SMS.
 */
export function readTypedNumber(text: string, countryCode = '86'): PhoneNumber | undefined {
  // Without a plus, only the mainland's code is told from the number that follows it.
  const [sign, digits] = countryCode === '86' ? ['?', '1[3-9]\\d{9}'] : ['', `\\d{4,${15 - countryCode.length}}`];
  const found = new RegExp(`^((\\+|00)${sign}${countryCode})?(${digits})$`).exec(
    String(text)
      .normalize('NFKC')
      .replace(/[\s().‐-]/g, ''),
  );
  return found ? { e164: `+${countryCode}${found[3]}`, countryCode, nationalNumber: found[3]! } : undefined;
}
