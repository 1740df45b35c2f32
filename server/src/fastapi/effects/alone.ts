/** Functions that do a job for one item and see to its failure themselves: the other items go on, whatever becomes of it. */
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { ExceptHandler, FunctionDef, Span, Statement, Try } from '../../syntax/nodes.ts';
import { callsIn, lastName } from '../../syntax/parts.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { namedCall } from '../calls.ts';
import { isQuery } from '../databases.ts';
import { catchesAnything } from '../excepts.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { commits, queryingWayFrom } from './effects.ts';
import { edgesOf } from './runs.ts';

/** By function id. */
const survives = defineQuery<boolean>('survives', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined || !commits(db, id)) return false;
  const subject = subjectOf(db, blockOf(id));
  const attempt = attemptIn(subject, node, id);
  if (attempt === undefined) return false;
  const isOutside = ({ start, end }: Span) => start < attempt.start || attempt.end < end;
  const asksBefore = sitesOf(db, blockOf(id)).calls.some((site) => {
    const isBare = site.scope === id && isOutside(site.node) && !isSuppressed(subject, site);
    const named = isBare ? namedCall(subject, site) : undefined;
    return named !== undefined && isQuery(named);
  });
  return (
    !asksBefore &&
    db
      .get(edgesOf, id)
      .every(
        (edge) =>
          edge.isOptional ||
          edge.isKept ||
          !isOutside(edge) ||
          queryingWayFrom(db, edge.target) === null,
      )
  );
});

/**
 * `try: work(); session.commit()`, `except Exception: session.rollback()`: all that it asks for an item is part of a transaction of
 * its own, on purpose.
 */
export function standsOnItsOwn(db: Reader, functionId: string): boolean {
  return db.get(survives, functionId);
}

/** `with suppress(Exception): session.refresh(row)`. */
function isSuppressed(subject: Subject, { statements, scope }: CallSite): boolean {
  return statements.some(
    (statement) =>
      statement.type === 'with' &&
      statement.items.some(
        ({ context }) =>
          context.type === 'call' &&
          subject.nameOf(context.callee, scope) === 'contextlib.suppress',
      ),
  );
}

/** The `try` of a function that catches whatever fails, notes it down, and goes on. */
function attemptIn(subject: Subject, { body }: FunctionDef, id: string): Try | undefined {
  return inside(body).find(
    (statement): statement is Try =>
      statement.type === 'try' &&
      statement.handlers.some((handler) => catchesAnything(subject, handler, id)) &&
      statement.handlers.every(notesDown),
  );
}

/** The statements of a body, those in a `with` of it as well. */
function inside(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => (one.type === 'with' ? [one, ...inside(one.body)] : one));
}

const NOTES = /^(?:rollback|exception|error|warning|warn|critical|info|debug|print)$/;

/** It raises nothing, and is seen to log or to roll back: what else a handler calls may raise. */
function notesDown({ body }: ExceptHandler): boolean {
  if ([...ownStatements(body)].some(({ type }) => type === 'raise')) return false;
  return callsIn(body).some(({ callee }) => NOTES.test(lastName(callee)));
}
