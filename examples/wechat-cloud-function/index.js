const cloud = require('wx-server-sdk');
const { createPhoneService } = require('mp-phone/server');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const service = createPhoneService({
  platforms: { wechat: { cloud } },
  // Your code: store phone.e164 for the account of user.openId. The return value is `result` in the response.
  onPhone: ({ phone, user }) => ({ account: user?.openId, country: phone.countryCode }),
});

exports.main = (event, context) => service.cloud(event, context);
