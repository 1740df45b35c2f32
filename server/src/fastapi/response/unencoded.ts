/** Errors of a validation that are sent with what JSON has no form for. */
import { functionOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { isInstanceOf } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { handledBy } from '../handling.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';
import { statusArguments } from './misuse.ts';

const VALIDATION_ERRORS: ReadonlySet<string> = new Set([
  'fastapi.exceptions.RequestValidationError',
  'fastapi.exceptions.ResponseValidationError',
  'fastapi.exceptions.WebSocketRequestValidationError',
  'fastapi.exceptions.ValidationException',
  'pydantic.ValidationError',
  'pydantic_core.ValidationError',
]);

/** The `exc.errors()` that a `JSONResponse` sends as it is; what is made of them by a call or a loop is left alone. */
export function unencodedErrors(
  subject: Subject,
  name: string,
  call: Call,
  scope: string,
): Call | undefined {
  if (name !== 'starlette.responses.JSONResponse' || keepsNoExceptions(subject)) return undefined;
  const content = statusArguments(name, call)?.content;
  return content && errorsIn(subject, content, scope);
}

/** Pydantic 1 gave texts alone, and FastAPI below 0.100 had no other. */
function keepsNoExceptions({ db, path }: Subject): boolean {
  return isPinnedBelow(db, path, 'pydantic', '2') || isPinnedBelow(db, path, 'fastapi', '0.100');
}

function errorsIn(subject: Subject, expression: Expression, scope: string): Call | undefined {
  const parts =
    expression.type === 'dict'
      ? expression.entries.map(({ value }) => value)
      : expression.type === 'list'
        ? expression.elements
        : undefined;
  if (parts !== undefined) {
    for (const part of parts) {
      const found = errorsIn(subject, part, scope);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (expression.type === 'name') {
    // Whoever else reads the name may take the context out.
    const written = isReadOnce(subject, expression.id, scope)
      ? writtenValue(subject, expression, scope)
      : undefined;
    if (written === undefined || written.scope !== scope || written.expression.type === 'name')
      return undefined;
    return errorsIn(subject, written.expression, scope);
  }
  if (expression.type !== 'call' || expression.callee.type !== 'attribute') return undefined;
  const { object, name } = expression.callee;
  if (name !== 'errors' || expression.args.length > 0) return undefined;
  return isValidationError(subject, object, scope) ? expression : undefined;
}

function isReadOnce({ db, block }: Subject, name: string, scope: string): boolean {
  const reads = sitesOf(db, block).names.filter(
    (one) => one.scope === scope && one.node.id === name,
  );
  return reads.length === 1;
}

function isValidationError(subject: Subject, expression: Expression, scope: string): boolean {
  const { evaluator } = subject;
  if (isInstanceOf(evaluator, subject.meaningOf(expression, scope), VALIDATION_ERRORS)) return true;
  if (expression.type !== 'name') return false;
  const node = functionOf(subject.db, scope);
  const parameter = node?.parameters.find(({ name }) => name === expression.id);
  if (node === undefined || parameter === undefined) return false;
  const { annotation } = parameter;
  if (annotation !== undefined && membersOf(annotation).some((one) => isNamed(subject, one, scope)))
    return true;
  // `@app.exception_handler(RequestValidationError)` says what an unannotated, or a vague, parameter is.
  return node.decorators.some(
    (decorator) =>
      decorator.type === 'call' &&
      node.parameters[1] === parameter &&
      handledBy(decorator).some((handled) => handled && isNamed(subject, handled, scope)),
  );
}

function isNamed(subject: Subject, expression: Expression, scope: string): boolean {
  return VALIDATION_ERRORS.has(subject.nameOf(expression, scope) ?? '');
}

/** `A | B` and `Union[A, B]`. */
function membersOf(annotation: Expression): readonly Expression[] {
  if (annotation.type === 'binary')
    return [...membersOf(annotation.left), ...membersOf(annotation.right)];
  if (annotation.type !== 'subscript') return [annotation];
  return annotation.indices.flatMap((one) => (one.type === 'tuple' ? one.elements : [one]));
}
