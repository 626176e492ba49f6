// Parses a curl command according to the rules of a shell and of curl.
import { parseForm, parseQuery } from './form';
import { parse } from './json';

export const isCurl = (text: string): boolean => /^\s*(?:[$>#]\s*)?curl(?:\.exe)?\s/.test(text);

/** The data that the command sends: the query's fields, the body, and the fields of multipart forms. */
export function parseCurl(text: string): unknown[] {
  const sent: unknown[] = [];
  const bodies: string[] = [];
  const words = shellWords(text.replace(/^\s*[$>#]\s*/, ''));
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, long, short, attached] = /^(?:--([\w-]+)|-([a-zA-Z]))(?:=?([^]+))?$/.exec(word) ?? [];
    const option = long ?? short;
    const value = (): string => attached ?? words[++at] ?? '';
    if (option === undefined) {
      sent.push(parseQuery(word));
    } else if (/^(?:d|data|data-raw|data-ascii|data-binary|json)$/.test(option)) {
      bodies.push(value());
    } else if (option === 'data-urlencode') {
      // curl encodes the value and the server decodes it, so the server receives the value as typed.
      const [, name = '', content = ''] = /^([^=]*)=?([^]*)$/.exec(value()) ?? [];
      sent.push({ [name]: content });
    } else if (/^(?:F|form|form-string)$/.test(option)) {
      const [, name = '', content = ''] = /^([^=]*)=([^]*)$/.exec(value()) ?? [];
      sent.push({ [name]: content });
    } else if (option === 'url') {
      sent.push(parseQuery(value()));
    } else if (/^(?:[HXAeubomx]|header|request|user-agent|referer|user|cookie|output|max-time|proxy)$/.test(option)) {
      value();
    }
  }
  const json = bodies.length === 1 ? parse(bodies[0] ?? '') : undefined;
  sent.push(json ?? parseForm(bodies.join('&')));
  return sent.filter((part) => part !== undefined);
}

/** Splits a command line like a POSIX shell, including $'…', and accepts the ^ of Windows at line ends. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  const piece =
    /\s+|\\\r?\n|\^\r?\n|\$'((?:[^'\\]|\\[^])*)'|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\$^]+|[$^'"\\])/y;
  let word: string | undefined;
  for (let match = piece.exec(text); match && match[0]; match = piece.exec(text)) {
    const [all, dollar, single, double, escaped, plain] = match;
    const part =
      dollar !== undefined
        ? ansi(dollar)
        : (single ?? double?.replace(/\\(["\\$`])|\\\r?\n/g, '$1') ?? escaped ?? plain);
    if (part !== undefined && !/^[\\^]\r?\n$/.test(all)) {
      word = (word ?? '') + part;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

const ANSI: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
const ansi = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([^]))/g, (_, u?: string, x?: string, character = '') =>
    u || x ? String.fromCharCode(parseInt(u ?? x ?? '', 16)) : (ANSI[character] ?? character),
  );
