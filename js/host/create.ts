// Makes the service.

import { PhoneService as Service } from './service';
import type { PhoneService, PhoneServiceOptions } from './types';

/**
 * Makes the service that a mini-program's phone button talks to. Make one, at start, and keep it: it holds the access
 * tokens and, unless there is a `store`, the sessions.
 *
 * @throws {@link PhoneError} `ERR_INPUT` with the name of the option that is missing or wrong; of a key that cannot be read
 * `ERR_KEY` or `ERR_LENGTH`.
 */
export function createPhoneService<Request = unknown>(options: PhoneServiceOptions<Request>): PhoneService {
  const { login, phone, refusal, user, logout, checkSession, resetSessionKey, fetch, node, cloud, openapi } =
    new Service(options as PhoneServiceOptions);
  // The functions alone: whatever prints or serialises the service finds no key, token or session behind them.
  return { login, phone, refusal, user, logout, checkSession, resetSessionKey, fetch, node, cloud, openapi };
}
