/** What a function does only once, or only when its caller asks for it. */
import type { Place } from '../../python/sites.ts';
import type { ExceptHandler, Expression, FunctionDef, If, Statement } from '../../syntax/nodes.ts';
import { isWithin } from '../../syntax/parts.ts';
import { expressionsIn, operandsOf, ownStatements } from '../../syntax/walk.ts';
import { classesCaught } from '../excepts.ts';
import type { Subject } from '../subject.ts';

/**
 * Tells what runs only until its result is kept: `if self._model is None: self._model = load()`, or after
 * `if key in CACHE: return CACHE[key]`, or `try: return CACHE[key]`.
 */
export function keptIn(
  subject: Subject,
  node: FunctionDef,
  kept = keepersIn(subject, node),
  sets = setsIn(subject, node),
): (place: Pick<Place, 'statements'>) => boolean {
  if (kept.size === 0 && sets.size === 0) return () => false;
  const lookups = lookupsIn(node);
  const isKept = (expression: Expression | undefined): boolean => {
    if (expression === undefined) return false;
    if (kept.has(subject.textOf(expression))) return true;
    const found = expression.type === 'name' ? lookups.get(expression.id) : expression;
    return found !== undefined && isKept(lookedUpIn(found));
  };
  /** Whether a condition says that something is kept (`there`), or that nothing is yet. */
  const says = (condition: Expression, there: boolean): boolean => {
    if (condition.type === 'unary' && condition.operator === 'not')
      return says(condition.operand, !there);
    if (there && isKept(condition)) return true;
    if (condition.type !== 'compare') return false;
    const [left, right] = condition.operands;
    const [operator] = condition.operators;
    if (right?.type === 'none') return operator === (there ? 'is not' : 'is') && isKept(left);
    if (operator !== (there ? 'in' : 'not in') || right === undefined) return false;
    return isKept(right) || sets.has(subject.textOf(right));
  };
  const given = new Set(node.parameters.map(({ name }) => name));
  /** `if key in CACHE: return CACHE[key]`, also where the caller may ask for it anew: `if not fresh: ...`. */
  const answers = (statement: Statement): boolean =>
    triesKept(subject, statement, kept) ||
    (statement.type === 'if' &&
      statement.branches.some(({ condition, body }) =>
        says(condition, true)
          ? body.some(({ type }) => type === 'return')
          : isAbout(condition, given) && body.some(answers),
      ));
  const answered = node.body.flatMap((statement) => (answers(statement) ? statement.end : []));
  return ({ statements }) => {
    const [outermost] = statements;
    return (
      isInBranch(statements, (condition) => says(condition, false)) ||
      isInElse(statements, (condition) => says(condition, true)) ||
      (outermost !== undefined && answered.some((end) => end <= outermost.start))
    );
  };
}

/** Of a loop: what is looked up once for each key. What an item itself keeps, it keeps for itself alone. */
export function keptByKeyIn(
  subject: Subject,
  node: FunctionDef,
): (place: Pick<Place, 'statements'>) => boolean {
  const targets = [...ownStatements(node.body)].flatMap((statement) =>
    statement.type === 'assign' ? statement.targets : [],
  );
  const entries = targets.flatMap((target) =>
    target.type === 'subscript' && target.object.type === 'name' ? target.object.id : [],
  );
  return keptIn(subject, node, new Set(entries), new Set());
}

/**
 * In a loop: `if user is None: user = find()`, and nothing there sets it back. What is assigned before the `if`, in the same
 * round, is another one in each.
 */
