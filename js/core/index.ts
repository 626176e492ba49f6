// What every entry of mp-phone exports, apart from the functions that diagnose. By name: esbuild cannot pass `export *` of
// a file that is not in the bundle on to another one.
export { type ErrorCode, PhoneError, type PhoneErrorInit } from './errors';
export { openPhone, platformOf, readPhone, ready, signSession, verifyRawData, version } from './opener/functions';
export type * from './types';
