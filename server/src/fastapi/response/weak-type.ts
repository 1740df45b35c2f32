/** Return annotations that say nothing of what is sent. */
import { lastPart } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import type { Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { declaredBy } from './answer-shape.ts';
import { answerOf } from './answers.ts';

/** The annotation or the `response_model` of a route that FastAPI can neither check nor filter by. */
export function weakTypeOf(subject: Subject, route: Route): Expression | undefined {
  const declared = declaredBy(route);
  if (declared === undefined || answerOf(subject, route)?.isJson !== true) return undefined;
  return isWeak(subject, declared.expression, route.scope) ? declared.expression : undefined;
}

const OPEN = /^(?:typing\.(?:Any|Dict|List|Mapping)|builtins\.(?:dict|list|object))$/;
const LISTS = /^(?:list|List|Sequence|Iterable)$/;
const DICTS = /^(?:dict|Dict|Mapping)$/;

/** `dict`, `Any`, `list[dict]`, `dict[str, Any]`. */
function isWeak(subject: Subject, annotation: Expression, scope: string): boolean {
  if (annotation.type === 'binary')
    return isWeak(subject, annotation.left, scope) || isWeak(subject, annotation.right, scope);
  if (annotation.type !== 'subscript') return OPEN.test(subject.nameOf(annotation, scope) ?? '');
  const head = lastPart(subject.nameOf(annotation.object, scope) ?? '');
  const parts = annotation.indices.flatMap((one) => (one.type === 'tuple' ? one.elements : [one]));
  const held = LISTS.test(head) ? parts[0] : DICTS.test(head) ? parts[1] : undefined;
  return held !== undefined && isWeak(subject, held, scope);
}
