/** Response models that have a password among their fields. */
import { isSecretField, wordsOf } from '../../knowledge/secrets.ts';
import { classScope } from '../../python/bindings.ts';
import { nameOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import { externalClassOf } from '../../python/values.ts';
import { headOf } from '../../syntax/parts.ts';
import { type Field, fieldsOf, isSent, modelsNamedIn } from '../declared-models.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { declaredBy } from './answer-shape.ts';
import { hasBody } from './answers.ts';
import { sendsEmptied } from './emptied.ts';
import { sentBy } from './sent.ts';

export interface ExposedSecret {
  readonly field: string;
  /** The model that has it. */
  readonly model: string;
  /** It is a field of the response model itself, which is nothing but that model. */
  readonly isPlain: boolean;
}

/** The password that a route's own response model lets out. */
export function secretExposedBy(subject: Subject, route: Route): ExposedSecret | undefined {
  if (route.kind !== 'http' || isAboutSecrets(route) || !hasBody(subject, route)) return undefined;
  const { decorator, handler, scope, handlerId } = route;
  const isFiltered = ['response_model_exclude', 'response_model_include'].some(
    (name) => argumentOf(decorator, name) !== undefined,
  );
  const declared = declaredBy(route);
  if (isFiltered || declared === undefined) return undefined;
  // A response goes past the model.
  const returned = returnsIn(handler.body);
  if (returned.some((one) => sentBy(subject, one, handlerId) === 'response')) return undefined;
  const { expression } = declared;
  const isEmptied = (field: string) => sendsEmptied(handler, field);
  for (const model of modelsNamedIn(subject, expression, scope)) {
    const found = secretIn(subject, model, NESTED, isEmptied);
    if (found === undefined) continue;
    const isName = expression.type === 'name' || expression.type === 'attribute';
    const value = subject.meaningOf(expression, scope);
    return {
      ...found,
      isPlain: isName && value?.kind === 'class' && found.model === nameOf(model),
    };
  }
  return undefined;
}

/** How many models deep a field is looked for. */
const NESTED = 2;

function secretIn(
  subject: Subject,
  classId: string,
  depth: number,
  isEmptied: (field: string) => boolean = () => false,
): Omit<ExposedSecret, 'isPlain'> | undefined {
  if (serializesItself(subject, classId)) return undefined;
  const fields = fieldsOf(subject, classId).filter((field) => isSent(subject, field));
  const own = fields.find((field) => isPassword(subject, field) && !isEmptied(field.name));
  if (own !== undefined) return { field: own.name, model: nameOf(classId) };
  if (depth === 0) return undefined;
  for (const { annotation, scope } of fields)
    for (const model of modelsNamedIn(subject, annotation, scope)) {
      const found = model === classId ? undefined : secretIn(subject, model, depth - 1);
      if (found !== undefined) return found;
    }
  return undefined;
}

const PASSWORDS: ReadonlySet<string> = new Set(['password', 'passwd', 'pwd', 'passphrase']);

/** Tokens and keys are often what a route is there to hand out; passwords and their hashes never are. */
function isPassword(subject: Subject, { name, annotation, scope }: Field): boolean {
  if (!isSecretField(name) || !wordsOf(name).some((word) => PASSWORDS.has(word))) return false;
  const value = subject.evaluator.annotated(annotation, scope);
  return /^builtins\.(?:str|bytes)$/.test(externalClassOf(value) ?? '');
}

/** A serializer of its own may mask any field. */
function serializesItself({ db, evaluator }: Subject, classId: string): boolean {
  return evaluator.lineage({ kind: 'project', id: classId }).some(
    (one) =>
      one.kind === 'project' &&
      Object.values(db.get(classScope, one.id).names)
        .flat()
        .some(
          (binding) =>
            binding.kind === 'definition' &&
            (db.get(functionSignature, binding.id)?.decorators ?? []).some((decorator) => {
              const head = headOf(decorator);
              return head.type === 'name' && /serializer$/.test(head.id);
            }),
        ),
  );
}

/** A route that makes or resets a password may well answer with it, once. */
function isAboutSecrets({ path, handler }: Route): boolean {
  return /password|credential|secret|provision/i.test(`${path ?? ''} ${handler.name}`);
}
