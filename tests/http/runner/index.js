// What somebody deploys to CloudBase or Google: run by tcb-ff and functions-framework, which are programs of their own.
const { createRequire } = require('node:module');
const { createPhoneService } = createRequire(process.env.MP_PHONE_INSTALLED)('mp-phone/server');

const service = createPhoneService({
  ...JSON.parse(process.env.MP_PHONE_OPTIONS),
  logger: false,
  onPhone: () => ({ member: 7 }),
});

// CloudBase, the event alone: wx.cloud.callFunction's data.
exports.call = service.cloud;
// CloudBase, by HTTP: the body is the event, and the rest is in the context.
exports.web = (body, { httpContext: { url, httpMethod, headers } }) =>
  service.cloud({ httpMethod, path: new URL(url, 'http://localhost').pathname, headers, body });
exports.node = (request, response) => service.node(request, response);
