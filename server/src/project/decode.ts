/** A text, or why there is none; `note` may also come with a text that had to be guessed. */
export interface Decoded {
  readonly text?: string;
  readonly note?: string;
}

/** PEP 263: a comment on one of the first two lines. */
const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Python's names of encodings that a `TextDecoder` knows by another. */
const aliases: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  u8: 'utf-8',
  ascii: 'utf-8',
  'us-ascii': 'utf-8',
  cp949: 'euc-kr',
  euckr: 'euc-kr',
  uhc: 'euc-kr',
  eucjp: 'euc-jp',
  cp932: 'shift_jis',
  sjis: 'shift_jis',
  'shift-jis': 'shift_jis',
  cp936: 'gbk',
  euccn: 'gbk',
  cp866: 'ibm866',
  koi8r: 'koi8-r',
  'mac-roman': 'macintosh',
};

const latin1Names = new Set(['latin-1', 'latin1', 'l1', 'iso-8859-1', 'iso8859-1', 'iso-latin-1']);

/**
 * The text of a Python source file as Python itself would read it: UTF-8 with or without a byte order mark, or what
 * its coding cookie says. Bytes that do not fit are read as Latin-1 with a note, so that the rest of the file is still
 * looked at; a file with NUL bytes is refused. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.includes(0)) return { note: 'it is binary' };
  const named = declaredEncoding(bytes);
  if (named !== undefined && latin1Names.has(named)) return { text: latin1(bytes) };
  const label = named === undefined ? 'utf-8' : labelOf(named);
  if (label === undefined) {
    return { text: latin1(bytes), note: `its encoding "${named}" is not known, read as Latin-1` };
  }
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes) };
  } catch {
    return { text: latin1(bytes), note: `it is not valid ${label}, read as Latin-1` };
  }
}

/** The label under which a `TextDecoder` knows what a coding cookie names. */
export function declaredLabel(bytes: Uint8Array): string | undefined {
  const named = declaredEncoding(bytes);
  return named === undefined ? undefined : labelOf(named);
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const [first = '', second = ''] = latin1(bytes.subarray(0, 400)).split(/\r\n|\r|\n/, 2);
  const start = first.replace(/^\u00ef\u00bb\u00bf/, '');
  const found = cookie.exec(start) ?? (/^[ \t\f]*(#|$)/.test(start) ? cookie.exec(second) : null);
  return found?.[1]?.toLowerCase().replaceAll('_', '-');
}

function labelOf(name: string): string | undefined {
  const label = aliases[name] ?? name.replace(/^cp(12\d\d)$/, 'windows-$1');
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** Byte by byte: a `TextDecoder` takes Latin-1 for Windows-1252. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return parts.join('');
}
