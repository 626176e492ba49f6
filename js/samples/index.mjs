// Valid payloads and a payload for every mistake. The playground shows them, tests/diagnose measures with them, and
// tests/vectors/diagnose.json contains them.

export { args, CODE_FORMATS, FORMATS, good, SESSION_FORMATS } from './good.mjs';
export { combine, MISTAKES, mistaken, mistakenTwice } from './mistakes.mjs';
export { Random } from './random.mjs';
export { RESPONSES } from './responses.mjs';
export { responseSamples, samples } from './samples.mjs';
