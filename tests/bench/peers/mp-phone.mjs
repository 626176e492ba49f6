// This package, used as in its README. The caller installs the package and passes its exports.
export const mpPhone = ({ openPhone }) => ({
  name: 'mp-phone',
  portable: true,
  wechat:
    ({ appId }) =>
    ({ encryptedData, iv, sessionKey }) =>
      openPhone({ platform: 'wechat', encryptedData, iv }, { appId, sessionKey }),
  alipay:
    (keys) =>
    ({ response, sign }) =>
      openPhone({ platform: 'alipay', response, sign }, keys),
  douyin:
    (keys) =>
    ({ data }) =>
      openPhone({ platform: 'douyin', data }, keys),
  baidu:
    ({ appKey }) =>
    ({ encryptedData, iv, sessionKey }) =>
      openPhone({ platform: 'baidu', encryptedData, iv }, { appKey, sessionKey }),
});
