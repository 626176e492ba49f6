// mp-phone/server in a bundle for browsers: the page fails when it loads, so that nobody ships keys in a page.
throw new Error('mp-phone/server is for servers: a page must not contain the keys of an app');

// The names that mp-phone/server exports. Without them a bundler would report a missing export instead of the reason.
export const createPhoneService = undefined;
export const PhoneError = undefined;
export const PhoneRefusal = undefined;
export const uniCloudRedisStore = undefined;
