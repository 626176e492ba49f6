// Reads numbers that a user types. The application has to verify that the number is the user's, usually by SMS.
import type { Bilingual, ClientPhoneNumber } from './types';

/** The texts of a form for a typed number. */
export const typedNumberTexts: Record<'label' | 'placeholder' | 'submit' | 'wrong', Bilingual> = {
  label: { en: 'Phone number', zh: '手机号' },
  placeholder: { en: '11 digits', zh: '11 位手机号' },
  submit: { en: 'Confirm', zh: '确定' },
  wrong: { en: 'Please check your number.', zh: '手机号有误，请检查。' },
};

/**
 * Reads a number that a user typed. Spaces, dots, hyphens, round brackets, full-width digits and a leading country code
 * are allowed. `countryCode` is a calling code in digits; for the default, `'86'`, the number must be a mobile number
 * of mainland China. Returns the number in the same shape as the phone service, or `undefined` if the text is not such
 * a number.
 *
 * Only the form of the number is checked. The application has to verify that the number is the user's, usually by SMS.
 */
export function readTypedNumber(text: string, countryCode = '86'): ClientPhoneNumber | undefined {
  // Without a plus, only the mainland's code can be distinguished from the number that follows it.
  const [plusQuantifier, digits] =
    countryCode === '86' ? ['?', '1[3-9]\\d{9}'] : ['', `\\d{4,${15 - countryCode.length}}`];
  const match = new RegExp(`^((\\+|00)${plusQuantifier}${countryCode})?(${digits})$`).exec(
    String(text)
      .normalize('NFKC')
      .replace(/[\s().‐-]/g, ''),
  );
  return match ? { e164: `+${countryCode}${match[3]}`, countryCode, nationalNumber: match[3]! } : undefined;
}
