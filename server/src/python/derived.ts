/** What the names of a function are made of, whatever the order: by it one can tell what has nothing to do with what. */
import type { Expression, FunctionDef, Statement } from '../syntax/nodes.ts';
import { expressionsIn, operandsOf, suitesOf } from '../syntax/walk.ts';

/** Every name that an expression is made of, in the end. */
export type MadeOf = (expression: Expression) => ReadonlySet<string>;

/**
 * `query` of `query = select(Row).where(Row.id == key)` is made of `key`; so is `rows` of `rows.append(key)`, and a function that is
 * defined inside, of all that it mentions.
 */
export function madeOf({ body }: Pick<FunctionDef, 'body'>, isHolder: IsHolder): MadeOf {
  const sources = new Map<string, Set<string>>();
  const add = (name: string, names: Iterable<string>) => {
    const known = sources.get(name) ?? new Set();
    sources.set(name, known);
    for (const one of names) known.add(one);
  };
  visitBody(body, { add, isHolder });
  return (expression) => {
    const found = new Set(namesIn(expression));
    // A set is gone through in the order in which it grows.
    for (const name of found) for (const one of sources.get(name) ?? []) found.add(one);
    return found;
  };
}

/** Whether an object holds what is added to it, as a list does. */
export type IsHolder = (object: Expression) => boolean;

type Add = (name: string, names: Iterable<string>) => void;

interface Visit {
  readonly add: Add;
  readonly isHolder: IsHolder;
}

function visitBody(body: readonly Statement[], visit: Visit): void {
  for (const statement of body) visitStatement(statement, visit);
}

function visitStatement(statement: Statement, visit: Visit): void {
  const { add } = visit;
  for (const expression of expressionsIn(statement)) visitExpression(expression, add);
  for (const suite of suitesOf(statement)) visitBody(suite, visit);
  switch (statement.type) {
    case 'function':
      add(statement.name, namesBelow(statement.body));
      return;
    case 'assign':
      if (statement.value)
        for (const target of statement.targets) bind(target, namesIn(statement.value), add);
      return;
    case 'augassign':
      bind(statement.target, namesIn(statement.value), add);
      return;
    case 'for':
      bind(statement.target, namesIn(statement.iterable), add);
      return;
    case 'with':
      for (const { context, target } of statement.items)
        if (target) bind(target, namesIn(context), add);
      return;
    case 'match':
      for (const { binds } of statement.cases)
        for (const name of binds) add(name, namesIn(statement.subject));
      return;
    case 'expression':
      visitCall(statement.value, visit);
      return;
    default:
  }
}

const ADDS = /^(?:append|appendleft|add|extend|insert|update|setdefault|push|put|put_nowait)$/;

/** `rows.append(key)`. */
function visitCall(expression: Expression, { add, isHolder }: Visit): void {
  const call = expression.type === 'await' ? expression.value : expression;
  if (call.type !== 'call' || call.callee.type !== 'attribute') return;
  const { object, name } = call.callee;
  if (!ADDS.test(name) || !isHolder(object)) return;
  for (const { value } of call.args) bind(object, namesIn(value), add);
}

function visitExpression(expression: Expression, add: Add): void {
  if (expression.type === 'walrus') bind(expression.target, namesIn(expression.value), add);
  if (expression.type === 'comprehension')
    for (const { target, iterable } of expression.clauses) bind(target, namesIn(iterable), add);
  for (const operand of operandsOf(expression)) visitExpression(operand, add);
}

/** Of `row.name`, `row[key]` and `row` it is the row that holds it. */
function bind(target: Expression, names: readonly string[], add: Add): void {
  switch (target.type) {
    case 'name':
      add(target.id, names);
      return;
    case 'attribute':
      bind(target.object, names, add);
      return;
    case 'subscript':
      bind(target.object, [...names, ...target.indices.flatMap(namesIn)], add);
      return;
    case 'call':
      bind(target.callee, names, add);
      return;
    default:
      for (const operand of operandsOf(target)) bind(operand, names, add);
  }
}

function namesIn(expression: Expression): string[] {
  const own = expression.type === 'name' ? [expression.id] : [];
  return [...own, ...operandsOf(expression).flatMap(namesIn)];
}

/** Every name that statements mention, in nested definitions as well. */
export function namesBelow(body: readonly Statement[]): string[] {
  return body.flatMap((statement) => [
    ...expressionsIn(statement).flatMap(namesIn),
    ...suitesOf(statement).flatMap(namesBelow),
  ]);
}
