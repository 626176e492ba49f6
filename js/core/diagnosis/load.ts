// The module that diagnoses and explains, with all its texts. It is loaded when it is first asked.
import * as glue from '#diagnosis-glue';
import { Instance } from '../instance';

export const diagnosis = new Instance(glue, 'await ready() first, of mp-phone/slim readyToDiagnose()');
