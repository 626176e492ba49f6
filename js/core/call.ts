// How every function calls its module: an error that the module returns becomes a `PhoneError`, and after a crash the
// next call uses a new instance.
import type { Texts } from './bridge';
import { serverActions } from './codes';
import { type ErrorCode, PhoneError, type PhoneErrorInit } from './errors';
import type { Glue, Instance } from './instance';
import { requestOf } from './request';

const CRASHED: PhoneErrorInit = {
  code: 'ERR_INTERNAL',
  message: 'a bug in mp-phone; the next call uses a new instance',
  action: 'retry',
};
const notReady = (message: string): PhoneErrorInit => ({ code: 'ERR_NOT_READY', message, action: 'fix-config' });

// The codes in src/error.rs. The module never returns another code.
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
/** The number of texts in an error. */
const ERROR_TEXTS = 7;

/**
 * Returns the function that calls the module with fields. The module returns a text, or writes `count` texts into the
 * buffer and returns their length. The length of an error is negative.
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
      const response = use(wasm);
      if (typeof response === 'string') texts = [response];
      else {
        texts = module.bridge.texts(Math.abs(response), response < 0 ? ERROR_TEXTS : count);
        if (response < 0) error = failure(texts);
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

/** Waits until a module is loaded. A failure becomes the `cause` of the error. */
export async function whenLoaded(loading: Promise<void>): Promise<void> {
  try {
    await loading;
  } catch (cause) {
    throw Object.assign(new PhoneError(notReady('mp-phone could not be loaded')), { cause });
  }
}
