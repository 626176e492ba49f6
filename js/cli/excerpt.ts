// Shows the damage of a field without showing the field. For a long ciphertext it shows a few characters around
// the damage. Any other value is or may be a key, a code or a number: only the position of the damage is shown.
import { type Language, text } from './language';

interface Span {
  start: number;
  end: number;
}

const AROUND = 8;
const MAX_EXCERPTS = 3;
const SHOWABLE = ['encryptedData', 'data', 'response', 'sign'];

/** Lines that show the position of the damage in the field. */
export function excerpts(
  field: string | undefined,
  value: unknown,
  spans: readonly Span[] | undefined,
  language: Language,
): string[] {
  if (typeof value !== 'string' || !spans?.length) return [];
  if (!SHOWABLE.includes(field ?? '') || !isCiphertext(value)) return [positions(value, spans, language)];
  const groups = near(spans);
  const lines = groups.slice(0, MAX_EXCERPTS).flatMap((group) => pointed(value, group));
  const more = groups.length - MAX_EXCERPTS;
  return more > 0
    ? [...lines, text(language)(`… and in ${more} more place${more > 1 ? 's' : ''}`, `…另有 ${more} 处`)]
    : lines;
}

/**
 * Whether the text really is a ciphertext. A field for a ciphertext may contain a key, if fields were swapped, or a
 * decrypted payload.
 */
const isCiphertext = (value: string): boolean =>
  value.length > 100 &&
  !/[{}]|-----/.test(value) &&
  value.replace(/[^A-Za-z0-9+/=_-]/g, '').length > value.length * 0.8;

function positions(value: string, spans: readonly Span[], language: Language): string {
  const places = spans
    .slice(0, 2 * MAX_EXCERPTS)
    .map(({ start, end }) => (end - start > 1 ? `${start + 1}–${end}` : `${start + 1}`));
  const more = spans.length > places.length ? ' …' : '';
  return text(language)(
    `at ${places.join(', ')}${more} of ${value.length} characters`,
    `位置 ${places.join('、')}${more}（该字段共 ${value.length} 个字符）`,
  );
}

/** Groups the places of damage that are close enough for the same excerpt. */
function near(spans: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const span of spans) {
    const last = groups[groups.length - 1];
    const first = last?.[0];
    if (last && first && span.end - first.start <= 2 * AROUND) last.push(span);
    else groups.push([span]);
  }
  return groups;
}

function pointed(value: string, group: readonly Span[]): string[] {
  const start = group[0]?.start ?? 0;
  const end = Math.max(...group.map((span) => span.end));
  let line = '';
  let carets = '';
  const add = (excerpt: string, mark: boolean): void => {
    line += excerpt;
    carets += (mark ? '^' : ' ').repeat(width(excerpt));
  };
  const from = Math.max(0, start - AROUND);
  const to = Math.min(value.length, end + AROUND);
  if (from > 0) add('…', false);
  for (let at = from; at < to; at++) {
    const marked = group.some((span) => at >= span.start && at < span.end);
    if (marked && end - start > 2 * AROUND && at === start + AROUND) {
      add('…', true);
      at = end - AROUND;
    }
    add(visible(value[at] ?? ''), marked);
  }
  // Missing text has no characters of its own.
  if (end === start) carets = `${' '.repeat(width(line.slice(0, start - from + (from > 0 ? 1 : 0))))}^`;
  if (to < value.length) add('…', false);
  return [line, carets.trimEnd()];
}

const visible = (char: string): string =>
  char === ' '
    ? '␣'
    : char === '\n'
      ? '⏎'
      : /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u200b-\u200f\u2028-\u202e\ufeff]/.test(char)
        ? '·'
        : char;
const width = (excerpt: string): number =>
  [...excerpt].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  );
