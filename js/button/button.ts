// The order in which things have to happen: a login before the tap, and none between the tap and what it gave.
import { createServiceCaller, isApplicationRefusal } from './answer';
import { readEvent } from './event';
import { call, delay } from './host/call';
import { postJson } from './host/request';
import { hostStorage } from './host/storage';
import { failure } from './messages';
import { detectHost, findPlatform, hostOf, nameOf } from './platforms';
import type { ButtonStorage, Failure, Outcome, PhoneButton, PhoneButtonOptions, PhoneDetail } from './types';
import { parseJson } from './untrusted';

interface Session {
  /** `null` where none is needed. */
  id: string | null;
  /** When it ends, in milliseconds. */
  until: number;
}

/**
 * Makes the logic behind a phone button. Make one for a page, call `prepare` when the page is shown, and `submit` with
 * the event of the button. It calls nothing of the host before that. Throws a TypeError where `endpoint` is neither a
 * URL nor a function.
 */
export function createPhoneButton<Result = any>(options: PhoneButtonOptions): PhoneButton<Result> {
  let { endpoint, login } = Object(options) as PhoneButtonOptions;
  let key = 'mp-phone';
  if (endpoint && typeof endpoint === 'string') {
    key += `:${endpoint}`;
    const address = endpoint.replace(/\/$/, '');
    endpoint = (path, body) => postJson(host, address + path, body);
  }
  const platform = Object(options).platform ? findPlatform(options.platform) : detectHost();
  if (typeof endpoint !== 'function') throw new TypeError('createPhoneButton: wrong endpoint');
  const name = nameOf(platform);
  const host = hostOf(platform);
  const needsLogin = login !== false && platform.login;
  // With `false` every access throws, which is caught where it is made: nothing is stored.
  const { storage = hostStorage(host, platform.storageTakesObject, key) } = options as { storage?: ButtonStorage };
  const ask = createServiceCaller(endpoint, name);

  const failed = (error: unknown): Failure => readEvent(platform, error, true) as Failure;

  /** Hosts, and functions of the application's own, may never answer. */
  const inTime = <T>(work: Promise<T>): Promise<T | Failure> =>
    Promise.race([work.catch(failed), delay(45_000).then(() => failure('failed', 'retry'))]);

  let session: Session | undefined = needsLogin ? undefined : { id: null, until: Infinity };
  let preparing: Promise<Failure | undefined> | undefined;
  let submitting: Promise<Outcome<Result>> | undefined;
  /** How often in a row the user was asked to tap again. */
  let asked = 0;

  const recall = async (): Promise<void> => {
    if (!session) {
      try {
        const kept = parseJson(await storage.get());
        if (kept.id.slice(128) === '') session = kept;
      } catch (_) {}
    }
    if (session && !(session.until > Date.now())) session = undefined;
  };

  const keep = async (next?: Session): Promise<any> => {
    session = next;
    try {
      await storage.set(JSON.stringify(next || ''));
    } catch (_) {}
  };

  const logIn = async (): Promise<Failure | undefined> => {
    if (session) await keep();
    const code = await (login ? login() : platform.login!(host));
    const answer = await ask('/login', { code });
    return answer.action
      ? answer
      : (keep({ id: answer.session, until: Date.now() + (answer.expiresIn || 3600) * 1000 }) as Promise<undefined>);
  };

  const ready = async (): Promise<Failure | undefined> => {
    if (!needsLogin) return;
    await recall();
    // Whether its key is still the one that the host seals with.
    const holder = Object(Object(host)[platform.sessionApi!] || host);
    return session ? holder.checkSession && call(holder, 'checkSession').then(() => undefined, logIn) : logIn();
  };

  /** One at a time. A login that fails shows at the tap. */
  const once = (work: () => Promise<Failure | undefined>): Promise<Failure | undefined> =>
    (preparing =
      preparing ||
      inTime(work()).then((refused) => {
        preparing = undefined;
        return refused;
      }));

  const run = async (event: unknown): Promise<Outcome<Result>> => {
    let outcome = readEvent(platform, event);
    if (!outcome.ok && outcome.consented) {
      try {
        outcome = readEvent(
          platform,
          !needsLogin && login ? { code: await login() } : await platform.requestPhone!(host),
        );
      } catch (error) {
        outcome = failed(error);
      }
    }
    if (outcome.ok) return submitDetail(outcome.detail);
    return (needsLogin && outcome.action === 'login-again' && (await once(logIn))) || outcome;
  };

  const submitDetail = async (detail: PhoneDetail): Promise<Outcome<Result>> => {
    // A login replaces the key under which this is sealed: after it, only a new tap helps.
    const sealed = detail.encryptedData && !detail.code;
    await preparing;
    await recall();
    if (!session) {
      const refused = (await once(logIn)) || (sealed && failure('not-logged-in'));
      if (refused) return refused;
    }
    const phone = () => ask('/phone', { session: session && session.id, detail });
    let answer = await phone();
    if (answer.action === 'retry') {
      await delay(1000);
      answer = await phone();
    } else if (answer.action === 'login-again' && needsLogin) {
      answer = (await once(logIn)) || (sealed ? answer : await phone());
    }
    return answer.action ? answer : { ok: true, phone: answer.phone, result: answer.result };
  };

  const button = {
    platform: name,
    // While a tap is on its way, a login would replace the key that it is sealed with.
    prepare: () => (submitting || once(ready)).then(() => {}),
    submit(event: unknown) {
      const done = (outcome: Outcome<Result>): Outcome<Result> => {
        submitting = undefined;
        if (outcome.ok || isApplicationRefusal(outcome)) {
          asked = 0;
          return outcome;
        }
        let { action } = outcome;
        // Who taps again is logged in by then; what only a developer can do leaves the user to type. Both have our own words.
        if (action === 'login-again') action = 'ask-again';
        if (action === 'fix-config') action = 'enter-manually';
        asked = action === 'ask-again' ? asked + 1 : 0;
        // Who is asked again and again wants another way.
        if (asked > 1) action = 'enter-manually';
        return action === outcome.action ? outcome : { ...outcome, ...failure(outcome.reason, action) };
      };
      return (submitting = submitting || inTime(run(event)).then(done).catch(failed));
    },
  };
  // Neither JSON nor a log has the id in it.
  return Object.defineProperty(button, 'session', { get: () => session && session.id }) as PhoneButton<Result>;
}
