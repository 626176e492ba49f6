// The exports of every entry of mp-phone, except the functions that diagnose. Exported by name: esbuild cannot
// re-export `export *` of a file outside the bundle.
export { type ErrorCode, PhoneError, type PhoneErrorInit } from './errors';
export { openPhone, platformOf, readPhone, ready, signSession, verifyRawData, version } from './opener/functions';
export type * from './types';
