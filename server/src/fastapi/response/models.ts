/** Pydantic models, and which of them is meant to be sent in place of a row. */
import { isSecretField } from '../../knowledge/secrets.ts';
import { classScope, moduleScope } from '../../python/bindings.ts';
import { moduleScopeId, nameOf } from '../../python/definitions.ts';
import { isModelClass, isOrmClass } from '../classes.ts';
import type { Subject } from '../subject.ts';

const SUFFIXES = 'Read Out Public Response Schema'.split(' ');

/** A model that the file names, that is called after a mapped class (`UserRead` for `User`) and holds no secret. */
export function filteringModel(subject: Subject, classId: string): string | undefined {
  const { names } = subject.db.get(moduleScope, subject.path);
  return SUFFIXES.map((suffix) => `${nameOf(classId)}${suffix}`).find((name) => {
    if (names[name] === undefined) return false;
    const value = subject.meaningOf(
      { type: 'name', id: name, start: 0, end: 0 },
      moduleScopeId(subject.path),
    );
    if (value?.kind !== 'class' || value.class.kind !== 'project') return false;
    const { evaluator, db } = subject;
    if (!isModelClass(evaluator, value.class) || isOrmClass(evaluator, value.class)) return false;
    const fields = evaluator
      .lineage(value.class)
      .flatMap((one) =>
        one.kind === 'project' ? Object.keys(db.get(classScope, one.id).names) : [],
      );
    return !fields.some(isSecretField);
  });
}
