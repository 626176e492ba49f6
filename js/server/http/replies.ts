// What an HTTP answer of the service says.
import { memberOf } from '../own-members';
import { invalidRequest, refusal } from '../refusals';
import type { Login, PhoneResult, Refusal } from '../types';

/** What a client is told. */
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

// Every answer has `headers` of its own: those on Object.prototype are nobody's.
export const refusalReply = ({ status, code, action, message }: Refusal): Reply => ({
  status,
  body: { error: { code, action, message } },
  headers: {},
});

/** The answer to a request that is not as the interface says. */
export const invalidRequestReply = (status = 400, headers?: Record<string, string>): Reply => ({
  ...refusalReply(invalidRequest()),
  status,
  headers,
});

/** A body that is too long on its way: it may get through the next time. */
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
