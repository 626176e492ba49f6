// JSON as people paste it: strict, or as console.log, Python and JavaScript source code print it. Damaged values
// stay damaged: only the notation of the object around them is interpreted.

/** An object in a text, and its position. */
export interface Slice {
  value: unknown;
  start: number;
  end: number;
}

/** The number of characters that all attempts together may read before the parser gives up. */
const EFFORT = 2_000_000;
const DEPTH = 60;

/** The value of the whole text, or `undefined`. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = /^\s*(?:<ref \*\d+>\s*)?(?:[\w.$]+\s+)?(?=[[{])/.exec(text)?.[0].length;
    const slice = start === undefined ? undefined : read(text, start, { left: EFFORT });
    return slice && !text.slice(slice.end).replace(/[\s;,]+/g, '') ? slice.value : undefined;
  }
}

/** The outermost objects in a text, in their order. */
export function objectsWithin(text: string): Slice[] {
  const slices: Slice[] = [];
  const effort = { left: EFFORT };
  for (let at = text.indexOf('{'); at >= 0 && effort.left > 0; ) {
    const slice = read(text, at, effort);
    if (slice) slices.push(slice);
    at = text.indexOf('{', slice?.end ?? at + 1);
  }
  return slices;
}

/** A single instance: creating an error takes longer than parsing. */
const UNREADABLE = new Error('unreadable');

function read(text: string, start: number, effort: { left: number }): Slice | undefined {
  const reader = new Reader(text, start, effort);
  try {
    const value = reader.value(0);
    return { value, start, end: reader.at };
  } catch (error) {
    if (error === UNREADABLE) return undefined;
    throw error;
  }
}

const WORDS: Record<string, unknown> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
  undefined: null,
  NaN: null,
  Infinity: null,
};
const ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\n': '',
  '"': '"',
  "'": "'",
  '`': '`',
  '\\': '\\',
  '/': '/',
};

class Reader {
  constructor(
    private readonly text: string,
    public at: number,
    private readonly effort: { left: number },
  ) {}

  value(depth: number): unknown {
    if (depth > DEPTH) throw UNREADABLE;
    this.blanks();
    // Text that util.inspect prints before an object, or instead of an object.
    this.take(/<ref \*\d+>\s*/y);
    if (
      this.take(
        /\[(?:Object|Array|Function|AsyncFunction|Getter|Setter|Circular|class)\b(?!: null prototype)[^\]\n]*\]|<Buffer[^>\n]*>/y,
      )
    )
      return null;
    this.take(/\[Object: null prototype\]\s*|(?!(?:true|false|null)\b)[A-Za-z_$][\w.$]*\s*(?=\{)/y);
    const next = this.text[this.at];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    const string = this.string();
    if (string !== undefined) return string;
    const number = this.take(/[-+]?(?:\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?)n?(?![\w.])/y);
    if (number !== undefined) return Number(number.replace(/[_n]/g, ''));
    const word = this.take(/[A-Za-z]+(?![\w$])/y);
    if (word === undefined || !Object.prototype.hasOwnProperty.call(WORDS, word)) throw UNREADABLE;
    return WORDS[word];
  }

  private object(depth: number): Record<string, unknown> {
    this.at += 1;
    const members: Record<string, unknown> = {};
    while (!this.closes('}')) {
      const name = this.string() ?? this.take(/[A-Za-z_$][\w$]*|\d+/y);
      this.blanks();
      if (name === undefined || !this.take(/:/y)) throw UNREADABLE;
      const value = this.value(depth + 1);
      if (name !== '__proto__') members[name] = value;
      this.separates('}');
    }
    return members;
  }

  private array(depth: number): unknown[] {
    this.at += 1;
    const items: unknown[] = [];
    while (!this.closes(']')) {
      if (this.take(/\.\.\. \d+ more items?/y)) continue;
      items.push(this.value(depth + 1));
      this.separates(']');
    }
    return items;
  }

  /** A string in any quotes, optionally with a Python prefix, or several concatenated strings. */
  private string(): string | undefined {
    this.take(/[urb](?=['"])/y);
    const quote = this.text[this.at] ?? '';
    if (!quote || !'"\'`'.includes(quote)) return undefined;
    let value = '';
    let at = this.at + 1;
    for (; this.text[at] !== quote; at++) {
      if (at >= this.text.length || this.effort.left-- <= 0) throw UNREADABLE;
      if (this.text[at] !== '\\') {
        value += this.text[at];
        continue;
      }
      const code = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(this.text.slice(at + 1, at + 6));
      const escaped = this.text[at + 1] ?? '';
      value += code
        ? String.fromCharCode(parseInt(code[1] ?? code[2] ?? '', 16))
        : (ESCAPES[escaped] ?? `\\${escaped}`);
      at += code ? code[0].length : 1;
    }
    this.at = at + 1;
    // console.log truncates long texts. The dots are kept: they are the reason why the text does not open.
    if (this.take(/\.\.\. \d+ more characters?/y)) value += '...';
    if (this.take(/\s*\+\s*(?=['"`])/y)) value += this.string() ?? '';
    return value;
  }

  private closes(bracket: string): boolean {
    this.blanks();
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  private separates(bracket: string): void {
    this.blanks();
    if (!this.take(/,/y) && this.text[this.at] !== bracket) throw UNREADABLE;
  }

  private blanks(): void {
    this.take(/\s+/y);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const token = pattern.exec(this.text)?.[0];
    if (this.effort.left-- <= 0) throw UNREADABLE;
    if (token) {
      this.at += token.length;
      this.effort.left -= token.length;
    }
    return token || undefined;
  }
}
