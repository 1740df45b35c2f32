import type { MessageData } from './rule.ts';

/** What a finding says, in every language. */
interface Said {
  readonly messageId: string;
  readonly data: MessageData;
}

/** Gives the findings of one file their fingerprints, in the order of the text. */
export type Fingerprints = (rule: string, block: string, said: Said) => string;

/**
 * A fingerprint is made of what is found and in which definition, by name: neither of lines nor of how many definitions
 * of that name come before. So it outlives code that moves and edits around it. Equal findings of one definition are
 * told apart by a number at the end, which `baseOf` takes away.
 */
export function createFingerprints(): Fingerprints {
  const seen = new Map<string, number>();
  return (rule, block, { messageId, data }) => {
    const name = block.replace(/~\d+/g, '');
    const base = hash(`${rule}|${name}|${messageId}|${JSON.stringify(data)}`);
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  };
}

/** What equal findings of one definition share. */
export function baseOf(fingerprint: string): string {
  return fingerprint.replace(/-\d+$/, '');
}

/** 64 bits of FNV-1a in hexadecimal: for telling findings apart, not for secrets. */
function hash(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i);
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 0x100000000)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
