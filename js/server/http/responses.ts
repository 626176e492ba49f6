// The HTTP responses of the service.
import { memberOf } from '../own-members';
import { invalidRequest, refusal } from '../refusals';
import type { Login, PhoneResult, Refusal } from '../types';

/** The response to a client. */
export interface ServiceResponse {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

// Every response has its own `headers`: headers on Object.prototype must not be sent.
export const refusalResponse = ({ status, code, action, message }: Refusal): ServiceResponse => ({
  status,
  body: { error: { code, action, message } },
  headers: {},
});

/** The response to a request that does not fit the HTTP interface. */
export const invalidRequestResponse = (status = 400, headers?: Record<string, string>): ServiceResponse => ({
  ...refusalResponse(invalidRequest()),
  status,
  headers,
});

/** The response for a body that took too long to arrive: a retry may succeed. */
export const bodyTimeoutResponse: ServiceResponse = {
  ...refusalResponse(refusal('unavailable', 'retry')),
  status: 408,
};

export const loginResponse = (login: Login): ServiceResponse => ({
  status: 200,
  body: { session: login.session, expiresIn: memberOf(login, 'expiresIn') },
  headers: {},
});

export const phoneResponse = ({
  phone: { e164, countryCode, nationalNumber },
  result,
}: PhoneResult): ServiceResponse => ({
  status: 200,
  body: { phone: { e164, countryCode, nationalNumber }, result },
  headers: {},
});

export const logoutResponse: ServiceResponse = { status: 200, body: {}, headers: {} };
