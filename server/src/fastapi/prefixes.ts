/** Prefixes of routers and includes. */
import { classScope } from '../python/bindings.ts';
import type { CallSite } from '../python/sites.ts';
import type { ClassRef } from '../python/values.ts';
import type { StringLiteral } from '../syntax/nodes.ts';
import { isRouter } from './classes.ts';
import { argumentOf } from './routes.ts';
import type { Subject } from './subject.ts';

/** The literal prefix that a call hands to FastAPI as it stands: `APIRouter(prefix=…)`, `app.include_router(…, prefix=…)`. */
export function prefixOf(
  subject: Subject,
  { node, scope }: Pick<CallSite, 'node' | 'scope'>,
): StringLiteral | undefined {
  const prefix = argumentOf(node, 'prefix');
  if (prefix?.type !== 'string' || prefix.bytes) return undefined;
  const { callee } = node;
  if (callee.type === 'attribute' && callee.name === 'include_router') {
    const object = subject.meaningOf(callee.object, scope);
    if (object?.kind !== 'instance' || !isRouter(subject.evaluator, object)) return undefined;
    return changes(subject, object.class, callee.name) ? undefined : prefix;
  }
  const value = subject.meaningOf(callee, scope);
  if (value?.kind === 'external') return value.name === 'fastapi.APIRouter' ? prefix : undefined;
  if (value?.kind !== 'class') return undefined;
  const isOurs = isRouter(subject.evaluator, { kind: 'instance', class: value.class });
  return isOurs && !changes(subject, value.class, '__init__') ? prefix : undefined;
}

/** Whether a class of the project, or one above it, has a method of its own by that name. */
function changes({ evaluator, db }: Subject, ref: ClassRef, method: string): boolean {
  return evaluator
    .lineage(ref)
    .some(
      (one) => one.kind === 'project' && db.get(classScope, one.id).names[method] !== undefined,
    );
}
