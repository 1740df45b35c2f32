/** What a path operation declares as the shape of its answer. */
import type { Expression } from '../../syntax/nodes.ts';
import { isModel, isOrmObject, isResponse } from '../classes.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';

export interface Declared {
  readonly expression: Expression;
  readonly isAnnotation: boolean;
}

/** `response_model`, else the return annotation, as FastAPI reads them; nothing where `**options` may say it. */
export function declaredBy({ decorator, handler }: Route): Declared | undefined {
  if (decorator.args.some(({ star }) => star === '**')) return undefined;
  const model = argumentOf(decorator, 'response_model');
  if (model !== undefined) return { expression: model, isAnnotation: false };
  const { returns } = handler;
  return returns && { expression: returns, isAnnotation: true };
}

/** `data`: FastAPI validates and filters by it. `response`: what is returned is sent as it is. */
export type Shape = 'none' | 'response' | 'data' | 'unknown';

/** What a declaration is to FastAPI. */
export function shapeOf(subject: Subject, expression: Expression, scope: string): Shape {
  if (expression.type === 'none') return 'none';
  if (expression.type === 'binary') return 'data';
  if (subject.nameOf(expression, scope) === 'typing.Any') return 'data';
  if (expression.type === 'subscript') {
    const head = subject.nameOf(expression.object, scope) ?? '';
    if (/^(?:builtins|typing|collections\.abc)\./.test(head) && !head.endsWith('.Annotated'))
      return 'data';
  }
  const { evaluator } = subject;
  const value = evaluator.annotated(expression, scope);
  if (value?.kind === 'none') return 'none';
  if (isResponse(evaluator, value)) return 'response';
  if (isModel(evaluator, value) || isOrmObject(evaluator, value)) return 'data';
  const isPlain = value?.kind === 'instance' && value.class.kind === 'external';
  return isPlain && value.class.name.startsWith('builtins.') ? 'data' : 'unknown';
}
