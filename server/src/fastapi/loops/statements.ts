/** Loops whose items are statements, or the tables that statements are of: no query asks for several of them. */
import { QUERIES, SENDERS } from '../../knowledge/queries.ts';
import type { Loop } from '../../python/sites.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { mentions, namesIn } from '../../syntax/parts.ts';
import { ownExpressions, ownStatements } from '../../syntax/walk.ts';
import type { NamedCall } from '../calls.ts';
import type { Subject } from '../subject.ts';

export function overStatements(subject: Subject, loop: Loop, call: NamedCall): boolean {
  if (isToldTable(loop, call)) return true;
  if (!SENDERS.has(QUERIES.get(call.name) ?? '')) return false;
  const given = call.node.args[0]?.value;
  if (given === undefined) return false;
  const sent = unwrapped(subject, given, call.scope);
  // `for statement in script: db.execute(text(statement.strip()))`.
  if (isOfItem(subject, sent, loop, call.scope)) return true;
  const items = itemNames(loop);
  return [sent, ...boundTo(subject, sent, call.scope)].some(
    (one) =>
      isOfTable(subject, one, call.scope, items) ||
      namesTable(one, namesMadeOf(loop)) ||
      isForGroup(one, loop),
  );
}

/** The item, or a text that a method of it gives: `sql = statement.sql(dialect)`. */
function isOfItem(subject: Subject, sent: Expression, loop: Loop, scope: string): boolean {
  const isText = (one: Expression): boolean => {
    if (one.type === 'name') return namesIn(loop.target).includes(one.id);
    return one.type === 'call' && one.callee.type === 'attribute' && isText(one.callee.object);
  };
  return isText(sent) || boundTo(subject, sent, scope).some(isText);
}

/** The item and what is taken from it: `table_name = row[0]`. */
function itemNames(loop: Loop): ReadonlySet<string> {
  return namesFrom(loop, ({ type }) => type !== 'call');
}

/** The item and what is made of it, by whatever call: `table = quoted(name)`. */
function namesMadeOf(loop: Loop): ReadonlySet<string> {
  return namesFrom(loop, () => true);
}

function namesFrom(
  { node, target }: Loop,
  counts: (value: Expression) => boolean,
): ReadonlySet<string> {
  const items = new Set(namesIn(target));
  for (const statement of node.type === 'for' ? ownStatements(node.body) : []) {
    const [first] = statement.type === 'assign' ? statement.targets : [];
    if (statement.type !== 'assign' || first?.type !== 'name' || !statement.value) continue;
    if (counts(statement.value) && mentions(statement.value, items)) items.add(first.id);
  }
  return items;
}

/** What `text(...)` holds. */
export function unwrapped(subject: Subject, sent: Expression, scope: string): Expression {
  if (sent.type !== 'call' || subject.nameOf(sent.callee, scope) !== 'sqlalchemy.text') return sent;
  const [inner] = sent.args;
  if (inner === undefined) return sent;
  return inner.value;
}

/** What a name is bound to, in `text(...)` or not. */
export function boundTo(subject: Subject, sent: Expression, scope: string): Expression[] {
  const traced = sent.type === 'name' ? subject.evaluator.trace(sent.id, scope) : undefined;
  if (traced?.kind !== 'bindings') return [];
  return traced.bindings.flatMap((binding) =>
    binding.kind === 'value' && binding.value !== undefined
      ? unwrapped(subject, binding.value, binding.scope)
      : [],
  );
}

/** The item is the table, or names it: `connection.execute(table.delete())`, `db.execute(insert(tables[name]), rows)`. */
function isOfTable(
  subject: Subject,
  statement: Expression,
  scope: string,
  items: ReadonlySet<string>,
): boolean {
  let sent = statement;
  // `select(table).where(...)` begins with what it is of.
  while (sent.type === 'call' && sent.callee.type === 'attribute') {
    if (sent.callee.object.type !== 'call') break;
    sent = sent.callee.object;
  }
  if (sent.type !== 'call') return false;
  const { callee, args } = sent;
  const isBuilder = (subject.nameOf(callee, scope) ?? '').startsWith('sqlalchemy.');
  const isMethod =
    callee.type === 'attribute' && /^(?:select|insert|update|delete)$/.test(callee.name);
  const table = isBuilder ? args[0]?.value : isMethod ? callee.object : undefined;
  if (table === undefined) return false;
  if (table.type === 'subscript') return table.indices.some((one) => mentions(one, items));
  if (table.type !== 'name') return false;
  if (items.has(table.id)) return true;
  return boundTo(subject, table, scope).some(
    (one) => one.type === 'subscript' && mentions(one, items),
  );
}

