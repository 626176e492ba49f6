// What the playground shows, tests/diagnose measures, and tests/vectors/diagnose.json holds: good payloads, and payloads of
// every mistake.

export { args, CODE_FORMATS, FORMATS, good, SESSION_FORMATS } from './good.mjs';
export { combine, MISTAKES, mistaken, mistakenTwice } from './mistakes.mjs';
export { Random } from './random.mjs';
export { RESPONSES } from './responses.mjs';
export { responseSamples, samples } from './samples.mjs';