export function isKeptInName(
  body: readonly Statement[],
  { statements }: Pick<Place, 'statements'>,
): boolean {
  const all = [...ownStatements(body)];
  return isWithin(statements, (statement, inner) => {
    if (statement.type !== 'if' || !all.includes(statement)) return false;
    return branchWith(statement, inner).some((condition) => {
      const name = missing(condition);
      const sets = all.filter(
        (one) =>
          one.type === 'assign' &&
          one.targets.some((target) => target.type === 'name' && target.id === name),
      );
      const isMissing = (other: Expression) => missing(other) === name;
      const guards = all.filter(
        (one): one is If =>
          one.type === 'if' && one.branches.some((branch) => isMissing(branch.condition)),
      );
      return (
        sets.length > 0 &&
        sets.every((set) => guards.some(({ start, end }) => start <= set.start && set.end <= end))
      );
    });
  });
}

/** `user` of `user is None` and of `not user`. */
function missing(condition: Expression): string | undefined {
  if (condition.type === 'unary' && condition.operator === 'not')
    return condition.operand.type === 'name' ? condition.operand.id : undefined;
  if (condition.type !== 'compare' || condition.operators[0] !== 'is') return undefined;
  const [left, right] = condition.operands;
  return left?.type === 'name' && right?.type === 'none' ? left.id : undefined;
}

/** `cache` of `cache.get(key)`. */
function lookedUpIn(found: Expression): Expression | undefined {
  const expression = found.type === 'await' ? found.value : found;
  if (expression.type !== 'call' || expression.callee.type !== 'attribute') return undefined;
  const { object, name } = expression.callee;
  return name === 'get' ? object : undefined;
}

/** By name: the `cache.get(key)` that it is bound to, `found = cache.get(key)`. */
function lookupsIn({ body }: FunctionDef): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const statement of ownStatements(body)) {
    const [target] = statement.type === 'assign' ? statement.targets : [];
    if (statement.type !== 'assign' || target?.type !== 'name' || !statement.value) continue;
    // What is not found there is asked for after that, in the same words: `row = db.get(key)`.
    if (lookedUpIn(statement.value) !== undefined && !found.has(target.id))
      found.set(target.id, statement.value);
  }
  return found;
}

/** `try: return CACHE[key]`. */
function triesKept(subject: Subject, statement: Statement, kept: ReadonlySet<string>): boolean {
  const [only] = statement.type === 'try' ? statement.body : [];
  return (
    only?.type === 'return' &&
    only.value?.type === 'subscript' &&
    kept.has(subject.textOf(only.value.object))
  );
}

/** What outlives the call and is assigned by it: attributes, globals, entries of something, `self._cache.set(key, value)`. */
function keepersIn(subject: Subject, node: FunctionDef): ReadonlySet<string> {
  const kept = new Set<string>();
  const shared = new Set<string>();
  for (const statement of ownStatements(node.body)) {
    if (statement.type === 'global') for (const name of statement.names) shared.add(name);
    const cache = setOn(statement);
    if (cache !== undefined) kept.add(subject.textOf(cache));
    if (statement.type !== 'assign') continue;
    for (const target of statement.targets) {
      if (target.type === 'subscript') kept.add(subject.textOf(target.object));
      else if (target.type === 'attribute' || (target.type === 'name' && shared.has(target.id)))
        kept.add(subject.textOf(target));
    }
  }
  return kept;
}

/** `cache` of `cache.set(key, value)`, which is looked up before by `cache.get(key)`. */
function setOn(statement: Statement): Expression | undefined {
  const value = statement.type === 'expression' ? statement.value : undefined;
  const call = value?.type === 'await' ? value.value : value;
  if (call?.type !== 'call' || call.callee.type !== 'attribute') return undefined;
  return call.callee.name === 'set' && call.args.length > 1 ? call.callee.object : undefined;
}

/** What the function notes keys in: `known.add(key)`. */
function setsIn(subject: Subject, { body }: FunctionDef): ReadonlySet<string> {
  const sets = [...ownStatements(body)].flatMap((statement) => addedTo(statement) ?? []);
  return new Set(sets.map((set) => subject.textOf(set)));
}

