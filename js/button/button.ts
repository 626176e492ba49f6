// The order in which things have to happen: a login before the tap, and none between the tap and what it gave.
import { read } from './event';
import { post, storage } from './host';
import type { Action, Bilingual, Failure, Outcome, PhoneButton, PhoneButtonOptions, PhoneDetail } from './index';
import { call, parse } from './platform';
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
  const host = platform && platform.host && platform.host();
  const needsLogin = options.login !== false && Boolean(platform && platform.login);
  const remember = options.remember === false || !host ? undefined : options.remember || storage(host, platform!.objects, `mp-phone${typeof send === 'string' ? `:${send}` : ''}`);

  let session: Session | undefined = needsLogin ? undefined : { id: null, until: Infinity };
  let preparing: Promise<void> | undefined;
  let submitting: Promise<Outcome<Result>> | undefined;
  /** How often in a row the user was asked to tap again. */
  let asked = 0;

  async function ask(path: '/login' | '/phone', given: object): Promise<any> {
    const body = { platform: name, ...given };
    return typeof send === 'string' ? post(host, send.replace(/\/$/, '') + path, body) : send(path, body);
  }

  async function recall(): Promise<void> {
    try {
      session = session || (remember && parse(await remember.get()));
    } catch (_) {}
    if (!(session && session.until > Date.now())) session = undefined;
  }

  async function keep(next?: Session): Promise<void> {
    session = next;
    try {
      if (remember) await remember.set(next ? JSON.stringify(next) : '');
    } catch (_) {}
  }

  async function logIn(): Promise<void> {
    if (session) await keep();
    const code = await (options.login ? options.login() : platform!.login!(host));
    const { session: id, expiresIn } = await ask('/login', { code });
    if (id === undefined) throw new Error('the service refused the login');
    await keep({ id, until: Date.now() + (expiresIn || 3600) * 1000 });
  }

  /** Whether the session key of the login is still the one that the host seals with. */
  async function alive(): Promise<void> {
    const holder = host && platform!.session ? host[platform!.session] : host;
    if (holder && holder.checkSession) await call(holder, 'checkSession');
  }

  async function ready(): Promise<void> {
    if (!needsLogin) return;
    await recall();
    if (session) {
      try {
        return void (await alive());
      } catch (_) {}
    }
    await logIn();
  }

  /** One at a time. A login that fails shows at the tap. */
  function once(work: () => Promise<void>): Promise<void> {
    const done = () => void (preparing = undefined);
    return (preparing = preparing || work().then(done, done));
  }

  async function run(event: unknown): Promise<Outcome<Result>> {
    let given = read(platform, event);
    if (!given.ok && given.consented) {
      const code = !needsLogin && options.login && options.login();
      given = await (code ? code.then((code) => ({ code })) : platform!.ask!(host)).then((found) => read(platform, found), (error) => read(platform, error));
    }
    if (!given.ok) {
      if (given.action !== 'login-again') return given;
      await once(logIn);
      return { ...given, action: 'ask-again' };
    }
    return submitDetail(given.detail);
  }

  async function submitDetail(detail: PhoneDetail): Promise<Outcome<Result>> {
    // A login replaces the key under which this is sealed: after it, only a new tap helps.
    const sealed = detail.encryptedData && !detail.code;
    await preparing;
    await recall();
    if (!session) {
      await once(logIn);
      if (sealed) return { ...failure('not-logged-in'), action: 'ask-again' };
      if (!session) return failure('service');
    }
    const phone = (): Promise<any> => ask('/phone', { session: session && session.id, detail }).then((answer) => answer || {}, () => ({}));
    let answer = await phone();
    const { action = 'retry' } = answer.error || {};
    if (!answer.phone && action === 'retry') {
      await new Promise<void>((resolve) => setTimeout(resolve, 1000));
      answer = await phone();
    } else if (!answer.phone && action === 'login-again') {
      await once(logIn);
      if (!sealed && session) answer = await phone();
    }
    return answer.phone ? { ok: true, phone: answer.phone, result: answer.result } : refused(answer.error);
  }

  return {
    platform: name,
    get session() {
      return session && session.id;
    },
    // While a tap is on its way, a login would replace the key that it is sealed with.
    prepare: () => (submitting ? submitting.then(() => {}) : once(ready)),
    submit(event) {
      const done = (outcome: Outcome<Result>): Outcome<Result> => {
        submitting = undefined;
        asked = !outcome.ok && outcome.action === 'ask-again' ? asked + 1 : 0;
        // Who is asked again and again wants another way.
        return !outcome.ok && asked > 1 ? { ...outcome, ...failure(outcome.reason, 'enter-manually') } : outcome;
      };
      return (submitting = submitting || run(event).then(done, () => done(failure('failed'))));
    },
  };
}

/** Who taps again is logged in by then; what only a developer can do leaves the user to type. Both have our own words. */
const INSTEAD: Record<string, Action> = { 'login-again': 'ask-again', 'fix-config': 'enter-manually' };

/** What the service said, for the user. */
function refused(error?: { code: string; action: Action; message: Bilingual }): Failure {
  if (!error || !error.message) return failure('service');
  const { code, action, message } = error;
  return failure('service', INSTEAD[action] || action, INSTEAD[action] ? { code } : { code, message });
}
