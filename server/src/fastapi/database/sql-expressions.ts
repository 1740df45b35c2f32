/** Expressions that SQLAlchemy turns into SQL, and Python's own operators where they can't become SQL. */
import { classScope } from '../../python/bindings.ts';
import { functionOf } from '../../python/definitions.ts';
import type { ClassRef } from '../../python/values.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { isBelow, isOrmClass } from '../classes.ts';
import type { Subject } from '../subject.ts';

export interface Misused {
  readonly kind: 'boolean' | 'negation' | 'identity' | 'membership' | 'chain';
  readonly at: Expression;
  /** As it is written: `and`, `not`, `is not`, `in`. */
  readonly operator: string;
  /** The column, or condition, that Python asks. */
  readonly asked: Expression;
}

const CONDITIONS: ReadonlySet<string> = new Set(['where', 'filter', 'having']);
const JOINERS =
  /^sqlalchemy\.(?:sql\.)?(?:expression\.)?(?:and_|or_|not_)$|^sqlmodel\.(?:and_|or_|not_)$/;

/** What an argument is that Python may have a word in. */
const DECIDED: ReadonlySet<string> = new Set('boolean unary compare conditional binary'.split(' '));

/** The arguments of a call that are conditions, as far as Python may decide them: those of `where`, `filter`, `having`, `and_`, `or_`. */
export function conditionsOf(
  subject: Subject,
  { node, scope }: { readonly node: Call; readonly scope: string },
): Call['args'] {
  const { callee } = node;
  const args = node.args.filter(
    ({ name, star, value }) => name === undefined && star === undefined && DECIDED.has(value.type),
  );
  if (args.length === 0) return [];
  const isMethod = callee.type === 'attribute' && CONDITIONS.has(callee.name);
  if (!isMethod && !JOINERS.test(subject.nameOf(callee, scope) ?? '')) return [];
  return args;
}

/** The first of Python's operators in a condition that asks a column, or a condition, instead of becoming SQL. */
export function misusedIn(
  subject: Subject,
  expression: Expression,
  scope: string,
): Misused | undefined {
  const inside = (one: Expression) => misusedIn(subject, one, scope);
  switch (expression.type) {
    case 'boolean': {
      const { left, right, operator } = expression;
      if (isSql(subject, left, scope))
        return { kind: 'boolean', at: expression, operator, asked: left };
      return inside(left) ?? inside(right);
    }
    case 'unary':
      if (expression.operator === 'not' && isSql(subject, expression.operand, scope))
        return { kind: 'negation', at: expression, operator: 'not', asked: expression.operand };
      return inside(expression.operand);
    case 'conditional':
      return inside(expression.body) ?? inside(expression.orelse);
    case 'binary':
      return inside(expression.left) ?? inside(expression.right);
    case 'compare': {
      const [asked, other] = expression.operands;
      const [operator = ''] = expression.operators;
      if (asked === undefined || other === undefined) return undefined;
      if (expression.operators.length > 1) {
        const middle = expression.operands.slice(1, -1).find((one) => isSql(subject, one, scope));
        return middle && { kind: 'chain', at: expression, operator, asked: middle };
      }
      if (!isColumn(subject, asked, scope)) return undefined;
      if (operator === 'is' || operator === 'is not')
        return { kind: 'identity', at: expression, operator, asked };
      const isMember = operator === 'in' || operator === 'not in';
      return isMember ? { kind: 'membership', at: expression, operator, asked } : undefined;
    }
    default:
      return undefined;
  }
}

const BUILDERS =
  /^(?:sqlalchemy|sqlmodel)\.(?:sql\.)?(?:expression\.)?(?:func\.\w+|and_|or_|not_|exists)$/;

/** Whether an expression becomes SQL. Names are followed to what they are bound to, once. */
export function isSql(subject: Subject, expression: Expression, scope: string, hops = 1): boolean {
  const is = (one: Expression) => isSql(subject, one, scope, hops);
  switch (expression.type) {
    case 'attribute':
      return isColumn(subject, expression, scope);
    case 'call':
      if (BUILDERS.test(subject.nameOf(expression.callee, scope) ?? '')) return true;
      return expression.callee.type === 'attribute' && is(expression.callee.object);
    case 'compare':
      return (
        expression.operators.every((one) => /^(?:[=!<>]=|[<>])$/.test(one)) &&
        expression.operands.some(is)
      );
    case 'unary':
      return expression.operator !== 'not' && is(expression.operand);
    case 'binary':
      return is(expression.left) || is(expression.right);
    case 'name': {
      const traced = hops > 0 ? subject.evaluator.trace(expression.id, scope) : undefined;
      const [binding, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
      if (binding?.kind !== 'value' || binding.value === undefined || others.length > 0)
        return false;
      return binding.unpack === undefined && isSql(subject, binding.value, binding.scope, hops - 1);
    }
    default:
      return false;
  }
}

const TABLES: ReadonlySet<string> = new Set(['sqlalchemy.Table']);

/** `User.name` of a mapped class, `users.c.name` of a table. */
function isColumn(subject: Subject, expression: Expression, scope: string): boolean {
  if (expression.type !== 'attribute') return false;
  const { object, name } = expression;
  if (object.type === 'attribute' && (object.name === 'c' || object.name === 'columns')) {
    const table = subject.meaningOf(object.object, scope);
    return table?.kind === 'instance' && isBelow(subject.evaluator, table.class, TABLES);
  }
  const owner = subject.meaningOf(object, scope);
  return owner?.kind === 'class' && isMappedAttribute(subject, owner.class, name);
}

const COLUMNS: ReadonlySet<string> = new Set(
  ['mapped_column', 'relationship', 'column_property', 'composite', 'synonym', 'deferred']
    .map((name) => `sqlalchemy.orm.${name}`)
    .concat('sqlalchemy.Column', 'sqlmodel.Field', 'sqlmodel.Relationship'),
);

/** Whether reading an attribute of a mapped class gives SQL: a column or a relationship, no constant and no method. */
export function isMappedAttribute(subject: Subject, ref: ClassRef, name: string): boolean {
  const { evaluator, db } = subject;
  if (!isOrmClass(evaluator, ref)) return false;
  for (const one of evaluator.lineage(ref)) {
    const bindings = one.kind === 'project' ? db.get(classScope, one.id).names[name] : undefined;
    if (bindings === undefined) continue;
    const [binding, ...others] = bindings;
    if (binding?.kind !== 'value' || others.length > 0) return isDeclared(subject, binding);
    const { value, annotation, scope } = binding;
    if (value?.type === 'call' && COLUMNS.has(subject.nameOf(value.callee, scope) ?? ''))
      return true;
    if (annotation === undefined) return false;
    const head = annotation.type === 'subscript' ? annotation.object : annotation;
    if (subject.nameOf(head, scope) === 'sqlalchemy.orm.Mapped') return true;
    const isSqlModel = isBelow(evaluator, ref, new Set(['sqlmodel.SQLModel']));
    return isSqlModel && !/(?:^|\.)ClassVar$/.test(subject.nameOf(head, scope) ?? '');
  }
  return false;
}

/** `@declared_attr def created_at(cls): ...`. */
function isDeclared(
  subject: Subject,
  binding: { readonly kind: string; readonly id?: string } | undefined,
): boolean {
  const node = binding?.id === undefined ? undefined : functionOf(subject.db, binding.id);
  return (
    binding?.id !== undefined &&
    node !== undefined &&
    subject.evaluator.hasDecorator(binding.id, 'sqlalchemy.orm.declared_attr')
  );
}
