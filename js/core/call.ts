// How every function calls its module: what is refused becomes an error of the package, a crash a fresh instance.
import type { Texts } from './bridge';
import { serverActions } from './codes';
import { type ErrorCode, PhoneError, type PhoneErrorInit } from './errors';
import type { Glue, Instance } from './instance';
import { requestOf } from './request';

const CRASHED: PhoneErrorInit = {
  code: 'ERR_INTERNAL',
  message: 'a bug in mp-phone; the next call gets a fresh instance',
  action: 'retry',
};
const notReady = (message: string): PhoneErrorInit => ({ code: 'ERR_NOT_READY', message, action: 'fix-config' });

// What src/error.rs has. An error that says anything else the module has not written.
const CODES: readonly ErrorCode[] = [
  'ERR_INPUT',
  'ERR_ENCODING',
  'ERR_LENGTH',
  'ERR_KEY',
  'ERR_SIGNATURE',
  'ERR_DECRYPT',
  'ERR_APP_MISMATCH',
  'ERR_EXPIRED',
  'ERR_NOT_PHONE',
  'ERR_PLATFORM',
];
/** How many texts an error has. */
const OF_ERROR = 7;

/**
 * Gives the function that calls the module with fields. The module gives its answer as
 * one text, or the length of an answer that lies in the buffer as `count` texts; an error's is negative.
 */
export const caller =
  <Wasm extends Glue>(module: Instance<Wasm>) =>
  (fields: readonly unknown[], use: (wasm: Wasm) => number | string, count = 1): Texts => {
    if (!module.canBeCalled()) throw new PhoneError(notReady(`mp-phone is not loaded yet: ${module.hint}`));
    const request = requestOf(fields);
    let texts: Texts;
    let error: PhoneErrorInit | undefined;
    try {
      const wasm = module.take();
      module.bridge.write(request);
      const answer = use(wasm);
      if (typeof answer === 'string') texts = [answer];
      else {
        texts = module.bridge.texts(Math.abs(answer), answer < 0 ? OF_ERROR : count);
        if (answer < 0) error = failure(texts);
      }
      module.release();
    } catch {
      throw new PhoneError(CRASHED);
    } finally {
      for (const octets of request.octets) octets.fill(0);
    }
    if (error) throw new PhoneError(error);
    return texts;
  };

function failure([code, message, action, platform, field, platformCode, rid]: Texts): PhoneErrorInit {
  const error = { code, message, action, platform, field, platformCode, rid } as PhoneErrorInit;
  if (!CODES.includes(error.code) || !serverActions.includes(error.action)) throw new TypeError();
  return error;
}

/** Waits for a module. What it could not be loaded for is the `cause` of the error. */
export async function whenLoaded(loading: Promise<void>): Promise<void> {
  try {
    await loading;
  } catch (cause) {
    throw Object.assign(new PhoneError(notReady('mp-phone could not be loaded')), { cause });
  }
}
