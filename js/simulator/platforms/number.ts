import type { Person } from './platform';

/**
 * A number in the form of WeChat, Douyin, Kuaishou and Xiaohongshu: abroad `phoneNumber` has a plus and the country
 * code, on the mainland it does not.
 */
export function wechatNumber({ phone, countryCode }: Person): {
  phoneNumber: string;
  purePhoneNumber: string;
  countryCode: string;
} {
  return { phoneNumber: countryCode === '86' ? phone : `+${countryCode}${phone}`, purePhoneNumber: phone, countryCode };
}
