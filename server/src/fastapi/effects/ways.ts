/** Where every way to a function begins: asked upwards, one caller after another. */
import { blockOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { Reader } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { callersOneByOne } from './callers.ts';
import type { Caller } from './uses.ts';
import { runsAsWritten } from './wrapping.ts';

/** What is looked for, or against: `true` ends a way well, `false` ends the search, `undefined` goes on upwards. */
export interface Beginning {
  /** By a function, or by the block of what a module or a class does when it is made. */
  at(id: string): boolean | undefined;
  /** By how somebody comes to run it. */
  by(caller: Caller): boolean | undefined;
  /** By a function that nobody is seen to run. */
  alone(id: string): boolean;
}

/** How many functions are asked who runs them, before it counts as not known. */
const MAX_FUNCTIONS = 200;

export function everyWayBegins(db: Reader, functionId: string, beginning: Beginning): boolean {
  const seen = new Set<string>();
  const holds = (id: string): boolean => {
    if (seen.has(id)) return true;
    seen.add(id);
    const known = beginning.at(id);
    if (known !== undefined) return known;
    if (seen.size > MAX_FUNCTIONS || !isOnlyCalled(db, id)) return false;
    let isCalled = false;
    // Upwards first: what has a route above it is soon found to have one.
    for (const caller of callersOneByOne(db, id)) {
      isCalled = true;
      if (!(beginning.by(caller) ?? holds(caller.from))) return false;
    }
    return isCalled || beginning.alone(id);
  };
  return holds(functionId);
}

/** What is no function: the body of a module or a class. */
export function isTopLevel(db: Reader, id: string): boolean {
  return db.get(functionSignature, id) === null;
}

/** Whether nobody but its callers can run a function: FastAPI finds a route by its decorator. */
function isOnlyCalled(db: Reader, id: string): boolean {
  const decorators = db.get(functionSignature, id)?.decorators ?? [];
  const subject = subjectOf(db, blockOf(id));
  const scope = outerScopeOf(id);
  return (
    decorators.every((decorator) => isNoRoute(subject, decorator, scope)) &&
    runsAsWritten(subject, id)
  );
}

/** `@app.get(...)` is found by FastAPI; `@transactions.managed(...)` of the project wraps. */
function isNoRoute(subject: Subject, decorator: Expression, scope: string): boolean {
  if (decorator.type !== 'call' || decorator.callee.type !== 'attribute') return true;
  return subject.meaningOf(decorator.callee, scope)?.kind === 'function';
}
