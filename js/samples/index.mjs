// What the playground shows, tests/diagnose judges, and tests/vectors/diagnose.json holds: good payloads, and one of
// every mistake.

import { ANSWERS } from './answers.mjs';
import { args, CODE_WAYS, good, WAYS } from './good.mjs';
import { MISTAKES, mistaken } from './mistakes.mjs';
import { Random } from './random.mjs';

export { ANSWERS } from './answers.mjs';
export { args, CODE_WAYS, good, SESSION_WAYS, WAYS } from './good.mjs';
export { combine, MISTAKES, mistaken, mistakenTwice } from './mistakes.mjs';
export { Random } from './random.mjs';

const GOOD = { en: 'A good payload', zh: '正确的数据' };
const GOOD_CODE = { en: 'A good code', zh: '正确的 code' };

const shown = (way, mistake, sample) => {
  const [sealed, keys, options] = args(sample);
  const { name = 'good', title = WAYS.includes(way) ? GOOD : GOOD_CODE, finds = [], harmless = true } = mistake ?? {};
  return {
    id: `${way}/${name}`,
    platform: sample.platform,
    way,
    mistake: mistake ? name : null,
    title,
    sealed,
    keys,
    options,
    finds,
    ok: harmless,
  };
};

const holdsBytes = ({ keys }) =>
  Object.values(keys)
    .flat()
    .some((key) => key instanceof Uint8Array);

/**
 * `[{ id, platform, way, mistake, title: { en, zh }, sealed, keys, options: { now }, finds, ok }]`: of every way a good one
 * (`mistake` is null) and one of every mistake, the same for the same seed. `finds` are the codes that must be found.
 * Keys are texts, as a page can show them, but for `bytes`: then some are a Uint8Array.
 * With `alike`, the mistakes of a way are made from the same good payload wherever that can have them.
 */
export function samples(seed, { bytes = false, alike = false } = {}) {
  const fitting = (way, name, make) => {
    const random = new Random(alike ? `${seed} ${way}` : `${seed} ${way} ${name}`);
    for (;;) {
      const made = make(random);
      if (bytes || !holdsBytes(made)) return made;
    }
  };
  return [...WAYS, ...CODE_WAYS].flatMap((way) => [
    shown(
      way,
      null,
      fitting(way, 'good', (random) => good(way, random)),
    ),
    ...MISTAKES.filter(({ ways }) => ways.includes(way)).map((mistake) =>
      shown(
        way,
        mistake,
        fitting(way, mistake.name, (random) => mistaken(way, mistake, random)),
      ),
    ),
  ]);
}

/** `[{ id, platform, title: { en, zh }, answer }]`: answers for `explain`, as texts. */
export const answerSamples = () => ANSWERS.map(({ id, platform, title, answer }) => ({ id, platform, title, answer }));
