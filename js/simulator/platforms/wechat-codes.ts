// WeChat's phone codes, which its HTTP side and its cloud side share.

export interface PhoneCode {
  openId: string;
  phoneInfo: object;
}
