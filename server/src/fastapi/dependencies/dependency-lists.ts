/** Lists of dependencies, as applications, routers, includes and routes are given them. */
import type { Call, Expression } from '../../syntax/nodes.ts';
import { isBelow, isRouter, ROUTERS } from '../classes.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

const METHODS: ReadonlySet<string> = new Set(
  (
    'get put post delete options head patch trace api_route websocket ' +
    'include_router add_api_route add_api_websocket_route'
  ).split(' '),
);

/** What stands in `dependencies=[...]` of a call that FastAPI reads it of. */
export function dependencyList(subject: Subject, call: Call, scope: string): readonly Expression[] {
  const list = argumentOf(call, 'dependencies');
  if (list?.type !== 'list' && list?.type !== 'tuple') return [];
  return takesDependencies(subject, call.callee, scope) ? list.elements : [];
}

function takesDependencies(subject: Subject, callee: Expression, scope: string): boolean {
  const value = subject.meaningOf(callee, scope);
  if (value?.kind === 'class') return isBelow(subject.evaluator, value.class, ROUTERS);
  if (value?.kind === 'external' && ROUTERS.has(value.name)) return true;
  return (
    callee.type === 'attribute' &&
    METHODS.has(callee.name) &&
    isRouter(subject.evaluator, subject.meaningOf(callee.object, scope))
  );
}

/** Whether it is something to be called, not something that says so: a function, a class, an object with `__call__`. */
export function isCallable(
  { evaluator, meaningOf }: Subject,
  expression: Expression,
  scope: string,
): boolean {
  const value = meaningOf(expression, scope);
  if (value?.kind === 'function') return true;
  if (value?.kind === 'class') return value.class.kind === 'project';
  if (value?.kind !== 'instance') return false;
  if (value.class.kind === 'external') return value.class.name.startsWith('fastapi.security.');
  return evaluator.attributeOf(value, '__call__')?.kind === 'function';
}