function addedTo(statement: Statement): Expression | undefined {
  const call = statement.type === 'expression' ? statement.value : undefined;
  const isAdd =
    call?.type === 'call' && call.callee.type === 'attribute' && call.callee.name === 'add';
  return isAdd && call.callee.type === 'attribute' ? call.callee.object : undefined;
}

/**
 * Inside of an `if` about nothing but what the function is given: `if commit:`, `if user is None:`. A wrapper, which is
 * given anything (`*args, **kwargs`), has no other conditions.
 */
export function isUpToTheCaller(
  { parameters }: FunctionDef,
  { statements, node }: Pick<Place, 'statements'> & { readonly node?: Expression },
): boolean {
  const takesAnything = ['*', '**'].every((kind) => parameters.some((one) => one.kind === kind));
  if (takesAnything && isInBranch(statements, () => true)) return true;
  const given = new Set(parameters.map(({ name }) => name));
  if (isInBranch(statements, (condition) => isAbout(condition, given))) return true;
  const last = statements.at(-1);
  return (
    node !== undefined &&
    last !== undefined &&
    expressionsIn(last).some((part) => isGuarded(part, node, given))
  );
}

/** `check and find(...)`: what stands on the left says whether the right is looked at. */
function isGuarded(part: Expression, node: Expression, given: ReadonlySet<string>): boolean {
  if (part.start > node.start || part.end < node.end || part === node) return false;
  if (
    part.type === 'boolean' &&
    part.operator === 'and' &&
    part.right.start <= node.start &&
    isAbout(part.left, given)
  )
    return true;
  return operandsOf(part).some((one) => isGuarded(one, node, given));
}

function isAbout(condition: Expression, given: ReadonlySet<string>): boolean {
  switch (condition.type) {
    case 'name':
      return given.has(condition.id);
    case 'unary':
      return isAbout(condition.operand, given);
    case 'boolean':
      return isAbout(condition.left, given) || isAbout(condition.right, given);
    case 'compare':
      return (
        condition.operands.some(({ type }) => type === 'none') &&
        condition.operands.some((one) => one.type === 'name' && given.has(one.id))
      );
    default:
      return false;
  }
}

/** Inside of an `except`. */
export function isInHandler({ statements }: Pick<Place, 'statements'>): boolean {
  return isWithin(
    statements,
    (statement, inner) =>
      statement.type === 'try' && statement.handlers.some(({ body }) => body.includes(inner)),
  );
}

/** Whether a place is in a branch of an `if` with such a condition. */
function isInBranch(
  statements: readonly Statement[],
  test: (condition: Expression) => boolean,
): boolean {
  return isWithin(
    statements,
    (statement, inner) => statement.type === 'if' && branchWith(statement, inner).some(test),
  );
}

/** Whether a place is where none of the conditions of an `if` holds, one of them being such a condition. */
function isInElse(
  statements: readonly Statement[],
  test: (condition: Expression) => boolean,
): boolean {
  return isWithin(
    statements,
    (statement, inner) =>
      statement.type === 'if' &&
      statement.orelse.includes(inner) &&
      statement.branches.some(({ condition }) => test(condition)),
  );
}

function branchWith({ branches }: If, inner: Statement): readonly Expression[] {
  return branches.flatMap(({ condition, body }) => (body.includes(inner) ? condition : []));
}

/** In a `try` that catches something, or in what it does then: that it may fail is known. */
export function isTried({ statements }: Pick<Place, 'statements'>): boolean {
  return (
    isInHandler({ statements }) ||
    isWithin(
      statements,
      (statement, inner) =>
        statement.type === 'try' &&
        statement.body.includes(inner) &&
        statement.handlers.some(catchesLoopError),
    )
  );
}

/** An `except` written for what asyncio raises about loops; a broad one is for anything. */
function catchesLoopError(handler: ExceptHandler): boolean {
  return classesCaught(handler).some((one) => one.type === 'name' && one.id === 'RuntimeError');
}
