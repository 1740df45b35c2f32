/** Fields that are `None` by the time an object is sent: what has one is refused before, or it is taken out. */
import { returnsIn } from '../../python/signatures.ts';
import type { Expression, FunctionDef, Statement } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';

/** Whether all that a function returns is one of its own names, whose field is `None` wherever it does. */
export function sendsEmptied({ body }: FunctionDef, field: string): boolean {
  const returned = returnsIn(body);
  const [first] = returned;
  if (first?.type !== 'name') return false;
  const name = first.id;
  if (returned.some((one) => one.type !== 'name' || one.id !== name)) return false;
  const isField = (one: Expression | undefined) =>
    one?.type === 'attribute' &&
    one.name === field &&
    one.object.type === 'name' &&
    one.object.id === name;
  const emptied = body.find(
    (statement) =>
      statement.end <= first.start && (refuses(statement, isField) || clears(statement, isField)),
  );
  if (emptied === undefined) return false;
  // Nothing gives it, or the whole object, another value after that.
  return ![...ownStatements(body)].some(
    (statement) =>
      statement.start >= emptied.end &&
      statement.type === 'assign' &&
      statement.targets.some((one) => isField(one) || (one.type === 'name' && one.id === name)),
  );
}

type Test = (expression: Expression | undefined) => boolean;

/** `if data.password: raise ...`, `if data.password or data.password_repeat: raise ...`. */
function refuses(statement: Statement, isField: Test): boolean {
  const [branch] = statement.type === 'if' ? statement.branches : [];
  return (
    branch !== undefined &&
    branch.body.at(-1)?.type === 'raise' &&
    holdsFor(branch.condition, isField)
  );
}

/** Whether a condition holds whenever the field has a value. */
function holdsFor(condition: Expression, isField: Test): boolean {
  if (condition.type === 'boolean' && condition.operator === 'or')
    return holdsFor(condition.left, isField) || holdsFor(condition.right, isField);
  if (condition.type !== 'compare') return isField(condition);
  const [left, right] = condition.operands;
  return isField(left) && condition.operators[0] === 'is not' && right?.type === 'none';
}

/** `data.password = None`. */
function clears(statement: Statement, isField: Test): boolean {
  return (
    statement.type === 'assign' &&
    statement.value?.type === 'none' &&
    statement.targets.some(isField)
  );
}
