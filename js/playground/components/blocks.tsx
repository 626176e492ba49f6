import type { Step } from '../../core/types';
import { useMessages } from '../state/settings';

type Block = NonNullable<Step['blocks']>[number];
const kinds: Block[] = ['text', 'garbage', 'cut'];

/**
 * The blocks of the ciphertext. They show a wrong iv (the first block is garbage) or a cut (the last block is
 * incomplete).
 */
export function Blocks({ blocks }: { blocks: Block[] }) {
  const { t } = useMessages();
  const present = kinds.filter((kind) => blocks.includes(kind));
  const parts = present.map((kind) =>
    t.pipeline.blocksPart(
      blocks.filter((block) => block === kind).length,
      ranges(blocks, kind, t.punctuation.list),
      t.pipeline.block[kind],
    ),
  );
  return (
    <figure class="blocks">
      <figcaption>{t.pipeline.blocks}</figcaption>
      <div
        class="grid"
        role="img"
        aria-label={t.pipeline.blocksSummary(blocks.length, parts.join(t.punctuation.comma))}
      >
        {blocks.map((block, index) => (
          <span key={index} class={`block ${block}`}>
            {index + 1}
          </span>
        ))}
      </div>
      <ul class="legend" aria-hidden="true">
        {present.map((kind) => (
          <li key={kind}>
            <span class={`block ${kind}`} />
            {t.pipeline.block[kind]}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Returns the numbers of the blocks of a kind, counted from one, such as `1–3, 7`. */
function ranges(blocks: Block[], kind: Block, separator: string): string {
  const ranges: [number, number][] = [];
  blocks.forEach((block, index) => {
    if (block !== kind) return;
    const last = ranges.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else ranges.push([index + 1, index + 1]);
  });
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(separator);
}
