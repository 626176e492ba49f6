// Numbers that a user types. The application has to verify that the number is the user's, usually by an SMS.
import type { Bilingual, ClientPhoneNumber } from './types';

/** The texts of a form for a typed number. */
export const typedNumberTexts: Record<'label' | 'placeholder' | 'submit' | 'wrong', Bilingual> = {
  label: { en: 'Phone number', zh: '手机号' },
  placeholder: { en: '11 digits', zh: '11 位手机号' },
  submit: { en: 'Confirm', zh: '确定' },
  wrong: { en: 'Please check the number.', zh: '手机号有误，请检查。' },
};

/**
 * Reads a number that a user typed. Blanks, hyphens, brackets, full-width digits and the country code in front are allowed.
 * `countryCode` is a calling code in digits; for the default, `'86'`, the number must be a mobile number of mainland China.
 * Returns the number in the shape of the phone service's answer, or `undefined`.
 *
 * It checks the number's form only. The application has to verify that the number is the user's, usually by an SMS.
 */
export function readTypedNumber(text: string, countryCode = '86'): ClientPhoneNumber | undefined {
  // Without a plus, only the mainland's code can be distinguished from the number that follows it.
  const [sign, digits] = countryCode === '86' ? ['?', '1[3-9]\\d{9}'] : ['', `\\d{4,${15 - countryCode.length}}`];
  const match = new RegExp(`^((\\+|00)${sign}${countryCode})?(${digits})$`).exec(
    String(text)
      .normalize('NFKC')
      .replace(/[\s().‐-]/g, ''),
  );
  return match ? { e164: `+${countryCode}${match[3]}`, countryCode, nationalNumber: match[3]! } : undefined;
}
