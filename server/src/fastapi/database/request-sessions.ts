/** Sessions that FastAPI hands to a function, and when it closes them. */
import { ALL_SESSIONS, ASYNC_SESSIONS } from '../../knowledge/relationships.ts';
import { functionOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { CallSite } from '../../python/sites.ts';
import type { Parameter } from '../../syntax/nodes.ts';
import { isInstanceOf } from '../classes.ts';
import { isDepends, markersOf, type WrittenMarker } from '../markers.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

export interface RequestSession {
  readonly name: string;
  readonly parameter: Parameter;
  readonly isAsync: boolean;
  readonly marker: WrittenMarker;
  /** With `scope="function"` it is closed before the answer is sent. */
  readonly endsBeforeAnswer: boolean;
}

/** The parameters of a function that are sessions which a dependency with `yield` opens and closes. */
export function requestSessions(subject: Subject, functionId: string): readonly RequestSession[] {
  const { evaluator, db } = subject;
  const outer = outerScopeOf(functionId);
  return (functionOf(db, functionId)?.parameters ?? []).flatMap((parameter, index) => {
    const value = evaluator.parameterValue(parameter, index, functionId);
    if (!isInstanceOf(evaluator, value, ALL_SESSIONS)) return [];
    const marker = markersOf(subject, parameter, { outer }).find(isDepends);
    const [dependency] = marker?.call.args ?? [];
    if (marker === undefined || dependency === undefined) return [];
    const target = evaluator.meaningOf(dependency.value, marker.scope);
    if (target?.kind !== 'function' || !db.get(functionSignature, target.id)?.isGenerator)
      return [];
    const scope = argumentOf(marker.call, 'scope');
    if (scope !== undefined && scope.type !== 'string') return [];
    return {
      name: parameter.name,
      parameter,
      isAsync: isInstanceOf(evaluator, value, ASYNC_SESSIONS),
      marker,
      endsBeforeAnswer: scope?.value === 'function',
    };
  });
}

const TASKS: ReadonlySet<string> = new Set([
  'fastapi.BackgroundTasks.add_task',
  'starlette.background.BackgroundTasks.add_task',
  'starlette.background.BackgroundTask',
]);

/** The request's session that a background task is handed. */
export function sessionForTask(
  subject: Subject,
  { node, name, scope }: Pick<CallSite, 'node' | 'scope'> & { readonly name: string },
): RequestSession | undefined {
  if (!TASKS.has(name)) return undefined;
  const handed = node.args.slice(1).flatMap(({ value }) => (value.type === 'name' ? value.id : []));
  return handed.length === 0
    ? undefined
    : requestSessions(subject, scope).find((one) => handed.includes(one.name));
}
