// How every function calls its module: what is refused becomes an error of the package, a crash a fresh instance.
import type { Texts } from './border';
import type { PhoneErrorInit } from './index';
import type { Glue, Instance } from './instance';

type ToError = (init: PhoneErrorInit) => Error;

const CRASHED: PhoneErrorInit = { code: 'ERR_INTERNAL', message: 'a bug in mp-phone; the next call gets a fresh instance', action: 'retry' };
const notReady = (message: string): PhoneErrorInit => ({ code: 'ERR_NOT_READY', message, action: 'fix-config' });

/** How many texts an error has. */
const OF_ERROR = 7;

/**
 * Gives the function that calls the module with fields and throws errors made by `toError`. Where the module gives a
 * number, its answer lies in the buffer, as `count` texts.
 */
export const caller =
  <Wasm extends Glue>(module: Instance<Wasm>, toError: ToError) =>
  <Answer = Texts>(fields: readonly unknown[], use: (wasm: Wasm) => unknown, count = 1): Answer => {
    const wasm = module.functions();
    if (!wasm) throw toError(notReady(`mp-phone is not loaded yet: ${module.hint}`));
    const { border } = module;
    let answer: unknown;
    let texts: Texts | undefined;
    try {
      border.write(fields);
      answer = use(wasm);
      if (typeof answer === 'number') texts = border.texts(Math.abs(answer), answer < 0 ? OF_ERROR : count);
      border.wipe();
    } catch {
      module.crashed();
      throw toError(CRASHED);
    }
    if (!texts) return answer as Answer;
    if ((answer as number) < 0) throw toError(failure(texts));
    return texts as Answer;
  };

function failure([code, message, action, platform, field, platformCode, rid]: Texts): PhoneErrorInit {
  return { code, message, action, platform, field, platformCode, rid } as PhoneErrorInit;
}

/** Waits for a module. What it could not be loaded for is the `cause` of the error. */
export async function waiting(loading: Promise<void>, toError: ToError): Promise<void> {
  try {
    await loading;
  } catch (cause) {
    throw Object.assign(toError(notReady('mp-phone could not be loaded')), { cause });
  }
}