/** The name may begin before the item: `FROM project_{name}.files`. */
const BEFORE_TABLE =
  /\b(?:from|into|join|update|(?:table|view)(?:\s+if\s+(?:not\s+)?exists)?|pragma\s+\w+\s*\(|describe|desc|analyze|truncate|vacuum|search_path\s+to|search_path\s*=)(?:\s*["'`[]?|\s+["'`[]?\w[\w.]*)$/i;

/** The item stands in the text where a table is named: `text(f"SELECT count(*) FROM {name}")`, `f'DROP TABLE "{schema}"."{name}"'`. */
function namesTable(statement: Expression, items: ReadonlySet<string>): boolean {
  return tablesIn(statement).some((table) => mentions(table, items));
}

/** What stands in the statement that a call sends where a table is named. */
export function tablesOf(subject: Subject, { node, scope }: NamedCall): Expression[] {
  const given = node.args[0]?.value;
  if (given === undefined) return [];
  const sent = unwrapped(subject, given, scope);
  return [sent, ...boundTo(subject, sent, scope)].flatMap(tablesIn);
}

function tablesIn(statement: Expression): Expression[] {
  if (statement.type !== 'fstring') return [];
  const { parts } = statement;
  const isAfterTable = (index: number): boolean => {
    const before = parts[index - 1];
    if (typeof before !== 'string') return false;
    return (
      BEFORE_TABLE.test(before) || (/^["`\]]?\.["`[]?$/.test(before) && isAfterTable(index - 2))
    );
  };
  return parts.flatMap((part, index) =>
    typeof part !== 'string' && isAfterTable(index) ? part : [],
  );
}

/**
 * Each statement is for a group of items, `for kind, ids in groups.items()`: `where(Row.id.in_(ids))`,
 * `statement_of(kind, *ids)`.
 */
function isForGroup(statement: Expression, loop: Loop): boolean {
  if (loop.target.type !== 'tuple') return false;
  const parts = namesIn(loop.target);
  const lists = listsOf(loop, parts);
  const isGroup = (value: Expression): boolean => {
    if (value.type === 'starred') return isGroup(value.value);
    if (value.type === 'call' && value.callee.type === 'attribute' && value.args.length === 0)
      return isGroup(value.callee.object);
    return value.type === 'name' && (parts.includes(value.id) || lists.has(value.id));
  };
  return [...ownExpressions(statement)].some((part) => {
    if (part.type !== 'call') return false;
    const isIn = part.callee.type === 'attribute' && part.callee.name === 'in_';
    return part.args.some(({ star, value }) => (isIn || star === '*') && isGroup(value));
  });
}

/** `ids` of `ids = [row.id for row in rows]`, `rows` being the group. */
function listsOf({ node }: Loop, parts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const statement of node.type === 'for' ? ownStatements(node.body) : []) {
    const [first] = statement.type === 'assign' ? statement.targets : [];
    const value = statement.type === 'assign' ? statement.value : undefined;
    const iterable = value?.type === 'comprehension' ? value.clauses[0]?.iterable : undefined;
    if (first?.type !== 'name' || iterable?.type !== 'name') continue;
    if (parts.includes(iterable.id)) found.add(first.id);
  }
  return found;
}

/** What is called is told which table it is about: `count_rows(table_name)`. */
function isToldTable(loop: Loop, { node }: NamedCall): boolean {
  const items = itemNames(loop);
  return node.args.some(
    ({ value }) => value.type === 'name' && /^table_?name$/i.test(value.id) && items.has(value.id),
  );
}
