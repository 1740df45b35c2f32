/** Whether the project's code takes routes away again by their index: which ones are left can't be known then. */
import { knownFiles } from '../../python/modules.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { allIds, blockSource, fileShape, fileText } from '../../syntax/source.ts';
import { looksLikeTest, subjectOf } from '../subject.ts';

const MENTION = /\bdel\b[^\n]*\broutes\b/;
const ROUTES = /^(?:fastapi|starlette)\.(?:\w+\.)*(?:FastAPI|APIRouter|Router|Starlette)\.routes$/;

/** By path. */
const deletesRoutes = defineQuery<boolean>('deletes routes', (db, path) => {
  if (!MENTION.test(db.get(fileText, path)) || db.get(looksLikeTest, path)) return false;
  return allIds(db.get(fileShape, path)).some((block) => {
    if (!MENTION.test(db.get(blockSource, block).text)) return false;
    const subject = subjectOf(db, block);
    return sitesOf(db, block).references.some(
      ({ node, scope, statements }) =>
        statements.at(-1)?.type === 'delete' && ROUTES.test(subject.nameOf(node, scope) ?? ''),
    );
  });
});

const anyDeletes = defineQuery<boolean>('any deletes routes', (db) =>
  [...db.get(knownFiles, '')].some((path) => db.get(deletesRoutes, path)),
);

export function takesRoutesAway(db: Reader): boolean {
  return db.get(anyDeletes, '');
}
