/** State of a module that requests change: each worker process has its own. */
import { definitionOf, definitionsIn } from '../../python/definitions.ts';
import { type FunctionSite, sitesOf } from '../../python/sites.ts';
import { externalClassOf } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, FunctionDef, Statement } from '../../syntax/nodes.ts';
import { allIds, fileShape } from '../../syntax/source.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { isHandler } from '../handlers.ts';
import { type Subject, subjectOf } from '../subject.ts';

export interface Mutation {
  readonly name: string;
  readonly functionId: string;
  readonly at: { readonly start: number; readonly end: number };
}

/** What changes a list, a set, a dict, a deque. */
const CHANGING: ReadonlySet<string> = new Set(
  (
    'append extend insert add update setdefault pop popitem remove discard clear sort reverse appendleft ' +
    'popleft extendleft'
  ).split(' '),
);
const CONTAINERS =
  /^(?:builtins\.(?:list|dict|set)|collections\.(?:defaultdict|OrderedDict|deque|Counter|ChainMap))$/;

/** What is meant to be each process's own, or to be none, by its name. */
const OWN_AFFAIR =
  /fake|mock|dummy|cache|memo|regist|lock|pool|thread|task|job|connection|socket|client|peer|subscri|listener|queue|session|metric|limit|seen/i;

/** By block id: what its path operations change of the module. */
const mutationsIn = defineQuery<readonly Mutation[]>('mutations', (db, block) => {
  const subject = subjectOf(db, block);
  return db
    .get(definitionsIn, block)
    .flatMap(({ id, node }) =>
      node.type === 'function' && isHandler(subject, id) ? mutationsOf(subject, id, node) : [],
    );
});

/** By path: the first place where a path operation changes each of them: one is enough to see what is wrong. */
const firstMutations = defineQuery<readonly Mutation[]>('first mutations', (db, path) => {
  const seen = new Set<string>();
  return allIds(db.get(fileShape, path))
    .flatMap((block) => db.get(mutationsIn, block))
    .filter(({ name }) => !seen.has(name) && seen.add(name));
});

/** What a path operation changes of the module, where no earlier one of the file does. */
export function firstMutationsIn(subject: Subject, { id }: FunctionSite): readonly Mutation[] {
  const own = subject.db
    .get(mutationsIn, subject.block)
    .some(({ functionId }) => functionId === id);
  if (!own) return [];
  return subject.db.get(firstMutations, subject.path).filter(({ functionId }) => functionId === id);
}

function mutationsOf(subject: Subject, id: string, node: FunctionDef): Mutation[] {
  const found: Mutation[] = [];
  const shared = new Set<string>();
  const guarded = [...ownStatements(node.body)].filter((one) => holdsLock(subject, one, id));
  const add = (target: Expression, kind: 'container' | 'counter') => {
    if (target.type !== 'name' || OWN_AFFAIR.test(target.id)) return;
    if (guarded.some(({ start, end }) => start < target.start && target.end < end)) return;
    if (!isOfModule(subject, target.id, id, kind)) return;
    const { start, end } = target;
    found.push({ name: target.id, functionId: id, at: { start, end } });
  };
  for (const statement of ownStatements(node.body)) {
    if (statement.type === 'global') for (const name of statement.names) shared.add(name);
    for (const target of targetsOf(statement)) {
      if (target.type === 'subscript') add(rootOf(target), 'container');
      else if (target.type === 'name' && statement.type === 'augassign' && shared.has(target.id))
        add(target, 'counter');
    }
  }
  for (const { node: call, scope } of sitesOf(subject.db, subject.block).calls) {
    const { callee } = call;
    if (scope === id && callee.type === 'attribute' && CHANGING.has(callee.name))
      add(rootOf(callee.object), 'container');
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Who takes a lock of the process knows that there are others in it, and means this one. */
function holdsLock(subject: Subject, statement: Statement, scope: string): boolean {
  return (
    statement.type === 'with' &&
    statement.items.some(({ context }) => {
      const lock = externalClassOf(subject.meaningOf(context, scope));
      return /^(?:asyncio|threading|anyio|multiprocessing)\./.test(lock ?? '');
    })
  );
}

function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.type === 'assign') return statement.targets;
  if (statement.type === 'augassign') return [statement.target];
  return statement.type === 'delete' ? statement.operands : [];
}

/** `orders` of `orders[user][0]`. */
function rootOf(expression: Expression): Expression {
  return expression.type === 'subscript' ? rootOf(expression.object) : expression;
}

/** A list, dict or set that a module makes; or a number that it counts with. */
function isOfModule(
  subject: Subject,
  name: string,
  scope: string,
  kind: 'container' | 'counter',
): boolean {
  const traced = subject.evaluator.trace(name, scope);
  if (traced?.kind !== 'bindings' || definitionOf(subject.db, traced.scope) !== undefined)
    return false;
  const values = traced.bindings.filter((binding) => binding.kind === 'value');
  const [first] = values;
  if (first?.value === undefined) return false;
  if (kind === 'counter') return first.value.type === 'number';
  if (values.length !== traced.bindings.length) return false;
  return values.every(({ value, scope: where }) => {
    if (value === undefined) return false;
    if (value.type === 'call') return CONTAINERS.test(subject.nameOf(value.callee, where) ?? '');
    return ['list', 'dict', 'set', 'comprehension'].includes(value.type);
  });
}
