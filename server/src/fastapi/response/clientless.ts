/** Code whose exceptions no client is answered with: an `HTTPException` is an exception like any other there. */
import { blockOf, definitionOf, outerScopeOf } from '../../python/definitions.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { callersOneByOne } from '../effects/callers.ts';
import { isStartupFunction } from '../effects/startup.ts';
import { everyWayBegins, isTopLevel } from '../effects/ways.ts';
import { isMiddleware } from '../middleware.ts';
import { subjectOf } from '../subject.ts';

/** By function id. */
const onlyClientless = defineQuery<boolean>('only clientless', (db, functionId) =>
  everyWayBegins(db, functionId, {
    at: (id) =>
      isTopLevel(db, id) || isStartupFunction(db, id) || standsAround(db, id) || undefined,
    by({ how }) {
      if (how === 'startup' || how === 'background') return true;
      return how === 'elsewhere' || how === 'dependency' ? false : undefined;
    },
    alone: () => false,
  }),
);

/** Whether it is a middleware, which stands around the application that would answer. */
function standsAround(db: Reader, id: string): boolean {
  const node = definitionOf(db, id)?.node;
  if (node?.type !== 'function') return false;
  return isMiddleware(subjectOf(db, blockOf(id)), { id, node, outer: outerScopeOf(id) });
}

/** Whether a function runs only where no client is answered: in middleware, at start-up, in a background task. */
export function runsForNoClient(db: Reader, functionId: string): boolean {
  return db.get(onlyClientless, functionId);
}

/** How many functions are asked who runs them. */
const MAX_FUNCTIONS = 200;

/** By function id: whether it is a middleware, or some middleware comes to run it. */
export const runsInMiddleware = defineQuery<boolean>('runs in middleware', (db, functionId) => {
  // A set is gone through in the order in which it grows.
  const found = new Set([functionId]);
  for (const id of found) {
    if (standsAround(db, id)) return true;
    if (isTopLevel(db, id) || found.size > MAX_FUNCTIONS) continue;
    for (const { from, how } of callersOneByOne(db, id))
      if (how === 'runs' || how === 'thread') found.add(from);
  }
  return false;
});
