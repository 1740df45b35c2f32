/**
 * Which blocks of a file say something, before anything of it is read: what never says `Depends` injects nothing. All
 * patterns are looked for together: in a short file first in its whole text, which most don't say, and in a long one once
 * for each block, so that an edit costs one look at the block that changed and not a walk through its file.
 */
import { defineQuery, type Reader } from '../query/database.ts';
import { allIds, blockSource, fileShape, fileText } from './source.ts';

/** A pattern that a block may say; its lines are those of the block, without the white space before the first. */
export interface Glance {
  readonly bit: number;
}

/** A number holds that many bits. */
const MOST = 31;

export interface Looked {
  readonly pattern: RegExp;
  /** Of which a text has one, wherever the pattern fits: far quicker to look for. */
  readonly words: readonly string[];
}

const patterns: Looked[] = [];

/**
 * To be called once for each pattern, when its module is loaded. A text without any of the words, if some are given, does not
 * say it. Throws when there are too many.
 */
export function defineGlance(pattern: RegExp, words: readonly string[] = []): Glance {
  if (patterns.length >= MOST) throw new Error('a glance more than a number has bits');
  if (pattern.global || pattern.sticky) throw new Error(`${pattern} remembers where it was`);
  return { bit: 1 << (patterns.push({ pattern, words }) - 1) };
}

/** All that were defined by now, for the test that holds their words to be necessary. */
export function definedGlances(): readonly Looked[] {
  return patterns;
}

/** The bits of what a text says, of those that are asked for. */
function seenIn(text: string, asked: number): number {
  let seen = 0;
  for (const [index, { pattern, words }] of patterns.entries()) {
    if ((asked & (1 << index)) === 0) continue;
    const mayFit = words.length === 0 || words.some((word) => text.includes(word));
    if (mayFit && pattern.test(text)) seen |= 1 << index;
  }
  return seen;
}

const ALL = -1;

/** By block id: the bits of what it says. */
const seenInBlock = defineQuery<number>('glance at block', (db, block) =>
  seenIn(db.get(blockSource, block).text, ALL),
);

/** To look through a text of this length, about a thousand lines, takes half a millisecond. */
const SHORT = 40_000;

/** By path: the blocks that say anything of it, each with its bits, in the order of the text. */
export const seenInFile = defineQuery<readonly (readonly [string, number])[]>(
  'glance at file',
  (db, path) => {
    const text = db.get(fileText, path);
    const asked = text.length < SHORT ? seenIn(text, ALL) : ALL;
    if (asked === 0) return [];
    return allIds(db.get(fileShape, path)).flatMap((block) => {
      const seen =
        asked === ALL ? db.get(seenInBlock, block) : seenIn(db.get(blockSource, block).text, asked);
      return seen === 0 ? [] : [[block, seen] as const];
    });
  },
);

/** The blocks of a file that say it. */
export function blocksSaying(db: Reader, path: string, { bit }: Glance): readonly string[] {
  return db.get(seenInFile, path).flatMap(([block, seen]) => ((seen & bit) === 0 ? [] : block));
}

export function isSaidIn(db: Reader, path: string, { bit }: Glance): boolean {
  return db.get(seenInFile, path).some(([, seen]) => (seen & bit) !== 0);
}
