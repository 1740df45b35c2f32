/** What decorators do to a function: whether a call still runs its body there and then, and what else it runs. */
import { RUNNING_DECORATORS } from '../../knowledge/callables.ts';
import { blockOf, definitionsIn, functionOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';
import type { Subject } from '../subject.ts';

const ROUTE = /^fastapi\.(?:FastAPI|APIRouter)\.\w+$/;

/**
 * Whether calling the function runs its body where it is called. What is cached holds up one request; and a decorator may
 * do anything: of those of the project, ones are followed that are seen to call.
 */
export function runsAsWritten(subject: Subject, id: string): boolean {
  const signature = subject.db.get(functionSignature, id);
  return decoratorsOf(subject, id).every(({ value }) => {
    if (value?.kind === 'external')
      return RUNNING_DECORATORS.has(value.name) || ROUTE.test(value.name);
    if (value?.kind !== 'function') return false;
    const wrappers = subject.db.get(wrappersIn, value.id);
    // What awaits can't wrap what is not awaited.
    return wrappers?.some((wrapper) => signature?.isAsync || !isAsync(subject, wrapper)) === true;
  });
}

export interface Wrapper {
  readonly id: string;
  readonly decorator: Expression;
}

/** The functions that the project's own decorators put around a function: they run when it is called. */
export function wrappersOf(subject: Subject, id: string): readonly Wrapper[] {
  const whenAwaited = subject.db.get(functionSignature, id)?.isAsync === true;
  return decoratorsOf(subject, id).flatMap(({ decorator, value }) => {
    if (value?.kind !== 'function') return [];
    const alike = (subject.db.get(wrappersIn, value.id) ?? []).filter(
      (wrapper) => isAsync(subject, wrapper) === whenAwaited,
    );
    const [only] = alike;
    return only !== undefined && alike.length === 1 ? { id: only, decorator } : [];
  });
}

function decoratorsOf(subject: Subject, id: string) {
  const scope = outerScopeOf(id);
  return (subject.db.get(functionSignature, id)?.decorators ?? []).map((decorator) => {
    return { decorator, value: subject.meaningOf(headOf(decorator), scope) };
  });
}

function isAsync(subject: Subject, id: string): boolean {
  return subject.db.get(functionSignature, id)?.isAsync === true;
}

/** By the id of a decorator: its innermost functions; `null` where it keeps results or runs functions elsewhere. */
const wrappersIn = defineQuery<readonly string[] | null>('wrappers', (db, id) => {
  if (functionOf(db, id) === undefined) return null;
  const block = blockOf(id);
  if (ELSEWHERE.test(db.get(blockSource, block).text)) return null;
  const inside = db
    .get(definitionsIn, block)
    .filter((one) => one.node.type === 'function' && one.id.startsWith(`${id}>`));
  const leaves = inside.filter((one) => !inside.some(({ parent }) => parent === one.id));
  return leaves.length > 0 ? leaves.map((one) => one.id) : null;
});

const ELSEWHERE = /cache|memo|thread|executor|submit|delay|spawn|schedule|create_task/i;
