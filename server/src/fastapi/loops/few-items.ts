/** What is as many as one can see: lists that are written out, the members of an enum, `orders[:5]`, the parts of a path. */
import { functionScope } from '../../python/bindings.ts';
import { functionOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, Statement } from '../../syntax/nodes.ts';
import { headOf, namesIn } from '../../syntax/parts.ts';
import { expressionsIn, ownStatements, suitesOf } from '../../syntax/walk.ts';
import { isBelow, isInstanceOf, isModel, isSettingsClass } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import type { Subject } from '../subject.ts';
import { copiedIn, viewedIn } from './views.ts';

/** Whether what a loop goes through is a fixed number of things, here or where its name or its function says. */
export function isFewItems(subject: Subject, iterable: Expression, scope: string): boolean {
  if (isWrittenOut(iterable) || isEnum(subject, iterable, scope) || isFirstFew(iterable))
    return true;
  if (areFields(subject, iterable, scope) || holdsMembers(subject, iterable, scope)) return true;
  if (areParts(subject, iterable, scope) || isConstant(subject, iterable, scope)) return true;
  const viewed = viewedIn(iterable);
  if (viewed?.type === 'name') return isFewItems(subject, viewed, scope);
  if (isShort(subject, iterable, scope) || isOfFew(subject, iterable, scope)) return true;
  if (iterable.type === 'call' || iterable.type === 'await')
    return givesFew(subject, iterable, scope);
  if (iterable.type !== 'name') return false;
  if (isAppendedIn(functionOf(subject.db, scope)?.body ?? [], iterable.id)) return true;
  const traced = subject.evaluator.trace(iterable.id, scope);
  const values = (traced?.kind === 'bindings' ? traced.bindings : []).map((binding) =>
    binding.kind === 'value' && binding.unpack === undefined ? binding : undefined,
  );
  const isFew = (binding: (typeof values)[number]): boolean =>
    binding?.value !== undefined &&
    (isWrittenOut(binding.value) ||
      areParts(subject, binding.value, binding.scope) ||
      isOfFew(subject, binding.value, binding.scope) ||
      givesFew(subject, binding.value, binding.scope) ||
      holdsMembers(subject, binding.value, binding.scope));
  return (
    values.some(isFew) && values.every((one) => isFew(one) || (one?.value && isNothing(one.value)))
  );
}

/** `zip(FIELDS, values)` ends with the shortest of them; `get_args(Kind)` gives what an annotation spells out. */
function isShort(subject: Subject, iterable: Expression, scope: string): boolean {
  if (iterable.type !== 'call') return false;
  const name = subject.nameOf(iterable.callee, scope);
  if (name === 'typing.get_args') return true;
  return (
    name === 'builtins.zip' && iterable.args.some(({ value }) => isFewItems(subject, value, scope))
  );
}

/** `[one for one in FIELDS if one in values]`, `CONTROLS.get(framework, [])`. */
function isOfFew(subject: Subject, iterable: Expression, scope: string): boolean {
  if (iterable.type === 'comprehension') {
    const [clause, ...others] = iterable.clauses;
    if (clause === undefined || others.length > 0) return false;
    // Names are not followed: one may stand for what is made of itself, `rows = [row for row in rows if row.open]`.
    const { iterable: whole } = clause;
    return (
      isWrittenOut(whole) || areFields(subject, whole, scope) || isConstant(subject, whole, scope)
    );
  }
  return isConstantEntry(subject, iterable, scope);
}

/** What a constant holds for a key: `CONTROLS[framework]`, `CONTROLS.get(framework, [])`. */
function isConstantEntry(subject: Subject, expression: Expression, scope: string): boolean {
  if (expression.type === 'subscript')
    return expression.object.type === 'name' && isConstant(subject, expression.object, scope);
  const callee = expression.type === 'call' ? expression.callee : undefined;
  return (
    callee?.type === 'attribute' &&
    callee.name === 'get' &&
    callee.object.type === 'name' &&
    isConstant(subject, callee.object, scope)
  );
}

/** A list of members of an enum: `body.actions`. */
function holdsMembers(subject: Subject, expression: Expression, scope: string): boolean {
  const value = subject.meaningOf(expression, scope);
  return value?.kind === 'instance' && isInstanceOf(subject.evaluator, value.items, ENUMS);
}

function isWrittenOut(expression: Expression): boolean {
  if (expression.type === 'dict')
    return expression.entries.length > 0 && expression.entries.every(({ key }) => key);
  if (expression.type === 'conditional')
    return [expression.body, expression.orelse].every((one) => isNothing(one) || isWrittenOut(one));
  if (expression.type !== 'list' && expression.type !== 'tuple' && expression.type !== 'set')
    return false;
  return (
    expression.elements.length > 0 && expression.elements.every(({ type }) => type !== 'starred')
  );
}

