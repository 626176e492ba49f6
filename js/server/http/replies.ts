// The HTTP responses of the service.
import { memberOf } from '../own-members';
import { invalidRequest, refusal } from '../refusals';
import type { Login, PhoneResult, Refusal } from '../types';

/** The response to a client. */
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

// Every response has its own `headers`: headers on Object.prototype must not be sent.
export const refusalReply = ({ status, code, action, message }: Refusal): Reply => ({
  status,
  body: { error: { code, action, message } },
  headers: {},
});

/** The response to a request that does not fit the HTTP interface. */
export const invalidRequestReply = (status = 400, headers?: Record<string, string>): Reply => ({
  ...refusalReply(invalidRequest()),
  status,
  headers,
});

/** The response for a body that took too long to arrive: a retry may succeed. */
export const bodyTimeoutReply: Reply = { ...refusalReply(refusal('unavailable', 'retry')), status: 408 };

export const loginReply = (login: Login): Reply => ({
  status: 200,
  body: { session: login.session, expiresIn: memberOf(login, 'expiresIn') },
  headers: {},
});

export const phoneReply = ({ phone: { e164, countryCode, nationalNumber }, result }: PhoneResult): Reply => ({
  status: 200,
  body: { phone: { e164, countryCode, nationalNumber }, result },
  headers: {},
});

export const logoutReply: Reply = { status: 200, body: {}, headers: {} };
