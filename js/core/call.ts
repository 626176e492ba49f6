// How every function calls the module: what it throws becomes an error of the package, a crash a fresh instance.
import type { PhoneErrorInit } from './index';
import { crashed, wasm, type Wasm } from './load';

const CRASHED: PhoneErrorInit = { code: 'ERR_INTERNAL', message: 'a bug in mp-phone; the next call gets a fresh instance', action: 'retry' };
const NOT_LOADED: PhoneErrorInit = { code: 'ERR_NOT_READY', message: 'mp-phone is not loaded yet: await ready() first', action: 'fix-config' };

/** Gives the function that calls the module and throws errors made by `toError`. */
export const caller =
  (toError: (init: PhoneErrorInit) => Error) =>
  <T>(use: (wasm: Wasm) => T): T => {
    const loaded = wasm();
    if (!loaded) throw toError(NOT_LOADED);
    try {
      return use(loaded);
    } catch (thrown) {
      if (isPhoneErrorInit(thrown)) throw toError(thrown);
      crashed();
      throw toError(CRASHED);
    }
  };

const isPhoneErrorInit = (thrown: unknown): thrown is PhoneErrorInit =>
  typeof thrown === 'object' && thrown !== null && !(thrown instanceof Error) && String((thrown as PhoneErrorInit).code).startsWith('ERR_');
