// Form bodies and query strings. They are decoded once, like on a server: a plus becomes a blank, which is how pluses
// get lost.

/** The fields, or `undefined` where the text is not a form. If several fields have the same name, the first is used. */
export function parseForm(text: string): Record<string, string> | undefined {
  const query = text.trim().replace(/^\?/, '');
  if (!/^[\w.\-[\]%]{1,60}=/.test(query) || /[\n{}]/.test(query)) return undefined;
  const fields: Record<string, string> = {};
  for (const pair of query.split('&').slice(0, 200)) {
    const [, name = '', value = ''] = /^([^=]*)=?([^]*)$/.exec(pair) ?? [];
    const decoded = decode(name);
    if (decoded !== '__proto__') fields[decoded] ??= decode(value);
  }
  return fields;
}

/** The fields of a URL's query. */
export function parseQuery(url: string): Record<string, string> | undefined {
  const query = /\?([^#\s]*)/.exec(url)?.[1];
  return query ? parseForm(query) : undefined;
}

function decode(text: string): string {
  const blanks = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(blanks);
  } catch {
    // If one percent-encoding is invalid, only percent-encodings of ASCII characters are decoded, and the rest is
    // left unchanged, as servers do.
    return blanks.replace(/%([2-7][0-9a-fA-F])/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}
