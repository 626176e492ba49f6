import type { Finding } from '../../core/types';
import { isSecret } from '../content/forms';
import { useMessages } from '../state/settings';

/** More than this of undamaged text is folded in the middle. */
const LONG = 160;
const KEPT = 56;

/** A field's text with its damage marked. Of a secret field only the damage can be read. */
export function Damaged({ field, text, at }: { field: string; text: string; at: NonNullable<Finding['at']> }) {
  const { t } = useMessages();
  return (
    <p class="damaged mono" role="group" aria-label={t.findings.damaged(field)}>
      {pieces(text, at).map(({ text, marked }, index) =>
        marked ? (
          <mark key={index}>{visible(text)}</mark>
        ) : (
          <Sound key={index} text={isSecret(field) ? '•'.repeat(text.length) : text} />
        ),
      )}
    </p>
  );
}

/** The text cut at the marks, of which some may touch or overlap. */
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

/** What cannot be seen, drawn. A mark with nothing in it is where something is absent. */
const visible = (text: string): string =>
  text
    ? text
        .replace(/ /g, '␣')
        .replace(/\t/g, '⇥')
        .replace(/\r?\n/g, '⏎')
        .replace(/\p{Cc}|\p{Cf}/gu, '�')
    : '▯';

function Sound({ text }: { text: string }) {
  const { t } = useMessages();
  if (text.length <= LONG) return <span>{text}</span>;
  return (
    <>
      <span>{text.slice(0, KEPT)}</span>
      <span class="folded">{` … ${t.findings.hidden(text.length - 2 * KEPT)} … `}</span>
      <span>{text.slice(-KEPT)}</span>
    </>
  );
}
