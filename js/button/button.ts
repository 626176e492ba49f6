// The order in which things happen: a login before the tap, and no login between the tap and the request with its data.
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
  /** `null` where the platform needs no login. */
  id: string | null;
  /** When it ends, in milliseconds since 1970. */
  until: number;
}

/**
 * Creates the logic behind a phone button. Create one for each page, call `prepare` when the page is shown, and `submit`
 * with the event of the button. No function of the host is called before that. Throws a TypeError where `endpoint` is
 * neither a URL nor a function.
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
  // `false` has no functions: calling them throws, and both callers catch that. So the session stays in memory.
  if (storage === undefined) storage = hostStorage(host, platform.storageTakesObject, storageKey);
  const sessionStorage = storage as ButtonStorage;
  const callService = createServiceCaller(endpoint, name);

  let session: Session | undefined = needsLogin ? undefined : { id: null, until: Infinity };
  let pendingLogin: Promise<Failure | undefined> | undefined;
  let pendingSubmit: Promise<Outcome<Result>> | undefined;
  /** How many taps in a row ended with `ask-again`. */
  let repeats = 0;

  const toFailure = (error: unknown): Failure => readEvent(platform, error, true) as Failure;

  /** Functions of the host and of the application may never settle. */
  const withTimeout = <T>(work: Promise<T>): Promise<T | Failure> =>
    Promise.race([work.catch(toFailure), delay(45_000).then(() => failure('failed', 'retry'))]);

  const loadSession = async (): Promise<void> => {
    if (!session) {
      try {
        const stored = parseJson(await sessionStorage.get());
        // Only a text of at most 128 characters can be an id.
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
    const answer = await callService('/login', { code });
    return answer.action
      ? answer
      : saveSession({ id: answer.session, until: Date.now() + (answer.expiresIn || 3600) * 1000 });
  };

  const logInIfNeeded = async (): Promise<Failure | undefined> => {
    if (!needsLogin) return;
    await loadSession();
    // The host may have replaced the session key since: then the data of a tap could not be opened.
    const api = Object(Object(host)[platform.sessionApi!] || host);
    return session ? api.checkSession && call(api, 'checkSession').then(() => undefined, logIn) : logIn();
  };

  /** Runs one login at a time. Its failure is the result: it is shown at the tap. */
  const singleLogin = (work: () => Promise<Failure | undefined>): Promise<Failure | undefined> =>
    (pendingLogin =
      pendingLogin ||
      withTimeout(work()).then((refusal) => {
        pendingLogin = undefined;
        return refusal;
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
    // A login replaces the session key that sealed this data: after a login only a new tap helps.
    const isSealed = detail.encryptedData && !detail.code;
    await pendingLogin;
    await loadSession();
    if (!session) {
      const refusal = (await singleLogin(logIn)) || (isSealed && failure('not-logged-in'));
      if (refusal) return refusal;
    }
    const callPhone = () => callService('/phone', { session: session && session.id, detail });
    let answer = await callPhone();
    if (answer.action === 'retry') {
      await delay(1000);
      answer = await callPhone();
    } else if (answer.action === 'login-again' && needsLogin) {
      answer = (await singleLogin(logIn)) || (isSealed ? answer : await callPhone());
    }
    return answer.action ? answer : { ok: true, phone: answer.phone, result: answer.result };
  };

  const finishSubmit = (outcome: Outcome<Result>): Outcome<Result> => {
    pendingSubmit = undefined;
    if (outcome.ok || isApplicationRefusal(outcome)) {
      repeats = 0;
      return outcome;
    }
    let { action } = outcome;
    // The button has logged in by now. No user can fix a configuration.
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
  // Not enumerable: neither JSON nor a log shows the id.
  return Object.defineProperty(button, 'session', { get: () => session && session.id }) as PhoneButton<Result>;
}
