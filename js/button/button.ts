// The order in which things have to happen: a login before the tap, and none between the tap and what it gave.
import { asker, isOwn } from './answer';
import { read } from './event';
import { storage } from './host';
import type { Action, Failure, Outcome, PhoneButton, PhoneButtonOptions, PhoneDetail, Remember } from './index';
import { call, parse, thrown } from './platform';
import { here, named, nameOf } from './platforms';
import { failure } from './say';

interface Session {
  /** `null` where none is needed. */
  id: string | null;
  /** When it ends, in milliseconds. */
  until: number;
}

export function make<Result = any>(options: PhoneButtonOptions): PhoneButton<Result> {
  const { send } = options;
  const platform = options.platform ? named(options.platform) : here();
  const name = nameOf(platform);
  const host = platform.host && platform.host();
  const needsLogin = options.login !== false && Boolean(platform.login);
  const remember = (options.remember !== false && host && (options.remember || storage(host, platform.objects, typeof send === 'string' ? `mp-phone:${send}` : 'mp-phone'))) as Remember;
  const ask = asker(send, host, name);

  const failed = (error: unknown): Failure => read(platform, thrown(error), true) as Failure;

  let session: Session | undefined = needsLogin ? undefined : { id: null, until: Infinity };
  let preparing: Promise<Failure | undefined> | undefined;
  let submitting: Promise<Outcome<Result>> | undefined;
  /** How often in a row the user was asked to tap again. */
  let asked = 0;

  const recall = async (): Promise<void> => {
    try {
      session = session || parse(await remember.get());
    } catch (_) {}
    if (!(session && session.until > Date.now())) session = undefined;
  };

  const keep = async (next?: Session): Promise<void> => {
    session = next;
    try {
      await remember.set(next ? JSON.stringify(next) : '');
    } catch (_) {}
  };

  const logIn = async (): Promise<Failure | undefined> => {
    if (session) await keep();
    let code;
    try {
      code = await (options.login ? options.login() : platform.login!(host));
    } catch (error) {
      return failed(error);
    }
    const answer = await ask('/login', { code });
    if (answer.action) return answer;
    const { session: id, expiresIn } = answer;
    await keep({ id, until: Date.now() + (expiresIn || 3600) * 1000 });
  };

  const ready = async (): Promise<Failure | undefined> => {
    if (!needsLogin) return;
    await recall();
    if (session) {
      // Whether its key is still the one that the host seals with.
      const holder = platform.session ? host[platform.session] : host;
      try {
        return holder.checkSession && void (await call(holder, 'checkSession'));
      } catch (_) {}
    }
    return logIn();
  };

  /** One at a time. A login that fails shows at the tap. */
  const once = (work: () => Promise<Failure | undefined>): Promise<Failure | undefined> =>
    (preparing =
      preparing ||
      work().then((refused) => {
        preparing = undefined;
        return refused;
      }));

  const run = async (event: unknown): Promise<Outcome<Result>> => {
    let outcome = read(platform, event);
    if (!outcome.ok && outcome.consented) {
      try {
        outcome = read(platform, !needsLogin && options.login ? { code: await options.login() } : await platform.ask!(host));
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
      await new Promise<void>((resolve) => setTimeout(resolve, 1000));
      answer = await phone();
    } else if (answer.action === 'login-again' && needsLogin) {
      answer = (await once(logIn)) || (sealed ? answer : await phone());
    }
    return answer.action ? answer : { ok: true, phone: answer.phone, result: answer.result };
  };

  return {
    platform: name,
    get session() {
      return session && session.id;
    },
    // While a tap is on its way, a login would replace the key that it is sealed with.
    prepare: () => (submitting || once(ready)).then(() => {}),
    submit(event) {
      const done = (outcome: Outcome<Result>): Outcome<Result> => {
        submitting = undefined;
        if (outcome.ok || isOwn(outcome)) {
          asked = 0;
          return outcome;
        }
        let action = INSTEAD[outcome.action] || outcome.action;
        asked = action === 'ask-again' ? asked + 1 : 0;
        // Who is asked again and again wants another way.
        if (asked > 1) action = 'enter-manually';
        return action === outcome.action ? outcome : { ...outcome, ...failure(outcome.reason, action) };
      };
      return (submitting = submitting || run(event).then(done, (error) => done(failed(error))));
    },
  };
}

/** Who taps again is logged in by then; what only a developer can do leaves the user to type. Both have our own words. */
const INSTEAD: Record<string, Action> = { 'login-again': 'ask-again', 'fix-config': 'enter-manually' };
