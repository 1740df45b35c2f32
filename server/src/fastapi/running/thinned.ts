/** Whether the project's code takes routes away again by their index: which ones are left can't be known then. */
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import { pathOfBlock } from '../../syntax/source.ts';
import { blocksEverywhere } from '../everywhere.ts';
import { looksLikeTest, subjectOf } from '../subject.ts';

const DELETING = defineGlance(/\bdel\b[^\n]*\broutes\b/, ['routes']);
const ROUTES = /^(?:fastapi|starlette)\.(?:\w+\.)*(?:FastAPI|APIRouter|Router|Starlette)\.routes$/;

/** By block id. */
const deletesRoutes = defineQuery<boolean>('deletes routes', (db, block) => {
  if (db.get(looksLikeTest, pathOfBlock(block))) return false;
  const subject = subjectOf(db, block);
  return sitesOf(db, block).references.some(
    ({ node, scope, statements }) =>
      statements.at(-1)?.type === 'delete' && ROUTES.test(subject.nameOf(node, scope) ?? ''),
  );
});

const anyDeletes = defineQuery<boolean>('any deletes routes', (db) =>
  blocksEverywhere(db, DELETING).some((block) => db.get(deletesRoutes, block)),
);

export function takesRoutesAway(db: Reader): boolean {
  return db.get(anyDeletes, '');
}
