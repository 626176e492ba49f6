// The control: a backend unchanged usually pasted together from a platform's sample code and a forum's response. What breaks
// it and not the service is an attack; what breaks neither proves nothing. Never use it.
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

/** @param sessionKeys by open id, as the login stored them */
export const control = (appId, sessionKeys, onPhone) => async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { openid, sessionKey, encryptedData, iv } = JSON.parse(body);
  const platformResponse = (status, value) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  try {
    const data = new WXBizDataCrypt(appId, sessionKey ?? sessionKeys[openid]).decryptData(encryptedData, iv);
    onPhone(openid, data.phoneNumber);
    platformResponse(200, { code: 0, phone: data.phoneNumber });
  } catch (error) {
    platformResponse(500, { code: error.code ?? -1, msg: error.message });
  }
};
