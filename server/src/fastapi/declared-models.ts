/** Pydantic models that a type names. */
import { classScope } from '../python/bindings.ts';
import type { Expression } from '../syntax/nodes.ts';
import { isModelClass } from './classes.ts';
import { argumentOf } from './routes.ts';
import type { Subject } from './subject.ts';

/** The ids of the project's models in a type: `UserOut` of `list[UserOut] | None`; of `Page[UserOut]` both. */
export function modelsNamedIn(
  subject: Subject,
  type: Expression,
  scope: string,
): readonly string[] {
  switch (type.type) {
    case 'binary':
      return [type.left, type.right].flatMap((one) => modelsNamedIn(subject, one, scope));
    case 'subscript':
      return [type.object, ...type.indices].flatMap((one) => modelsNamedIn(subject, one, scope));
    case 'tuple':
      return type.elements.flatMap((one) => modelsNamedIn(subject, one, scope));
    case 'name':
    case 'attribute': {
      const { evaluator } = subject;
      const value = evaluator.annotated(type, scope);
      const items = value?.kind === 'instance' ? value.items : undefined;
      return [value, items].flatMap((one) =>
        one?.kind === 'instance' &&
        one.class.kind === 'project' &&
        isModelClass(evaluator, one.class)
          ? one.class.id
          : [],
      );
    }
    default:
      return [];
  }
}

export interface Field {
  readonly name: string;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
  readonly scope: string;
}

/** The fields of a model and of the models above it; one that is declared again is the nearest. */
export function fieldsOf({ db, evaluator }: Subject, classId: string): readonly Field[] {
  const found = new Map<string, Field>();
  for (const one of evaluator.lineage({ kind: 'project', id: classId })) {
    if (one.kind !== 'project') continue;
    for (const [name, bindings] of Object.entries(db.get(classScope, one.id).names)) {
      const binding = bindings[bindings.length - 1];
      if (found.has(name) || binding?.kind !== 'value' || binding.annotation === undefined)
        continue;
      const { annotation, value, scope } = binding;
      found.set(name, { name, annotation, value, scope });
    }
  }
  return [...found.values()];
}

const RELATIONS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.relationship',
  'sqlmodel.Relationship',
]);

/** Whether a field that is given this value goes out: no relationship, and not left out of every answer. */
export function isSent(
  subject: Subject,
  { value, scope }: { readonly value?: Expression | undefined; readonly scope: string },
): boolean {
  if (value?.type !== 'call') return true;
  if (RELATIONS.has(subject.nameOf(value.callee, scope) ?? '')) return false;
  return argumentOf(value, 'exclude')?.type !== 'true';
}
