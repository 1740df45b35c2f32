/** Tuples of a body and a status, as Flask answers with. */
import { STATUSES } from '../../knowledge/statuses.ts';
import { lastPart } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { declaredBy, shapeOf } from './answer-shape.ts';
import { isNamedStatus, statusOf } from './statuses.ts';

export interface TupleAnswer {
  readonly status: number;
  /** `list`: sent as JSON's list, with 200. `fails`: it does not fit what is declared. */
  readonly becomes: 'list' | 'fails';
}

/** What becomes of a tuple that is meant as a body and a status; nothing for any other tuple. */
export function tupleAnswer(
  subject: Subject,
  routes: readonly Route[],
  expression: Expression,
  scope: string,
): TupleAnswer | undefined {
  const [route] = routes;
  if (route === undefined || routes.length > 1 || expression.type !== 'tuple') return undefined;
  const [body, code, headers, ...others] = expression.elements;
  if (body === undefined || code === undefined || others.length > 0) return undefined;
  if (headers !== undefined && headers.type !== 'dict') return undefined;
  const status = statusOf(subject, code, scope);
  if (status === undefined || !isMeant(subject, body, code, status, scope)) return undefined;
  const becomes = becomesOf(subject, route);
  return becomes && { status, becomes };
}

/** `1, 200` may be a pair of numbers; a status that is called one is none of them. */
function isMeant(
  subject: Subject,
  body: Expression,
  code: Expression,
  status: number,
  scope: string,
): boolean {
  if (isNamedStatus(subject, code, scope)) return true;
  if (code.type !== 'number' || !STATUSES.has(status)) return false;
  if (['dict', 'list', 'string', 'fstring', 'comprehension'].includes(body.type)) return true;
  const value = subject.meaningOf(body, scope);
  if (value?.kind !== 'instance') return false;
  return value.class.kind === 'project' || !/^builtins\.(?:int|float)$/.test(value.class.name);
}

const LISTS = /^(?:list|tuple|set|sequence|iterable|collection|namedtuple)$/i;

/** Where a list is declared, the tuple may well be meant. */
function becomesOf(subject: Subject, route: Route): TupleAnswer['becomes'] | undefined {
  const { decorator, scope } = route;
  const hasUnread = decorator.args.some(({ star }) => star === '**');
  if (hasUnread || argumentOf(decorator, 'response_class') !== undefined) return undefined;
  const declared = declaredBy(route);
  if (declared === undefined) return 'list';
  const shape = shapeOf(subject, declared.expression, scope);
  if (shape === 'none' || shape === 'response') return 'list';
  const { expression } = declared;
  const value = subject.evaluator.annotated(expression, scope);
  if (shape !== 'data' || value?.kind !== 'instance' || expression.type === 'binary')
    return undefined;
  const { class: ref } = value;
  return ref.kind === 'external' && LISTS.test(lastPart(ref.name)) ? undefined : 'fails';
}
