// Answers of the platforms' servers, in the shapes and with the codes of their own pages, and what `explain` says of
// them. Request ids and log ids are made up.

const RID = '65a1b2c3-0d4e5f60-7a8b9c0d';
const LOG = '20231115061320010203040506ABCDEF01';

const text = JSON.stringify;
const error = (code, action, more) => ({ error: true, code, known: true, action, ...more });
const success = { error: false };
const unknown = (code) => ({ error: true, code, known: false });

/** Platform, name, title in English and Chinese, the answer, and what must be said of it. */
const ROWS = [
  ['wechat', 'code-invalid', 'The one-time code is not valid', 'code 无效', text({ errcode: 40029, errmsg: `invalid code, rid: ${RID}` }), error('40029', 'ask-again', { rid: RID, retry: false, turn: 'user' })],
  ['wechat', 'code-invalid-in-the-cloud', 'A cloud call threw an error', '云调用抛出的错误', `errCode: 40029 | errMsg: openapi.phonenumber.getPhoneNumber:fail invalid code hint: [AbCdEf] rid: ${RID}`, error('40029', 'ask-again', { rid: RID })],
  ['wechat', 'code-invalid-as-error-text', 'A cloud error as it is logged', '日志里的云调用错误', `Error: errCode: 40029 | errMsg: openapi.phonenumber.getPhoneNumber:fail invalid code rid: ${RID}`, error('40029', 'ask-again', { rid: RID })],
  ['wechat', 'cloud-object', 'A cloud call answered in camel case', '云调用的驼峰返回', text({ errCode: 40029, errMsg: `openapi.phonenumber.getPhoneNumber:fail invalid code rid: ${RID}` }), error('40029', 'ask-again', { rid: RID })],
  ['wechat', 'code-as-text', 'An old answer gives the code as text', '旧接口的文本错误码', text({ errcode: '40029', errmsg: 'invalid code' }), error('40029', 'ask-again', { rid: null })],
  ['wechat', 'bare-code', 'The code alone', '只有错误码', '40029', error('40029', 'ask-again')],
  ['wechat', 'bare-negative-code', 'System busy, the code alone', '系统繁忙，只有错误码', '-1', error('-1', 'retry', { retry: true, turn: 'platform' })],
  ['wechat', 'token-not-latest', 'The access token is not the latest', 'access_token 不是最新的', text({ errcode: 40001, errmsg: `invalid credential, access_token is invalid or not latest rid: ${RID}` }), error('40001', 'refresh-token', { rid: RID, retry: true })],
  ['wechat', 'token-expired', 'The access token has expired', 'access_token 已过期', text({ errcode: 42001, errmsg: 'access_token expired' }), error('42001', 'refresh-token', { retry: true })],
  ['wechat', 'minute-limit', 'Too many calls in this minute', '一分钟内调用太频繁', text({ errcode: 45011, errmsg: 'api minute-quota reach limit' }), error('45011', 'retry', { retry: true })],
  ['wechat', 'unauthorized', 'The account has no such ability', '账号没有这个接口的权限', text({ errcode: 48001, errmsg: `api unauthorized rid: ${RID}` }), error('48001', 'fix-config', { rid: RID, retry: false, turn: 'developer' })],
  ['wechat', 'component-unauthorized', 'Permission set 18 is not granted', '第三方平台没有权限集 18', text({ errcode: 61007, errmsg: 'api is unauthorized to component' }), error('61007', 'fix-config', { turn: 'developer' })],
  ['wechat', 'data-format', 'The code was sent as a form', '没有以 JSON 发送', text({ errcode: 47001, errmsg: 'data format error' }), error('47001', 'fix-config', { turn: 'developer' })],
  ['wechat', 'login-code-used', "wx.login's code was used before", 'wx.login 的 code 已被使用', text({ errcode: 40163, errmsg: `code been used, rid: ${RID}` }), error('40163', 'login-again', { rid: RID })],
  ['wechat', 'success', 'Success', '成功', text({ errcode: 0, errmsg: 'ok', phone_info: { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86', watermark: { timestamp: 1700000000, appid: 'wx0123456789abcdef' } } }), success],
  ['wechat', 'unknown', 'A code that is not in the catalog', '未收录的错误码', text({ errcode: 999999, errmsg: 'something new' }), unknown('999999')],

  ['alipay', 'no-aes-key', 'No AES key is set', '没有设置 AES 密钥', text({ code: '40001', msg: 'Missing Required Arguments', subCode: 'isv.missing-encrypt-key', subMsg: '缺少加密配置' }), error('40001', 'fix-config', { subCode: 'isv.missing-encrypt-key' })],
  ['alipay', 'no-consent', 'The user has not consented', '用户没有授权', text({ response: { code: '40003', msg: 'Insufficient Conditions', subCode: 'isv.invalid-auth-relations', subMsg: '无效的授权关系' } }), error('40003', 'ask-again', { subCode: 'isv.invalid-auth-relations' })],
  ['alipay', 'gateway', 'The gateway refuses the login code', '网关返回 code 无效', text({ error_response: { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.code-invalid', sub_msg: '授权码code无效' } }), error('40002', 'login-again', { subCode: 'isv.code-invalid' })],
  ['alipay', 'busy', 'Alipay is unavailable', '服务暂不可用', text({ code: '20000', msg: 'Service Currently Unavailable', subCode: 'aop.unknow-error', subMsg: '系统繁忙' }), error('20000', 'retry', { subCode: 'aop.unknow-error', retry: true })],
  ['alipay', 'bare-sub-code', 'The second code alone', '只有 subCode', 'isv.invalid-encrypt', { error: true, known: true, action: 'fix-config' }],
  ['alipay', 'success', 'Success', '成功', text({ code: '10000', msg: 'Success', mobile: '13800138000' }), success],

  ['baidu', 'token', 'The access token is not valid', 'access_token 无效', text({ errno: 110, errmsg: 'Access token invalid or no longer valid', request_id: '4206985320' }), error('110', 'refresh-token', { rid: '4206985320', retry: true })],
  ['baidu', 'token-old-names', 'The same under its older names', '旧字段名的同一错误', text({ error_code: 111, error_msg: 'Access token expired' }), error('111', 'refresh-token', { retry: true })],
  ['baidu', 'oauth', "An error of OAuth's", 'OAuth 错误', text({ error: 'invalid_client', error_description: 'unknown client id' }), { error: true, code: 'invalid_client', action: 'fix-config' }],
  ['baidu', 'success', 'Success', '成功', text({ errno: 0, errmsg: 'success', data: { open_id: 'o0000000', session_key: '0123456789abcdef0123456789abcdef' }, request_id: '4206985320' }), success],

  ['douyin', 'code-expired', 'The one-time code has expired', 'code 已过期', text({ err_no: 28005187, err_msg: 'code expired', log_id: LOG, data: '' }), error('28005187', 'ask-again', { rid: LOG, turn: 'user' })],
  ['douyin', 'token-expired', 'The client token has expired', 'client_token 已过期', text({ err_no: 28001008, err_tips: 'access_token expired', log_id: LOG }), error('28001008', 'refresh-token', { rid: LOG, retry: true })],
  ['douyin', 'login-code', "tt.login's code is wrong", 'tt.login 的 code 错误', text({ err_no: 40018, err_tips: 'bad code', data: {} }), error('40018', 'login-again')],
  ['douyin', 'client-token', "The client token's answer has its error in data", 'client_token 接口把错误放在 data 里', text({ data: { error_code: 28001005, description: '系统繁忙' }, extra: { logid: LOG } }), error('28001005', 'retry', { rid: LOG, retry: true })],
  ['douyin', 'success', 'Success', '成功', text({ err_no: 0, err_msg: '', log_id: LOG, data: 'AAAA' }), success],

  ['kuaishou', 'app-secret', 'App id or secret is wrong', 'app_id 或 app_secret 错误', text({ result: 100200101, error_msg: 'invalid app_id or app_secret' }), { error: true, code: '100200101', action: 'fix-config' }],
  ['kuaishou', 'success', 'Success is 1, not 0', '成功是 1，不是 0', text({ result: 1, open_id: 'f0000000', session_key: 'AAECAwQFBgcICQoLDA0ODw==' }), success],

  ['xiaohongshu', 'token', 'The access token is not of this app', '访问令牌与应用不匹配', text({ success: false, msg: '应用访问令牌不匹配', data: null, code: 410101 }), error('410101', 'refresh-token', { retry: true })],
  ['xiaohongshu', 'success', 'Success', '成功', text({ success: true, msg: '', code: 0, data: { openid: 'o0000000', session_key: 'AAECAwQFBgcICQoLDA0ODw==' } }), success],

  ['wecom', 'code-invalid', 'The code is not valid', 'code 无效', text({ errcode: 40029, errmsg: 'invalid code' }), { error: true, code: '40029' }],
  ['wecom', 'success', 'Success', '成功', text({ errcode: 0, errmsg: 'ok', userid: 'zhangsan', corpid: 'ww0123456789abcdef' }), success],

  ['huawei', 'session', 'The access token has expired', 'access_token 已过期', text({ NSP_STATUS: '6', error: 'session timeout' }), error('6', 'refresh-token', { retry: true })],
  ['huawei', 'code-used', 'The one-time code was used before', 'code 已被使用', text({ resultCode: 60180005, resultDesc: 'error' }), error('60180005', 'ask-again')],

  ['dingtalk', 'token', 'The access token is not valid', 'access_token 不合法', text({ code: 'InvalidAuthentication', message: '不合法的access_token', requestid: '4F5C0000-0000-7000-8000-000000000000' }), { error: true, code: 'InvalidAuthentication', rid: '4F5C0000-0000-7000-8000-000000000000' }],

  ['feishu', 'token', 'The access token is not valid', 'access_token 无效', text({ code: 99991663, msg: 'Invalid access token', error: { log_id: LOG } }), error('99991663', 'refresh-token', { rid: LOG, retry: true })],
  ['feishu', 'code', 'The login code is of another app or spent', '登录 code 属于别的应用或已被使用', text({ code: 10213, msg: 'invalid code', log_id: LOG }), error('10213', 'login-again', { rid: LOG })],
];

/** `[{ id, platform, title, answer, says }]` */
export const ANSWERS = ROWS.map(([platform, name, en, zh, answer, says]) => ({ id: `${platform}/${name}`, platform, title: { en, zh }, answer, says }));
