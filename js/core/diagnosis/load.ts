// The module that diagnoses and explains, with all its texts. It is loaded at its first call.
import * as glue from '#diagnosis-glue';
import { Instance } from '../instance';

export const diagnosis = new Instance(glue, 'await ready() first; with mp-phone/slim, await readyToDiagnose()');