/** `[]`: where it is not what one of two gives, something may be added to it. */
function isNothing(expression: Expression): boolean {
  const isSequence = expression.type === 'list' || expression.type === 'tuple';
  return isSequence && expression.elements.length === 0;
}

/** A list of the function's own that is begun with nothing and appended to, one thing after another. */
function isAppendedIn(body: readonly Statement[], name: string): boolean {
  const isBegun = [...ownStatements(body)].some(
    (one) => one.type === 'assign' && one.targets.some((target) => isNamed(target, name)),
  );
  return isBegun && isOnlyAppended(body, name, false);
}

function isOnlyAppended(
  statements: readonly Statement[],
  name: string,
  isRepeated: boolean,
): boolean {
  return statements.every((statement) => {
    if (isAppend(statement, name)) return !isRepeated;
    if (statement.type === 'return' && statement.value && isNamed(statement.value, name))
      return true;
    if (statement.type === 'assign' && statement.targets.some((target) => isNamed(target, name)))
      return statement.value !== undefined && isNothing(statement.value);
    const isGoneThrough = statement.type === 'for' && isNamed(statement.iterable, name);
    // Whoever else is given the list may add to it.
    if (!isGoneThrough && statement.type !== 'if' && mentionsIn(statement, name)) return false;
    const isLoop = statement.type === 'for' || statement.type === 'while';
    const isLater = statement.type === 'function' || statement.type === 'class';
    return suitesOf(statement).every((suite) =>
      isOnlyAppended(suite, name, isRepeated || isLoop || isLater),
    );
  });
}

/** `found.append(one)`. */
function isAppend(statement: Statement, name: string): boolean {
  if (statement.type !== 'expression' || statement.value.type !== 'call') return false;
  const { callee } = statement.value;
  return callee.type === 'attribute' && callee.name === 'append' && isNamed(callee.object, name);
}

function mentionsIn(statement: Statement, name: string): boolean {
  return expressionsIn(statement).some((expression) => namesIn(expression).includes(name));
}

function isNamed(expression: Expression, name: string): boolean {
  return expression.type === 'name' && expression.id === name;
}

/** `actions_of(mode)`, whose every `return` is written out. */
function givesFew(subject: Subject, given: Expression, scope: string): boolean {
  const expression = given.type === 'await' ? given.value : given;
  if (expression.type !== 'call') return false;
  const callee = subject.meaningOf(expression.callee, scope);
  return callee?.kind === 'function' && subject.db.get(returnsFew, callee.id);
}

/** By function id: whether it gives nothing but lists that it writes out. */
const returnsFew = defineQuery<boolean>('returns few', (db, id) => {
  const node = functionOf(db, id);
  const body = node?.body ?? [];
  const returned = returnsIn(body);
  const isFew = (one: Expression) =>
    isWrittenOut(one) || isNothing(one) || (one.type === 'name' && isAppendedIn(body, one.id));
  return returned.length > 0 && returned.every(isFew);
});

/** `orders[:5]`. */
function isFirstFew(iterable: Expression): boolean {
  const [index] = iterable.type === 'subscript' ? iterable.indices : [];
  const stop = index?.type === 'slice' ? index.parts.at(-1) : undefined;
  return stop?.type === 'number' && stop.end === index?.end && Number(stop.text) <= 10;
}

const ENUMS: ReadonlySet<string> = new Set(
  'Enum StrEnum IntEnum Flag IntFlag'.split(' ').map((name) => `enum.${name}`),
);

/** The members of an enum are as many as one can see. */
function isEnum(subject: Subject, iterable: Expression, scope: string): boolean {
  const members = membersOf(copiedIn(subject, iterable, scope) ?? iterable);
  const value = subject.meaningOf(members, scope);
  return value?.kind === 'class' && isBelow(subject.evaluator, value.class, ENUMS);
}

/** `Status` of `Status.__members__.values()`. */
function membersOf(expression: Expression): Expression {
  const members = viewedIn(expression) ?? expression;
  const isMembers = members.type === 'attribute' && members.name === '__members__';
  return isMembers ? members.object : expression;
}

const FIELDS =
  /^(?:pydantic\.BaseModel\.(?:model_dump|dict|model_fields|__fields__)|dataclasses\.(?:asdict|fields)|builtins\.vars)$/;

