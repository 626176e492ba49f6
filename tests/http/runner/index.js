// A function for deployment to CloudBase or Google. The programs tcb-ff and functions-framework run this file.
const { createRequire } = require('node:module');
const { createPhoneService } = createRequire(process.env.MP_PHONE_INSTALLED)('mp-phone/server');

const service = createPhoneService({
  ...JSON.parse(process.env.MP_PHONE_OPTIONS),
  logger: false,
  onPhone: () => ({ member: 7 }),
});

// CloudBase, called with an event: the data of wx.cloud.callFunction.
exports.call = service.cloud;
// CloudBase, over HTTP: the event is the body; the other parts of the request are in the context.
exports.web = (body, { httpContext: { url, httpMethod, headers } }) =>
  service.cloud({ httpMethod, path: new URL(url, 'http://localhost').pathname, headers, body });
exports.node = (request, response) => service.node(request, response);
