// mp-phone/server in a bundle for browsers: it stops when the page loads, so that nobody ships keys in a page.
throw new Error('mp-phone/server is for servers: a page must not hold the keys of an app');

// The names that mp-phone/server exports: without them a bundler reports a missing export, and not the reason.
export const createPhoneService = undefined;
export const PhoneError = undefined;
export const PhoneRefusal = undefined;
export const uniCloudRedisStore = undefined;
