// WeChat's phone codes, for its HTTP API and for cloud functions.

export interface PhoneCode {
  openId: string;
  phoneInfo: object;
}
