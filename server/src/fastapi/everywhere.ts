/** What the blocks of the whole project say, without a look at those that say nothing of it. */
import { knownFiles } from '../python/modules.ts';
import { defineQuery, type Query, type Reader } from '../query/database.ts';
import { type Glance, seenInFile } from '../syntax/glances.ts';

/** In the order of the files: one query, so that a reader does not rest on every file by itself. */
const seenInProject = defineQuery<readonly (readonly [string, number])[]>('glance at all', (db) =>
  [...db.get(knownFiles, '')].flatMap((path) => db.get(seenInFile, path)),
);

/** By the bit of a glance. */
const saidAnywhere = defineQuery<boolean>('said anywhere', (db, bit) =>
  db.get(seenInProject, '').some(([, seen]) => (seen & Number(bit)) !== 0),
);

/** Whether any file of the project says it. */
export function isSaidAnywhere(db: Reader, { bit }: Glance): boolean {
  return db.get(saidAnywhere, String(bit));
}

/** The blocks of the project that say it; to be asked by a query that gives the same when they move. */
export function blocksEverywhere(db: Reader, { bit }: Glance): readonly string[] {
  return db.get(seenInProject, '').flatMap(([block, seen]) => ((seen & bit) === 0 ? [] : block));
}

/** What all blocks of the project that say something give. `inBlock` is by block id. */
export function everywhere<T>(
  db: Reader,
  glance: Glance,
  inBlock: Query<readonly T[]>,
): readonly T[] {
  return blocksEverywhere(db, glance).flatMap((block) => db.get(inBlock, block));
}
