/** What has surely run when a place is reached: order of statements within one function. */
import type { Span, Statement } from '../../syntax/nodes.ts';
import { ownStatements, suitesOf } from '../../syntax/walk.ts';

/** Statements around a place, outermost first, the place's own last. */
type Way = readonly Statement[];

/** Whether a statement has run, to its end, whenever a place after it is reached. */
export function hasRunBefore(earlier: Way, later: Way): boolean {
  const own = earlier.at(-1);
  const place = later.at(-1);
  if (own === undefined || place === undefined || place.start < own.end) return false;
  for (const [depth, around] of earlier.slice(0, -1).entries()) {
    const inner = earlier[depth + 1];
    if (inner === undefined) return false;
    if (later[depth] !== around) {
      if (!isPassedThrough(around, inner)) return false;
      continue;
    }
    const other = later[depth + 1];
    if (other === undefined || suiteOf(around, inner) !== suiteOf(around, other)) return false;
  }
  return true;
}

/** After a `with`, its body has run; after a `try` whose handlers all leave, too. */
function isPassedThrough(around: Statement, inner: Statement): boolean {
  if (around.type === 'with') return true;
  if (around.type !== 'try' || !around.body.includes(inner)) return false;
  return around.handlers.every(({ body }) => leaves(body));
}

function suiteOf(around: Statement, inner: Statement): number {
  return suitesOf(around).findIndex((suite) => suite.includes(inner));
}

/** Whether a suite always ends with leaving the function, or the turn of a loop. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return (
    last?.type === 'raise' ||
    last?.type === 'return' ||
    last?.type === 'continue' ||
    last?.type === 'break'
  );
}

/** Whether a suite raises anywhere: what it catches may go on. */
export function raises(body: readonly Statement[]): boolean {
  return [...ownStatements(body)].some(({ type }) => type === 'raise');
}

export function isInside(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
