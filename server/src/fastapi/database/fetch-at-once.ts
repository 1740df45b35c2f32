/** One query for all items of a loop instead of one for each, where the shape of the loop is plain. */
import { SELECTS } from '../../knowledge/relationships.ts';
import { classScope } from '../../python/bindings.ts';
import { nameOf } from '../../python/definitions.ts';
import { externalClassOf, lastPart } from '../../python/values.ts';
import type { Expression, For } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import type { NamedCall } from '../calls.ts';
import { isOrmClass } from '../classes.ts';
import { isFree, type Plan } from '../effects/loop.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { indentAt } from '../text.ts';

/**
 * `for item in items: product = db.get(Product, item.product_id)` gets its products before the loop, by one query with
 * `in_(...)`, and takes them out of a dict.
 */
export function fetchedAtOnce<FixId extends string>(
  subject: Subject,
  call: NamedCall,
  fix: FixId,
): Plan<FixId> | undefined {
  const { node, name, scope, loops, statements, isAwaited } = call;
  const [loop, ...others] = loops;
  const statement = statements.at(-1);
  if (lastPart(name) !== 'get' || loop?.node.type !== 'for' || others.length > 0) return undefined;
  if (statements.at(-2) !== loop.node || statement?.type !== 'assign') return undefined;
  const value =
    isAwaited && statement.value?.type === 'await' ? statement.value.value : statement.value;
  if (value !== node || statement.value === undefined || node.callee.type !== 'attribute')
    return undefined;
  const [model, key, ...more] = node.args;
  if (model === undefined || key === undefined || more.length > 0 || key.star) return undefined;
  if (key.name !== undefined || !isOfItem(key.value, loop.target)) return undefined;
  if (!canBeReadTwice(subject, loop.node, scope)) return undefined;
  const primary = primaryKeyOf(subject, model.value, scope);
  if (primary === undefined) return undefined;
  const kept = `${plural(primary.model)}_by_${primary.key}`;
  if (!isFree(subject, kept, scope) || !isFree(subject, 'one', scope)) return undefined;
  const text = (one: Expression) => subject.textOf(one);
  const ids = `[${text(key.value)} for ${text(loop.target)} in ${text(loop.iterable)}]`;
  const query = `select(${text(model.value)}).where(${text(model.value)}.${primary.key}.in_(${ids}))`;
  const session = text(node.callee.object);
  const given = `${isAwaited ? 'await ' : ''}${session}.scalars(${query})`;
  const indent = indentAt(subject, loop.node.start);
  const { start, end } = statement.value;
  const isThere = SELECTS.has(nameOfSelect(subject, scope));
  return {
    fix,
    replace: [
      {
        start: loop.node.start,
        end: loop.node.start,
        text: `${kept} = {one.${primary.key}: one for one in ${given}}\n${indent}`,
      },
      { start, end, text: `${kept}.get(${text(key.value)})` },
    ],
    imports: isThere ? [] : [{ module: 'sqlalchemy', name: 'select' }],
  };
}

function nameOfSelect(subject: Subject, scope: string): string {
  return subject.nameOf({ type: 'name', id: 'select', start: 0, end: 0 }, scope) ?? '';
}

/** The item, or an attribute of it. */
function isOfItem(key: Expression, target: Expression): boolean {
  if (key.type === 'attribute') return isOfItem(key.object, target);
  return key.type === 'name' && namesIn(target).includes(key.id);
}

const LISTS =
  /^(?:builtins\.|typing\.|collections\.abc\.)?(?:list|tuple|set|List|Tuple|Set|Sequence|Collection)$/;

/** A list by its name: going through it once more changes nothing. */
function canBeReadTwice(subject: Subject, { iterable }: For, scope: string): boolean {
  if (iterable.type !== 'name') return false;
  const value = subject.meaningOf(iterable, scope);
  return LISTS.test(externalClassOf(value) ?? '');
}

/** The one column that is the primary key of a mapped class. */
function primaryKeyOf(
  subject: Subject,
  model: Expression,
  scope: string,
): { readonly model: string; readonly key: string } | undefined {
  const { db, evaluator } = subject;
  const value = model.type === 'name' ? subject.meaningOf(model, scope) : undefined;
  if (value?.kind !== 'class' || value.class.kind !== 'project') return undefined;
  if (!isOrmClass(evaluator, value.class)) return undefined;
  const keys = evaluator.lineage(value.class).flatMap((one) =>
    one.kind !== 'project'
      ? []
      : Object.entries(db.get(classScope, one.id).names).flatMap(([name, [binding]]) => {
          const made = binding?.kind === 'value' ? binding.value : undefined;
          const isKey = made?.type === 'call' && argumentOf(made, 'primary_key')?.type === 'true';
          return isKey ? name : [];
        }),
  );
  const [key, ...others] = keys;
  if (key === undefined || others.length > 0) return undefined;
  return { model: nameOf(value.class.id), key };
}

/** `order_items` of `OrderItem`, `categories` of `Category`. */
function plural(model: string): string {
  const name = model.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
