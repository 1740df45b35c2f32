import type { Expression, Statement } from './nodes.ts';

/** The suites of statements directly inside a statement, in source order; those of nested definitions included. */
export function suitesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.type) {
    case 'function':
    case 'class':
    case 'with':
      return [statement.body];
    case 'for':
    case 'while':
      return [statement.body, statement.orelse];
    case 'if':
      return [...statement.branches.map((branch) => branch.body), statement.orelse];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.orelse,
        statement.finalbody,
      ];
    case 'match':
      return statement.cases.map((one) => one.body);
    default:
      return [];
  }
}

/** The expressions directly in a statement (not those of nested suites), in source order. */
export function expressionsIn(statement: Statement): readonly Expression[] {
  switch (statement.type) {
    case 'function':
      return [
        ...statement.decorators,
        ...statement.parameters.flatMap((parameter) => [
          ...(parameter.annotation ? [parameter.annotation] : []),
          ...(parameter.default ? [parameter.default] : []),
        ]),
        ...(statement.returns ? [statement.returns] : []),
      ];
    case 'class':
      return [...statement.decorators, ...statement.bases.map((base) => base.value)];
    case 'return':
      return statement.value ? [statement.value] : [];
    case 'assign':
      return [
        ...statement.targets,
        ...(statement.annotation ? [statement.annotation] : []),
        ...(statement.value ? [statement.value] : []),
      ];
    case 'augassign':
      return [statement.target, statement.value];
    case 'for':
      return [statement.target, statement.iterable];
    case 'while':
      return [statement.condition];
    case 'if':
      return statement.branches.map((branch) => branch.condition);
    case 'with':
      return statement.items.flatMap((item) => [
        item.context,
        ...(item.target ? [item.target] : []),
      ]);
    case 'try':
      return statement.handlers.flatMap((handler) => handler.exception ?? []);
    case 'raise':
      return [
        ...(statement.exception ? [statement.exception] : []),
        ...(statement.cause ? [statement.cause] : []),
      ];
    case 'expression':
      return [statement.value];
    case 'match':
      return [statement.subject, ...statement.cases.flatMap((one) => one.guard ?? [])];
    case 'delete':
    case 'assert':
      return statement.operands;
    case 'type-alias':
      return [statement.value];
    default:
      return [];
  }
}

/** The expressions directly inside an expression, in source order. A lambda's body counts as inside it. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.args.map((argument) => argument.value)];
    case 'fstring':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'list':
    case 'tuple':
    case 'set':
      return expression.elements;
    case 'dict':
      return expression.entries.flatMap((entry) =>
        entry.key ? [entry.key, entry.value] : [entry.value],
      );
    case 'comprehension':
      return [
        ...expression.clauses.flatMap((clause) => [
          clause.target,
          clause.iterable,
          ...clause.conditions,
        ]),
        expression.element,
        ...(expression.value ? [expression.value] : []),
      ];
    case 'lambda':
      return [
        ...expression.parameters.flatMap((parameter) => parameter.default ?? []),
        expression.body,
      ];
    case 'binary':
    case 'boolean':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'compare':
      return expression.operands;
    case 'conditional':
      return [expression.condition, expression.body, expression.orelse];
    case 'subscript':
      return [expression.object, ...expression.indices];
    case 'slice':
      return expression.parts;
    case 'starred':
    case 'await':
      return [expression.value];
    case 'yield':
      return expression.value ? [expression.value] : [];
    case 'walrus':
      return [expression.target, expression.value];
    default:
      return [];
  }
}

/** Every statement below, parents first, without entering nested functions and classes (they are given themselves). */
export function* ownStatements(body: readonly Statement[]): Generator<Statement> {
  // One generator with a stack of its own: one for each suite would hand every statement up through all of them.
  const todo: Statement[] = [];
  pushReversed(todo, body);
  for (let statement = todo.pop(); statement !== undefined; statement = todo.pop()) {
    yield statement;
    if (statement.type === 'function' || statement.type === 'class') continue;
    for (const suite of suitesOf(statement).toReversed()) pushReversed(todo, suite);
  }
}

/** An expression and all inside it, parents first, without entering lambda bodies. */
export function* ownExpressions(whole: Expression): Generator<Expression> {
  const todo: Expression[] = [whole];
  for (let expression = todo.pop(); expression !== undefined; expression = todo.pop()) {
    yield expression;
    const inside =
      expression.type === 'lambda'
        ? expression.parameters.flatMap((parameter) => parameter.default ?? [])
        : operandsOf(expression);
    pushReversed(todo, inside);
  }
}

/** One by one: a list of data may have more elements than a call may have arguments. */
function pushReversed<T>(todo: T[], items: readonly T[]): void {
  for (const item of items.toReversed()) todo.push(item);
}
