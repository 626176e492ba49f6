// A log line: objects, queries and named values among other text.
import { parseForm } from './form';
import { objectsWithin, type Slice } from './json';
import { isKnown } from './names';

export interface Line {
  objects: Slice[];
  /** The fields of each form or query. */
  forms: Record<string, string>[];
  /** `name=value` and `name: value` for known names. */
  pairs: Record<string, string>;
}

export function readLog(text: string): Line {
  const objects = objectsWithin(text);
  let rest = '';
  let at = 0;
  for (const { start, end } of objects) {
    rest += `${text.slice(at, start)} \n `;
    at = end;
  }
  rest += text.slice(at);
  const forms: Record<string, string>[] = [];
  const withoutForms = rest.replace(/[^\s"'`<>]+/g, (token) => {
    const query = token.replace(/^[^?&=]*\?/, '');
    const form = /[&?]/.test(token) ? parseForm(query) : undefined;
    if (!form || !Object.keys(form).some(isKnown)) return token;
    forms.push(form);
    return '\n';
  });
  return { objects, forms, pairs: pairsIn(withoutForms) };
}

// No lookbehind: old versions of Safari do not support it.
const NAME = /(?:^|[^\w.$])["'`]?([A-Za-z][\w.-]{0,30})["'`]?\s{0,3}[:=]\s{0,3}/g;

function pairsIn(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const name = match[1] ?? '';
    if (!isKnown(name)) continue;
    const value = valueAt(text, NAME.lastIndex);
    if (value === '') continue;
    pairs[name] ??= value;
    NAME.lastIndex += value.length;
  }
  NAME.lastIndex = 0;
  return pairs;
}

/** The value up to the character that ends it in a log. Blanks within base64 belong to the value: they were pluses. */
function valueAt(text: string, start: number): string {
  const quote = text[start] ?? '';
  if (quote && '"\'`'.includes(quote)) {
    const end = text.indexOf(quote, start + 1);
    if (end >= 0) return text.slice(start + 1, end);
  }
  if (text.startsWith('-----BEGIN ', start))
    return /^-----BEGIN [^]*?-----END [A-Z ]+-----/.exec(text.slice(start, start + 20_000))?.[0] ?? '';
  if (text.startsWith('[object Object]', start)) return '[object Object]';
  const words = /[^\s,;|&(){}\[\]"'`<>]+/y;
  words.lastIndex = start;
  let value = words.exec(text)?.[0] ?? '';
  for (;;) {
    const next = /^ ([A-Za-z0-9+/_-]+={0,2})(?=[\s,;|&(){}\[\]"'`<>]|$)/.exec(
      text.slice(start + value.length, start + value.length + 2_000),
    )?.[1];
    // Stops at a word of a sentence, and after the padding, which is the end of base64.
    if (
      next === undefined ||
      value.length < 3 ||
      value.endsWith('=') ||
      /^[A-Z]?[a-z]{0,15}$|^\d{1,6}$/.test(next) ||
      isKnown(next)
    )
      return value;
    if (value.length + next.length < 20 && !next.endsWith('=')) return value;
    value += ` ${next}`;
  }
}
