// The errors of the simulator: mistakes in the code that calls it.
import { PhoneError } from '../core/errors';

export const wrongCall = (message: string, field?: string): PhoneError =>
  new PhoneError({ code: 'ERR_INPUT', message: `mp-phone/simulator: ${message}`, action: 'fix-config', field });
