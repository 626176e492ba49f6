// The control of the experiment: a typical vulnerable backend, copied from a platform's sample code and forum posts.
// An attack that breaks the control and not the service shows that the service resists; an attack that breaks neither
// proves nothing. Never use this code.
import { createDecipheriv } from 'node:crypto';

class WXBizDataCrypt {
  constructor(appId, sessionKey) {
    this.appId = appId;
    this.sessionKey = sessionKey;
  }

  decryptData(encryptedData, iv) {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(this.sessionKey, 'base64'), Buffer.from(iv, 'base64'));
    const decoded = JSON.parse(decipher.update(encryptedData, 'base64', 'utf8') + decipher.final('utf8'));
    if (decoded.watermark.appid !== this.appId) throw new Error('Illegal Buffer');
    return decoded;
  }
}

/** @param sessionKeys session keys by open id, as the login stored them */
export const control = (appId, sessionKeys, onPhone) => async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { openid, sessionKey, encryptedData, iv } = JSON.parse(body);
  const respond = (status, value) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  try {
    const data = new WXBizDataCrypt(appId, sessionKey ?? sessionKeys[openid]).decryptData(encryptedData, iv);
    onPhone(openid, data.phoneNumber);
    respond(200, { code: 0, phone: data.phoneNumber });
  } catch (error) {
    respond(500, { code: error.code ?? -1, msg: error.message });
  }
};
