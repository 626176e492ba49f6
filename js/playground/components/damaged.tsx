import type { Finding } from '../../core/types';
import { isSecret } from '../content/forms';
import { useMessages } from '../state/settings';

/** In characters. Undamaged text that is longer is folded in the middle. */
const FOLD_ABOVE = 160;
/** The number of characters that stay visible on both sides of a fold. */
const VISIBLE_EDGE = 56;

/** A field's text with the damage marked. In a secret field, only the damage is readable. */
export function Damaged({ field, text, at }: { field: string; text: string; at: NonNullable<Finding['at']> }) {
  const { t } = useMessages();
  return (
    <p class="damaged mono" role="group" aria-label={t.findings.damaged(field)}>
      {pieces(text, at).map(({ text, marked }, index) =>
        marked ? (
          <mark key={index}>{visible(text)}</mark>
        ) : (
          <Undamaged key={index} text={isSecret(field) ? '•'.repeat(text.length) : text} />
        ),
      )}
    </p>
  );
}

/** Splits the text at the marks. Marks may touch or overlap. */
function pieces(text: string, at: NonNullable<Finding['at']>): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let reached = 0;
  for (const { start, end } of [...at].sort((a, b) => a.start - b.start)) {
    if (start > reached) parts.push({ text: text.slice(reached, start), marked: false });
    if (end > reached || start === end) parts.push({ text: text.slice(Math.max(start, reached), end), marked: true });
    reached = Math.max(reached, end);
  }
  return [...parts, { text: text.slice(reached), marked: false }].filter(({ text, marked }) => marked || text);
}

/** Replaces invisible characters with symbols. An empty mark stands where a character is missing. */
const visible = (text: string): string =>
  text
    ? text
        .replace(/ /g, '␣')
        .replace(/\t/g, '⇥')
        .replace(/\r?\n/g, '⏎')
        .replace(/\p{Cc}|\p{Cf}/gu, '�')
    : '▯';

function Undamaged({ text }: { text: string }) {
  const { t } = useMessages();
  if (text.length <= FOLD_ABOVE) return <span>{text}</span>;
  return (
    <>
      <span>{text.slice(0, VISIBLE_EDGE)}</span>
      <span class="folded">{` … ${t.findings.hidden(text.length - 2 * VISIBLE_EDGE)} … `}</span>
      <span>{text.slice(-VISIBLE_EDGE)}</span>
    </>
  );
}
