import { declaredLabel } from './decode.ts';

type Encode = (text: string) => Uint8Array | undefined;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * The bytes of a changed text in the encoding of the old one, byte order mark and all. `undefined` when the old bytes
 * are not what the old text would be written as, or the new text has a letter that the encoding does not.
 */
export function encodeLike(
  bytes: Uint8Array,
  oldText: string,
  newText: string,
): Uint8Array | undefined {
  const hasMark = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const label = declaredLabel(bytes);
  const candidates: (() => Encode)[] = [() => (hasMark ? utf8WithMark : utf8), () => latin1];
  if (label !== undefined) candidates.push(() => legacy(label));
  for (const candidate of candidates) {
    const encode = candidate();
    const before = encode(oldText);
    if (before !== undefined && isSame(before, bytes)) return encode(newText);
  }
  return undefined;
}

/** Half of a pair: no encoding has it. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const utf8: Encode = (text) =>
  LONE_SURROGATE.test(text) ? undefined : new TextEncoder().encode(text);

const utf8WithMark: Encode = (text) => {
  const bytes = utf8(text);
  return bytes && new Uint8Array([...BYTE_ORDER_MARK, ...bytes]);
};

const latin1: Encode = (text) => {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 255) return undefined;
    bytes[index] = code;
  }
  return bytes;
};

/** An encoding of one or two bytes a letter, by what its decoder says of each of them. */
function legacy(label: string): Encode {
  const decoder = new TextDecoder(label, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    try {
      const letter = decoder.decode(new Uint8Array(bytes));
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
    } catch {
      // These bytes are no letter.
    }
  };
  for (let first = 0; first < 256; first++) learn(first);
  for (let first = 0x81; first < 256; first++)
    for (let second = 0x30; second < 256; second++) learn(first, second);
  return (text) => {
    const bytes: number[] = [];
    for (const letter of text) {
      const own = table.get(letter);
      if (own === undefined) return undefined;
      bytes.push(...own);
    }
    return new Uint8Array(bytes);
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