/** `values.items()` of `**values`, `body.model_dump().items()`: the fields of one object, or what one call was given. */
function areFields(subject: Subject, iterable: Expression, scope: string): boolean {
  const object = viewedIn(iterable) ?? iterable;
  if (areProperties(object)) return true;
  if (object.type === 'name' && isKeywords(subject, object.id, scope)) return true;
  const { expression, scope: inner } = writtenValue(subject, object, scope) ?? {
    expression: object,
    scope,
  };
  const head = headOf(expression);
  if (FIELDS.test(subject.nameOf(head, inner) ?? '') || isOfMapping(head)) return true;
  // Going through a model itself gives its fields: `for name, value in Settings():`.
  return isModel(subject.evaluator, subject.meaningOf(iterable, scope));
}

const CONSTANT = /^_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** What a program is made of or told once and for all: `BACKENDS`, `config.ADMINS`, `settings.admins`. */
function isConstant(subject: Subject, expression: Expression, scope: string): boolean {
  switch (expression.type) {
    case 'name': {
      if (expression.id.length < 2 || !CONSTANT.test(expression.id)) return false;
      if (subject.db.get(functionScope, scope).names[expression.id] !== undefined) return false;
      // An empty one is filled while the program runs.
      const traced = subject.evaluator.trace(expression.id, scope);
      const bindings = traced?.kind === 'bindings' ? traced.bindings : [];
      return !bindings.some((one) => one.kind === 'value' && one.value && isEmpty(one.value));
    }
    case 'attribute': {
      if (expression.name.length > 1 && CONSTANT.test(expression.name)) return true;
      const owner = subject.meaningOf(expression.object, scope);
      return owner?.kind === 'instance' && isSettingsClass(subject.evaluator, owner.class);
    }
    case 'call': {
      const inner = viewedIn(expression) ?? copiedIn(subject, expression, scope);
      return inner !== undefined && isConstant(subject, inner, scope);
    }
    default:
      return false;
  }
}

function isEmpty(expression: Expression): boolean {
  if (expression.type === 'dict') return expression.entries.length === 0;
  if (expression.type !== 'call' || expression.callee.type !== 'name') return isNothing(expression);
  return expression.args.length === 0 && /^(?:list|dict|set)$/.test(expression.callee.id);
}

const PARTS = /^pathlib\.(?:Pure)?(?:Posix|Windows)?Path\.(?:parts|parents)$/;

/** The parts of one path: `path.strip("/").split("/")`, `[part for part in path.split("/") if part]`, `Path(path).parts[:-1]`. */
function areParts(subject: Subject, expression: Expression, scope: string): boolean {
  switch (expression.type) {
    case 'comprehension': {
      const [clause] = expression.clauses;
      return (
        expression.clauses.length === 1 &&
        clause !== undefined &&
        areParts(subject, clause.iterable, scope)
      );
    }
    case 'subscript':
      return expression.indices[0]?.type === 'slice' && areParts(subject, expression.object, scope);
    case 'attribute':
      return PARTS.test(subject.nameOf(expression, scope) ?? '');
    case 'call': {
      const { callee, args } = expression;
      const [first] = args;
      if (first === undefined) return false;
      if (callee.type === 'attribute' && callee.name === 'split')
        return first.value.type === 'string' && /^[/\\.:]$/.test(first.value.value);
      const copied = copiedIn(subject, expression, scope);
      return copied !== undefined && areParts(subject, copied, scope);
    }
    default:
      return false;
  }
}

/** `row.__mapper__.relationships`, `Base.metadata.sorted_tables`: what a mapping or a schema consists of. */
function isOfMapping(expression: Expression): boolean {
  if (expression.type !== 'attribute' || expression.object.type !== 'attribute') return false;
  const { object, name } = expression;
  if (object.name === 'metadata') return name === 'sorted_tables' || name === 'tables';
  return object.name === '__mapper__' || object.name === '__table__';
}

/** `schema["properties"]` and `schema.get("properties", {})`: the fields that a JSON schema describes. */
function areProperties(object: Expression): boolean {
  const [key] =
    object.type === 'subscript'
      ? object.indices
      : object.type === 'call' && object.callee.type === 'attribute' && object.callee.name === 'get'
        ? object.args.map(({ value }) => value)
        : [];
  return key?.type === 'string' && key.value === 'properties';
}

/** `**values` of the function around. */
function isKeywords({ db }: Subject, name: string, scope: string): boolean {
  const parameters = db.get(functionSignature, scope)?.parameters ?? [];
  return parameters.some((one) => one.kind === '**' && one.name === name);
}
