// Valid payloads and a payload for every mistake, from a seed.

import { args, CODE_FORMATS, FORMATS, good } from './good.mjs';
import { MISTAKES, mistaken } from './mistakes.mjs';
import { Random } from './random.mjs';
import { RESPONSES } from './responses.mjs';

const GOOD = { en: 'A good payload', zh: '正确的数据' };
const GOOD_CODE = { en: 'A good code', zh: '正确的 code' };

const displayed = (format, mistake, sample) => {
  const [sealed, keys, options] = args(sample);
  const {
    name = 'good',
    title = FORMATS.includes(format) ? GOOD : GOOD_CODE,
    finds = [],
    harmless = true,
  } = mistake ?? {};
  return {
    id: `${format}/${name}`,
    platform: sample.platform,
    format,
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
 * `[{ id, platform, format, mistake, title: { en, zh }, sealed, keys, options: { now }, finds, ok }]`: for every format
 * a valid sample (`mistake` is null) and a sample of every mistake. The same seed returns the same samples. `finds` are
 * the expected finding codes. Keys are texts, which a page can show; with `bytes` some are a Uint8Array. With `alike`,
 * all mistakes of a format change the same valid payload, if the mistakes can occur in that payload.
 */
export function samples(seed, { bytes = false, alike = false } = {}) {
  const fitting = (format, name, make) => {
    const random = new Random(alike ? `${seed} ${format}` : `${seed} ${format} ${name}`);
    for (;;) {
      const created = make(random);
      if (bytes || !holdsBytes(created)) return created;
    }
  };
  return [...FORMATS, ...CODE_FORMATS].flatMap((format) => [
    displayed(
      format,
      null,
      fitting(format, 'good', (random) => good(format, random)),
    ),
    ...MISTAKES.filter(({ formats }) => formats.includes(format)).map((mistake) =>
      displayed(
        format,
        mistake,
        fitting(format, mistake.name, (random) => mistaken(format, mistake, random)),
      ),
    ),
  ]);
}

/** `[{ id, platform, title: { en, zh }, answer }]`: responses for `explain`, as texts. */
export const responseSamples = () =>
  RESPONSES.map(({ id, platform, title, answer: response }) => ({ id, platform, title, answer: response }));
