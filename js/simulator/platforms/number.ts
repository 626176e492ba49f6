import type { Person } from './platform';

/**
 * A number as WeChat, Douyin, Kuaishou and Xiaohongshu write it: abroad `phoneNumber` carries a plus and the country,
 * on the mainland it does not.
 */
export function wechatNumber({ phone, countryCode }: Person): {
  phoneNumber: string;
  purePhoneNumber: string;
  countryCode: string;
} {
  return { phoneNumber: countryCode === '86' ? phone : `+${countryCode}${phone}`, purePhoneNumber: phone, countryCode };
}
