/** Validators of models that refuse values. */
import { memberBlocks } from '../../python/bindings.ts';
import { functionOf } from '../../python/definitions.ts';
import { instanceOf, type Value } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { isHttpException, isInstanceOf, isModelClass, isSettingsClass } from '../classes.ts';
import type { Subject } from '../subject.ts';

const VALIDATORS: ReadonlySet<string> = new Set([
  'pydantic.field_validator',
  'pydantic.model_validator',
  'pydantic.validator',
  'pydantic.root_validator',
]);
/** What Pydantic turns into a `ValidationError`. */
const REFUSALS: ReadonlySet<string> = new Set([
  'builtins.ValueError',
  'builtins.AssertionError',
  'builtins.UnicodeError',
  'pydantic_core.PydanticCustomError',
]);

/** A validator of a model, or of one that it inherits from, that raises what Pydantic reports. */
export function raisingValidator(
  subject: Subject,
  model: Value | undefined,
): { readonly model: string; readonly validator: string } | undefined {
  if (model?.kind !== 'class' || model.class.kind !== 'project') return undefined;
  const { evaluator, db } = subject;
  if (!isModelClass(evaluator, model.class) || isSettingsClass(evaluator, model.class))
    return undefined;
  for (const one of evaluator.lineage(model.class)) {
    if (one.kind !== 'project') continue;
    const validator = memberBlocks(db, one.id).find(({ id }) => isRaising(subject, id, one.id));
    if (validator !== undefined) return { model: model.class.id, validator: validator.id };
  }
  return undefined;
}

function isRaising(subject: Subject, id: string, owner: string): boolean {
  const node = functionOf(subject.db, id);
  const isValidator = node?.decorators.some((decorator) => {
    return VALIDATORS.has(subject.nameOf(headOf(decorator), owner) ?? '');
  });
  if (node === undefined || !isValidator) return false;
  return [...ownStatements(node.body)].some(
    (statement) =>
      statement.type === 'assert' ||
      (statement.type === 'raise' && isRefusal(subject, statement.exception, id)),
  );
}

function isRefusal(subject: Subject, exception: Expression | undefined, scope: string): boolean {
  const value = exception && subject.meaningOf(exception, scope);
  const made = value?.kind === 'class' || value?.kind === 'external' ? instanceOf(value) : value;
  const { evaluator } = subject;
  return isInstanceOf(evaluator, made, REFUSALS) && !isHttpException(evaluator, made);
}
