// The flow of the button: a login before the tap, then the request with the data of the tap. If a tap needs a login
// first, its sealed data is not sent: the login replaces the key that sealed it, and the user has to tap again.
import { readEvent } from './event';
import { call, delay } from './host/call';
import { postJson } from './host/request';
import { hostStorage } from './host/storage';
import { failure } from './messages';
import { detectHost, findPlatform, hostOf, nameOf } from './platforms';
import { createServiceCaller, isApplicationRefusal } from './service';
import type { ButtonStorage, Failure, Outcome, PhoneButton, PhoneButtonOptions, PhoneDetail } from './types';
import { parseJson } from './untrusted';

interface Session {
  /** `null` if the platform needs no login. */
  id: string | null;
  /** The time of expiry, in milliseconds since 1970. */
  until: number;
}

/**
 * Creates the logic of a phone button. Create one button for each page, call `prepare` when the page is shown, and call
 * `submit` with the event of the button. No function of the host is called before these calls. Throws a TypeError if
 * `endpoint` is neither a URL nor a function, or if an option has an unknown name.
 */
export function createPhoneButton<Result = any>(options: PhoneButtonOptions): PhoneButton<Result> {
  let { endpoint, platform: platformName, login, storage, ...unknown } = Object(options) as PhoneButtonOptions;
  for (const name in unknown) throw new TypeError(`createPhoneButton: wrong option ${name}`);
  let storageKey = 'mp-phone';
  if (endpoint && typeof endpoint === 'string') {
    storageKey += `:${endpoint}`;
    const address = endpoint.replace(/\/$/, '');
    endpoint = (path, body) => postJson(host, address + path, body);
  }
  const platform = platformName ? findPlatform(platformName) : detectHost();
  if (typeof endpoint !== 'function') throw new TypeError('createPhoneButton: wrong option endpoint');
  const name = nameOf(platform);
  const host = hostOf(platform);
  const needsLogin = login !== false && platform.login;
  // `storage: false` has neither `get` nor `set`: calling them throws, both callers catch the error, and the session
  // stays in memory.
  if (storage === undefined) storage = hostStorage(host, platform.storageTakesObject, storageKey);
  const sessionStorage = storage as ButtonStorage;
  const callService = createServiceCaller(endpoint, name);

  let session: Session | undefined = needsLogin ? undefined : { id: null, until: Infinity };
  let pendingLogin: Promise<Failure | undefined> | undefined;
  let pendingSubmit: Promise<Outcome<Result>> | undefined;
  /** The number of consecutive taps that ended with `ask-again`. */
  let repeats = 0;

  const toFailure = (error: unknown): Failure => readEvent(platform, error, true) as Failure;

  /** Limits work to 45 seconds, because promises of the host and of the application may never settle. */
  const withTimeout = <T>(work: Promise<T>): Promise<T | Failure> =>
    Promise.race([work.catch(toFailure), delay(45_000).then(() => failure('failed', 'retry'))]);

  const loadSession = async (): Promise<void> => {
    if (!session) {
      try {
        const stored = parseJson(await sessionStorage.get());
        // A valid id is a text of at most 128 characters.
        if (stored.id.slice(128) === '') session = stored;
      } catch (_) {}
    }
    if (session && !(session.until > Date.now())) session = undefined;
  };

  const saveSession = async (next?: Session): Promise<any> => {
    session = next;
    try {
      await sessionStorage.set(JSON.stringify(next || ''));
    } catch (_) {}
  };

  const logIn = async (): Promise<Failure | undefined> => {
    if (session) await saveSession();
    const code = await (login ? login() : platform.login!(host));
    const response = await callService('/login', { code });
    return response.action
      ? response
      : saveSession({ id: response.session, until: Date.now() + (response.expiresIn || 3600) * 1000 });
  };

  const logInIfNeeded = async (): Promise<Failure | undefined> => {
    if (!needsLogin) return;
    await loadSession();
    // The host may have replaced the session key since the login. The service could then not open the data of a tap.
    const api = Object(Object(host)[platform.sessionApi!] || host);
    return session ? api.checkSession && call(api, 'checkSession').then(() => undefined, logIn) : logIn();
  };

  /** Runs one login at a time. Resolves with the login's failure, which `submit` returns, or with `undefined`. */
  const singleLogin = (work: () => Promise<Failure | undefined>): Promise<Failure | undefined> =>
    (pendingLogin =
      pendingLogin ||
      withTimeout(work()).then((loginFailure) => {
        pendingLogin = undefined;
        return loginFailure;
      }));

  const submitEvent = async (event: unknown): Promise<Outcome<Result>> => {
    let outcome = readEvent(platform, event);
    if ((outcome as Failure).consented) {
      try {
        outcome = readEvent(
          platform,
          !needsLogin && login ? { code: await login() } : await platform.requestPhone!(host),
        );
      } catch (error) {
        outcome = toFailure(error);
      }
    }
    if (outcome.ok) return submitDetail(outcome.detail);
    return (needsLogin && outcome.action === 'login-again' && (await singleLogin(logIn))) || outcome;
  };

  const submitDetail = async (detail: PhoneDetail): Promise<Outcome<Result>> => {
    // A login replaces the session key that sealed this data: after a login, the user has to tap again.
    const isSealed = detail.encryptedData && !detail.code;
    await pendingLogin;
    await loadSession();
    if (!session) {
      const loginFailure = (await singleLogin(logIn)) || (isSealed && failure('not-logged-in'));
      if (loginFailure) return loginFailure;
    }
    const callPhone = () => callService('/phone', { session: session && session.id, detail });
    let serviceResponse = await callPhone();
    if (serviceResponse.action === 'retry') {
      await delay(1000);
      serviceResponse = await callPhone();
    } else if (serviceResponse.action === 'login-again' && needsLogin) {
      serviceResponse = (await singleLogin(logIn)) || (isSealed ? serviceResponse : await callPhone());
    }
    return serviceResponse.action
      ? serviceResponse
      : { ok: true, phone: serviceResponse.phone, result: serviceResponse.result };
  };

  const finishSubmit = (outcome: Outcome<Result>): Outcome<Result> => {
    pendingSubmit = undefined;
    if (outcome.ok || isApplicationRefusal(outcome)) {
      repeats = 0;
      return outcome;
    }
    let { action } = outcome;
    // The button has already logged in, so the user only has to tap again. A user cannot fix a configuration.
    if (action === 'login-again') action = 'ask-again';
    if (action === 'fix-config') action = 'enter-manually';
    repeats = action === 'ask-again' ? repeats + 1 : 0;
    if (repeats > 1) action = 'enter-manually';
    return action === outcome.action ? outcome : { ...outcome, ...failure(outcome.reason, action) };
  };

  const button = {
    platform: name,
    // A login during a tap would replace the session key that sealed its data.
    prepare: () => (pendingSubmit || singleLogin(logInIfNeeded)).then(() => {}),
    submit: (event: unknown) =>
      (pendingSubmit = pendingSubmit || withTimeout(submitEvent(event)).then(finishSubmit).catch(toFailure)),
  };
  // Not enumerable, so that neither JSON nor a log shows the id.
  return Object.defineProperty(button, 'session', { get: () => session && session.id }) as PhoneButton<Result>;
}
