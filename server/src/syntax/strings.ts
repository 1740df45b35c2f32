/** What a Python string literal's source says, read by Python's own rules. */
export interface Literal {
  readonly value: string;
  readonly bytes: boolean;
  /** Offset in the source where the content starts, when `value` stands there letter for letter. */
  readonly contentStart?: number;
}

/** `source` is the whole literal with prefix and quotes; an unclosed one is read as far as it goes. */
export function readString(source: string): Literal {
  const prefix = /^[A-Za-z]*/.exec(source)?.[0] ?? '';
  const flags = prefix.toLowerCase();
  const quote = source.charAt(prefix.length);
  const width = source.startsWith(quote.repeat(3), prefix.length) ? 3 : 1;
  const from = prefix.length + width;
  const closed = source.length >= from + width && source.endsWith(quote.repeat(width));
  const content = source.slice(from, closed ? source.length - width : source.length);
  const value = flags.includes('r') ? content : decodeEscapes(content);
  const bytes = flags.includes('b');
  return value === content ? { value, bytes, contentStart: from } : { value, bytes };
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

/** Decodes the escapes of a non-raw literal; an escape that Python doesn't know stays as it is, as in Python. */
export function decodeEscapes(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]*\}|([0-7]{1,3})|(\r\n|[\s\S]))/g,
    (whole, hex, short, long, octal, simple) => {
      const digits = hex ?? short ?? long;
      if (digits !== undefined) return codePoint(Number.parseInt(digits, 16), whole);
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8), whole);
      return simple === undefined ? whole : (SIMPLE[simple] ?? whole);
    },
  );
}

function codePoint(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
