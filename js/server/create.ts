// Builds the parts of the service and joins them.
import { version } from '../core/opener/functions';
import { sealedOpener } from './diagnosis';
import { Events } from './events';
import { failureOf, type Origin } from './failure';
import { cloudAdapter } from './http/cloud';
import { fetchAdapter } from './http/fetch';
import { Handler } from './http/handler';
import { nodeAdapter } from './http/node';
import { openapiOf } from './http/openapi';
import { basePathOf } from './http/paths';
import { requestSchemas } from './http/schema';
import { fetchOf, resolveLimits, validateOptions } from './options';
import type { PlatformClient } from './platforms/client';
import { clientsOf } from './platforms/clients';
import { warnOfMemory } from './runtime/hosting';
import { PhoneService as UseCases } from './service';
import { Codes } from './state/codes';
import { Owners } from './state/owners';
import { Sessions } from './state/sessions';
import { createServiceStore } from './state/store';
import { toRefusal } from './to-refusal';
import type { JsonOf, PhoneService, PhoneServiceOptions, ServicePlatform } from './types';

/**
 * Creates the service that a mini-program's phone button uses. Create it once, at start: it holds the access tokens
 * and, without a `store`, the sessions.
 *
 * @throws {@link PhoneError} `ERR_INPUT` with the name of the missing or wrong option; `ERR_KEY` or `ERR_LENGTH` for a
 * key that cannot be read.
 */
export function createPhoneService<
  Request = unknown,
  const Name extends ServicePlatform = ServicePlatform,
  Result = unknown,
>(options: PhoneServiceOptions<Request, Name, Result>): PhoneService<Name, JsonOf<Result>> {
  const { useCases, handler, openapi } = assemble(validateOptions(options as PhoneServiceOptions));
  // Callers receive the original error and not the Failure. The error may be an object of the application: so its origin
  // is kept in a WeakMap, and not in a member.
  const origins = new WeakMap<object, Origin>();
  const rejecting =
    <Argument, Result>(use: (argument: Argument) => Promise<Result>) =>
    (argument: Argument): Promise<Result> =>
      use(argument).catch((thrown: unknown) => {
        const { error, origin } = failureOf(thrown, 'sealed');
        if (Object(error) === error) origins.set(error as object, origin);
        throw error;
      });
  // Only functions: printing or serialising the service cannot reveal a key, a token or a session.
  const service: PhoneService = {
    login: rejecting(useCases.login),
    phone: rejecting(useCases.phone),
    user: rejecting(useCases.user),
    logout: rejecting(useCases.logout),
    checkSession: rejecting(useCases.checkSession),
    resetSessionKey: rejecting(useCases.resetSessionKey),
    refusal: (error) => toRefusal(error, origins.get(Object(error))),
    fetch: fetchAdapter(handler),
    node: nodeAdapter(handler),
    cloud: cloudAdapter(handler),
    openapi,
  };
  // The compiler cannot derive the configured platforms and the result of onPhone: only the type of the
  // options contains them.
  return service as unknown as PhoneService<Name, JsonOf<Result>>;
}

function assemble(options: PhoneServiceOptions) {
  const limits = resolveLimits(options.limits);
  const now = options.now ?? Date.now;
  const events = new Events(options.onEvent, options.logger, now);
  const store = createServiceStore(options.store === 'memory' ? undefined : options.store, limits, events);
  const checks = () => ({ maxAge: limits.maxAge, now: now(), allowUnsigned: false });
  const clients: Map<ServicePlatform, PlatformClient> = clientsOf(options.platforms, fetchOf(options), {
    store,
    events,
    checks,
    timeout: limits.timeout,
    open: sealedOpener(options.diagnose),
  });
  const sessions = new Sessions(store, limits, now, (platform) => clients.get(platform)?.app);
  const codes = new Codes(store, limits);
  const owners = new Owners(store, limits);
  const useCases = new UseCases({ clients, sessions, codes, owners, events, limits, checks, onPhone: options.onPhone });

  const names = [...clients.keys()];
  const needLogin = names.filter((name) => clients.get(name)?.login);
  const requests = requestSchemas(names, needLogin.length === names.length);
  const basePath = basePathOf(options.basePath);
  const { body, bodyTimeout } = limits;
  const { cors, onError } = options;
  const handler = new Handler(useCases, requests, events, { basePath, body, bodyTimeout, cors, onError });
  if (needLogin.length) warnOfMemory(options);
  return { useCases, handler, openapi: openapiOf(requests, version, basePath) };
}
