/**
 * Which blocks of a file say something, before anything of it is read: what never says `Depends` injects nothing. All
 * patterns are looked for together, once for each block, so that an edit costs one look at the block that changed and
 * not a walk through its file for every question about the project.
 */
import { defineQuery, type Reader } from '../query/database.ts';
import { allIds, blockSource, fileShape } from './source.ts';

/** A pattern that a block may say; its lines are those of the block, without the white space before the first. */
export interface Glance {
  readonly bit: number;
}

/** A number holds that many bits. */
const MOST = 31;

const patterns: RegExp[] = [];

/** To be called once for each pattern, when its module is loaded. Throws when there are too many. */
export function defineGlance(pattern: RegExp): Glance {
  if (patterns.length >= MOST) throw new Error('a glance more than a number has bits');
  if (pattern.global || pattern.sticky) throw new Error(`${pattern} remembers where it was`);
  return { bit: 1 << (patterns.push(pattern) - 1) };
}

/** By block id: the bits of what it says. */
const seenInBlock = defineQuery<number>('glance at block', (db, block) => {
  const { text } = db.get(blockSource, block);
  let seen = 0;
  for (const [index, pattern] of patterns.entries()) if (pattern.test(text)) seen |= 1 << index;
  return seen;
});

/** By path: the blocks that say anything of it, each with its bits, in the order of the text. */
export const seenInFile = defineQuery<readonly (readonly [string, number])[]>(
  'glance at file',
  (db, path) =>
    allIds(db.get(fileShape, path)).flatMap((block) => {
      const seen = db.get(seenInBlock, block);
      return seen === 0 ? [] : [[block, seen] as const];
    }),
);

/** The blocks of a file that say it. */
export function blocksSaying(db: Reader, path: string, { bit }: Glance): readonly string[] {
  return db.get(seenInFile, path).flatMap(([block, seen]) => ((seen & bit) === 0 ? [] : block));
}

export function isSaidIn(db: Reader, path: string, { bit }: Glance): boolean {
  return db.get(seenInFile, path).some(([, seen]) => (seen & bit) !== 0);
}
