/** Which path operations send rows of a database as they are. */
import { isSecretField } from '../../knowledge/secrets.ts';
import { type Binding, classScope } from '../../python/bindings.ts';
import { functionOf, nameOf } from '../../python/definitions.ts';
import { createEvaluator, type Evaluator } from '../../python/evaluate.ts';
import { returnsIn } from '../../python/signatures.ts';
import { externalClassOf, lastPart, type Value } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { isOrmClass } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { isSent } from '../declared-models.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { hasBody } from './answers.ts';
import { sentBy } from './sent.ts';

export interface Exposed {
  /** The id of the mapped class. */
  readonly classId: string;
  readonly name: string;
  readonly isList: boolean;
  /** A column that nobody outside should see. */
  readonly secret: string | undefined;
}

/** The mapped class whose objects a path operation returns with no model in between. */
export function exposedBy(subject: Subject, route: Route): Exposed | undefined {
  if (route.kind !== 'http' || isFiltered(route) || !hasBody(subject, route)) return undefined;
  for (const expression of returnsIn(route.handler.body)) {
    // The helper's annotation may say more than its body keeps.
    if (sentBy(subject, expression, route.handlerId) === 'response') continue;
    const value = subject.meaningOf(expression, route.handlerId);
    const one = mappedClass(subject.evaluator, value);
    const many = isSequence(value) ? mappedClass(subject.evaluator, value.items) : undefined;
    const classId = one ?? many;
    if (classId === undefined || isContradicted(subject, expression, route.handlerId, classId))
      continue;
    const secret = secretColumn(subject, classId);
    return { classId, name: nameOf(classId), isList: one === undefined, secret };
  }
  return undefined;
}

/** The function that gives it is annotated with the class, and is seen to return something else. */
function isContradicted(
  subject: Subject,
  expression: Expression,
  scope: string,
  classId: string,
): boolean {
  const given = writtenValue(subject, expression, scope)?.expression ?? expression;
  const call = given.type === 'await' ? given.value : given;
  const callee = call.type === 'call' ? subject.meaningOf(call.callee, scope) : undefined;
  if (callee?.kind !== 'function') return false;
  return subject.db.get(contradicts, `${classId}\n${callee.id}`);
}

/** By class id and function id: a function that is annotated returns what is no object of the class. */
const contradicts = defineQuery<boolean>('contradicts its annotation', (db, key) => {
  const [classId = '', id = ''] = key.split('\n');
  const node = functionOf(db, id);
  if (node?.returns === undefined) return false;
  const evaluator = createEvaluator(db);
  return returnsIn(node.body).some((one) => {
    const value = evaluator.meaningOf(one, id);
    if (value?.kind !== 'instance') return false;
    const item = isSequence(value) ? value.items : value;
    return item?.kind === 'instance' && mappedClass(evaluator, item) !== classId;
  });
});

/** `response_model=None` says that nothing is to be filtered; a return annotation is FastAPI's model where none is given. */
function isFiltered({ decorator, handler }: Route): boolean {
  const model = argumentOf(decorator, 'response_model');
  if (decorator.args.some(({ star }) => star === '**')) return true;
  return model === undefined ? handler.returns !== undefined : model.type !== 'none';
}

function mappedClass(evaluator: Evaluator, value: Value | undefined): string | undefined {
  if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
  return isOrmClass(evaluator, value.class) ? value.class.id : undefined;
}

const SEQUENCES: ReadonlySet<string> = new Set('list tuple set List Tuple Set Sequence'.split(' '));

function isSequence(value: Value | undefined): value is Value & { kind: 'instance' } {
  return SEQUENCES.has(lastPart(externalClassOf(value) ?? ''));
}

/** The first column of a mapped class, or of a class above it, that holds a secret and goes out. */
function secretColumn(subject: Subject, classId: string): string | undefined {
  for (const one of subject.evaluator.lineage({ kind: 'project', id: classId })) {
    if (one.kind !== 'project') continue;
    const { names } = subject.db.get(classScope, one.id);
    for (const [name, bindings] of Object.entries(names))
      if (isSecretField(name) && bindings.every((binding) => isColumn(subject, binding)))
        return name;
  }
  return undefined;
}

/** No method, and sent unless its model says otherwise. */
function isColumn(subject: Subject, binding: Binding): boolean {
  return binding.kind === 'value' && isSent(subject, binding);
}
