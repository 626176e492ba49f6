const cloud = require('wx-server-sdk');
const { createPhoneService } = require('mp-phone/server');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const service = createPhoneService({
  platforms: { wechat: { cloud } },
  // Your part: keep phone.e164 with the account of user.openId. What this returns is `result` in the answer.
  onPhone: ({ phone, user }) => ({ account: user?.openId, abroad: phone.countryCode !== '86' }),
});

exports.main = (event, context) => service.cloud(event, context);
