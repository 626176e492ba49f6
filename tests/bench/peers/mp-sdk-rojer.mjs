// An SDK for WeChat's servers. It checks the app itself, but not the age.
import sdk from 'mp-sdk-rojer';

export const name = 'mp-sdk-rojer';
export const library = 'mp-sdk-rojer';
export const portable = false;

export const wechat = ({ appId }) => {
  const { decryptData } = sdk(appId, 'secret').crypto;
  return (input) => {
    const payload = decryptData(input);
    if (!(Math.abs(Date.now() / 1000 - payload.watermark.timestamp) <= 600)) throw new Error('the payload is too old');
    return payload;
  };
};
