/** Return annotations that FastAPI can make no response model of: the application fails at import. */
import { classScope } from '../../python/bindings.ts';
import { nameOf } from '../../python/definitions.ts';
import { classSignature, functionSignature } from '../../python/signatures.ts';
import { type ClassRef, lastPart } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { isModelClass, isOrmClass, isResponseClass } from '../classes.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';

export interface Broken {
  readonly kind: 'response' | 'orm' | 'class';
  /** The class that is no field. */
  readonly name: string;
  readonly classId: string | undefined;
}

/** What makes a route's return annotation fail; nothing where FastAPI does not read it. */
export function brokenAnnotation(subject: Subject, route: Route): Broken | undefined {
  const { decorator, handler, scope, handlerId } = route;
  const { returns } = handler;
  if (returns === undefined || route.kind !== 'http') return undefined;
  const isUnread = decorator.args.some(({ star }) => star === '**');
  if (isUnread || argumentOf(decorator, 'response_model') !== undefined) return undefined;
  if (isPinnedBelow(subject.db, subject.path, 'fastapi', '0.89')) return undefined;
  // What a generator is annotated with is a stream.
  if (subject.db.get(functionSignature, handlerId)?.isGenerator) return undefined;
  return brokenIn(subject, returns, scope, true);
}

const HOLDERS = /^(?:Optional|Union|list|List|dict|Dict|set|Set|tuple|Tuple|Sequence|Mapping)$/;

function brokenIn(
  subject: Subject,
  annotation: Expression,
  scope: string,
  isWhole: boolean,
): Broken | undefined {
  const first = (parts: readonly Expression[]) => {
    for (const part of parts) {
      const found = brokenIn(subject, part, scope, false);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  if (annotation.type === 'binary')
    return annotation.operator === '|' ? first([annotation.left, annotation.right]) : undefined;
  if (annotation.type === 'subscript') {
    const head = subject.nameOf(annotation.object, scope);
    if (head === undefined || !HOLDERS.test(lastPart(head))) return undefined;
    return first(annotation.indices.flatMap((one) => (one.type === 'tuple' ? one.elements : one)));
  }
  if (annotation.type !== 'name' && annotation.type !== 'attribute') return undefined;
  const value = subject.meaningOf(annotation, scope);
  const text = subject.textOf(annotation);
  if (isResponseClass(subject.evaluator, value))
    return isWhole ? undefined : { kind: 'response', name: text, classId: undefined };
  if (value?.kind !== 'class' || value.class.kind !== 'project') return undefined;
  const { id } = value.class;
  if (isRow(subject, value.class)) return { kind: 'orm', name: nameOf(id), classId: id };
  return isBare(subject, id) ? { kind: 'class', name: nameOf(id), classId: id } : undefined;
}

/** SQLAlchemy's, Tortoise's and Peewee's rows; those of SQLModel and Beanie are models of Pydantic, too. */
function isRow({ evaluator, db }: Subject, ref: ClassRef): boolean {
  if (!isOrmClass(evaluator, ref) || isModelClass(evaluator, ref)) return false;
  return evaluator
    .lineage(ref)
    .every((one) =>
      one.kind === 'external'
        ? !/Dataclass|^beanie\./.test(one.name)
        : (db.get(classSignature, one.id)?.decorators.length ?? 1) === 0 &&
          !hasSchema(db.get(classScope, one.id).names),
    );
}

/** A class with no bases and no decorators, that tells Pydantic nothing of itself. */
function isBare({ db }: Subject, classId: string): boolean {
  const signature = db.get(classSignature, classId);
  if (signature === null || signature.decorators.length > 0 || signature.bases.length > 0)
    return false;
  return !hasSchema(db.get(classScope, classId).names);
}

function hasSchema(names: Readonly<Record<string, unknown>>): boolean {
  return '__get_pydantic_core_schema__' in names || '__get_validators__' in names;
}
