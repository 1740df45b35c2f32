/** Which loops really repeat a query, and which are meant to. */
import { QUERIES } from '../../knowledge/queries.ts';
import type { Loop } from '../../python/sites.ts';
import type { Expression, If, Statement } from '../../syntax/nodes.ts';
import { boundNames, lastName, mentions, namesIn } from '../../syntax/parts.ts';
import { expressionsIn, ownExpressions, ownStatements, suitesOf } from '../../syntax/walk.ts';
import type { NamedCall } from '../calls.ts';
import { queryKind } from '../databases.ts';
import { isInHandler } from '../effects/once.ts';
import type { Subject } from '../subject.ts';
import { looksForVectors, overKinds } from './by-name.ts';
import { isCarried, isGivenItsResult } from './carried.ts';
import { isFewItems } from './few-items.ts';
import { hasOwnDatabase, overConnections } from './own-databases.ts';
import { overStatements } from './statements.ts';

/**
 * The loop that repeats a call once per item; nothing when the loop is one that is meant to (see `isDeliberate`). Of a
 * call of the project's own the name is empty: only the loop itself can then tell that it is meant.
 */
export function repeatingLoop(subject: Subject, call: NamedCall): Loop | undefined {
  // Two turns of an inner loop for each of many items are many.
  const counted = call.loops.filter(
    (loop) => !isFewItems(subject, loop.iterable, call.scope) && !overKinds(loop),
  );
  return counted.some((loop) => isDeliberate(subject, loop, call)) ? undefined : counted.at(-1);
}

/** Loops over chunks, attempts and pages, streams, statements, and loops that end with the first hit. */
function isDeliberate(subject: Subject, loop: Loop, call: NamedCall): boolean {
  if (loop.isAsync || overConnections(loop, call)) return true;
  if (overChunks(subject, loop, call.scope) || overAttempts(subject, loop, call.scope)) return true;
  if (overFinished(subject, loop, call.scope)) return true;
  if (isEndless(subject, loop, call.scope) || overStatements(subject, loop, call)) return true;
  if (isNowAndThen(loop, call) || isExceptional(loop, call) || isCarried(loop, call)) return true;
  if (isReadAnew(loop, call) || isGivenItsResult(subject, loop, call)) return true;
  if (looksForVectors(loop, call)) return true;
  if (standsAlone(subject, loop, call) || hasOwnDatabase(loop, call)) return true;
  return loop.node.type === 'for' && endsAfter(loop.node.body, call.node.start);
}

/** `itertools.count()`: somebody counts until something is free or found. */
function isEndless(subject: Subject, { iterable }: Loop, scope: string): boolean {
  const name = iterable.type === 'call' ? subject.nameOf(iterable.callee, scope) : undefined;
  return name !== undefined && /^itertools\.(?:count|repeat|cycle)$/.test(name);
}

/** `done, _ = await asyncio.wait(tasks)`: what comes in, as it comes in. */
function overFinished(subject: Subject, { iterable }: Loop, scope: string): boolean {
  if (iterable.type === 'call')
    return subject.nameOf(iterable.callee, scope) === 'asyncio.as_completed';
  const traced = iterable.type === 'name' ? subject.evaluator.trace(iterable.id, scope) : undefined;
  return (
    traced?.kind === 'bindings' &&
    traced.bindings.some((binding) => {
      const value = binding.kind === 'value' ? binding.value : undefined;
      const call = value?.type === 'await' ? value.value : value;
      return (
        binding.kind === 'value' &&
        call?.type === 'call' &&
        subject.nameOf(call.callee, binding.scope) === 'asyncio.wait'
      );
    })
  );
}

/** `db.refresh(job)` of what is no item: the one row is read again, to see what others did to it meanwhile. */
function isReadAnew({ node, target }: Loop, { name, node: call }: NamedCall): boolean {
  const [first] = call.args;
  if (QUERIES.get(name) !== 'refresh' || first?.value.type !== 'name' || node.type !== 'for')
    return false;
  const { id } = first.value;
  const isBound = [...ownStatements(node.body)].some(
    (one) =>
      (one.type === 'assign' && one.targets.flatMap(boundNames).includes(id)) ||
      (one.type === 'for' && namesIn(one.target).includes(id)) ||
      (one.type === 'with' &&
        one.items.some((item) => item.target && namesIn(item.target).includes(id))),
  );
  return !isBound && !namesIn(target).includes(id);
}

/**
 * A commit in a `try` whose handler goes on with the next item, or in its `finally`, or what stands in a savepoint there: each
 * item is to survive alone.
 */
function standsAlone(subject: Subject, loop: Loop, call: NamedCall): boolean {
  const isEnd = queryKind(subject, call) === 'commit' || QUERIES.get(call.name) === 'refresh';
  if (!isEnd && !isInSavepoint(loop, call)) return false;
  return call.statements.some(
    (statement) =>
      statement.type === 'try' &&
      statement.start > loop.node.start &&
      (holds(statement.finalbody, call) ||
        (statement.handlers.length > 0 &&
          holds(statement.body, call) &&
          statement.handlers.every(({ body }) =>
            [...ownStatements(body)].every((one) => one.type !== 'raise' && !leaves(one)),
          ))),
  );
}

/** `with session.begin_nested():` in the loop. */
function isInSavepoint({ node }: Loop, { statements }: NamedCall): boolean {
  return statements.some(
    (statement) =>
      statement.type === 'with' &&
      statement.start > node.start &&
      statement.items.some(
        ({ context }) =>
          context.type === 'call' &&
          context.callee.type === 'attribute' &&
          context.callee.name === 'begin_nested',
      ),
  );
}

function holds(body: readonly Statement[], { node }: NamedCall): boolean {
  return body.some(({ start, end }) => start <= node.start && node.end <= end);
}

/** `if number % 1000 == 0: db.commit()`, `if len(rows) >= 500: ...`, `if waiting >= 100: ...`: once in a while, for many items together. */
function isNowAndThen(loop: Loop, call: NamedCall): boolean {
  const counters = countedIn(loop);
  return isUnder(loop, call, (condition) =>
    [...ownExpressions(condition)].some((part) => isEveryNth(part, counters)),
  );
}

/** In a branch of an `if` of the loop that has such a condition. */
function isUnder(
  { node }: Loop,
  call: NamedCall,
  test: (condition: Expression) => boolean,
): boolean {
  return call.statements.some(
    (statement) =>
      statement.type === 'if' &&
      statement.start > node.start &&
      statement.branches.some(({ condition, body }) => holds(body, call) && test(condition)),
  );
}

function isEveryNth(part: Expression, counters: ReadonlySet<string>): boolean {
  if (part.type === 'binary') return part.operator === '%';
  if (part.type !== 'compare' || !part.operators.includes('>=')) return false;
  return part.operands.some(
    (one) =>
      (one.type === 'call' && one.callee.type === 'name' && one.callee.id === 'len') ||
      (one.type === 'name' && counters.has(one.id)),
  );
}

/** Done for the one item that has a name, `if name == "total":`, or where something failed. */
function isExceptional(loop: Loop, call: NamedCall): boolean {
  if (isInHandler(call)) return true;
  return isUnder(
    loop,
    call,
    (condition) => isForOne(condition, loop) || isFailure(condition, loop),
  );
}

/** `if isinstance(result, BaseException):`, of what `gather(..., return_exceptions=True)` gave. */
function isFailure(condition: Expression, { target }: Loop): boolean {
  if (condition.type !== 'call' || lastName(condition.callee) !== 'isinstance') return false;
  const [given, type] = condition.args.map(({ value }) => value);
  return (
    given?.type === 'name' &&
    boundNames(target).includes(given.id) &&
    type !== undefined &&
    /^(?:Base)?Exception$/.test(lastName(type))
  );
}

/** Of several names it takes a text to tell which: `for field, value in changes.items(): if field == "team" and value:`. */
function isForOne(condition: Expression, loop: Loop): boolean {
  if (condition.type === 'boolean' && condition.operator === 'and')
    return isForOne(condition.left, loop) || isForOne(condition.right, loop);
  if (condition.type !== 'compare' || condition.operators.length !== 1) return false;
  if (condition.operators[0] !== '==') return false;
  const items = boundNames(loop.target);
  const isText = condition.operands.some(({ type }) => type === 'string');
  return (
    (isText || loop.target.type === 'name') &&
    condition.operands.some((one) => one.type === 'name' && items.includes(one.id))
  );
}

/** What a loop counts: `waiting += 1`. */
function countedIn({ node }: Loop): ReadonlySet<string> {
  const statements = node.type === 'for' ? [...ownStatements(node.body)] : [];
  return new Set(
    statements.flatMap((one) =>
      one.type === 'augassign' && one.operator.startsWith('+') && one.target.type === 'name'
        ? one.target.id
        : [],
    ),
  );
}

const CHUNK = /chunk|batch|page|slice|partition|window/i;
const ATTEMPT = /attempt|retry|retries|tries|^_+$/i;

function overChunks(subject: Subject, { iterable, target }: Loop, scope: string): boolean {
  if (iterable.type === 'call' && CHUNK.test(lastName(iterable.callee))) return true;
  const numbers = rangeOf(subject, iterable, scope);
  // `range(0, n, size)` walks in steps.
  if (numbers?.length === 3) return true;
  if (numbers?.some((value) => value.type === 'name' && CHUNK.test(value.id))) return true;
  if (iterable.type === 'name' && CHUNK.test(iterable.id)) return true;
  return namesIn(target).some((name) => CHUNK.test(name));
}

function overAttempts(subject: Subject, { iterable, target }: Loop, scope: string): boolean {
  if (namesIn(target).some((name) => ATTEMPT.test(name))) return true;
  return rangeOf(subject, iterable, scope)?.every(({ type }) => type === 'number') === true;
}

/** What a `range(...)` is given. */
function rangeOf(subject: Subject, iterable: Expression, scope: string): Expression[] | undefined {
  if (iterable.type !== 'call') return undefined;
  if (subject.nameOf(iterable.callee, scope) !== 'builtins.range') return undefined;
  return iterable.args.map(({ value }) => value);
}

/** Whether, after the statement at an offset, the body leaves the loop: at once, or as soon as there is a result. */
function endsAfter(body: readonly Statement[], offset: number, isTried = false): boolean {
  const index = body.findIndex((statement) => statement.start <= offset && offset < statement.end);
  const statement = body[index];
  if (statement === undefined) return false;
  const rest = body.slice(index + 1);
  if (rest.some(leaves) || statement.type === 'return') return true;
  if (!isTried && !goesOn(statement) && [statement, ...rest].some(({ type }) => type === 'raise'))
    return true;
  if (statement.type === 'if' && isTested(statement, offset)) return leavesInside(statement);
  const bound = new Set(boundBy(statement));
  for (const one of rest) {
    if (one.type === 'if' && testsAny(one, bound) && leavesInside(one)) return true;
    // What is made of the result stands for it: `row = result.first()`.
    if (one.type === 'assign' && testsAny(one, bound))
      for (const name of one.targets.flatMap(namesIn)) bound.add(name);
  }
  // What is raised in a `try` may be caught, and the loop goes on.
  const isCaught = isTried || (statement.type === 'try' && statement.handlers.length > 0);
  return suitesOf(statement).some((suite) => endsAfter(suite, offset, isCaught));
}

/** The names that hold what a statement found: of `cursor.execute(...)` the cursor. */
function boundBy(statement: Statement): string[] {
  if (statement.type === 'assign') return statement.targets.flatMap(namesIn);
  const value = statement.type === 'expression' ? statement.value : undefined;
  const call = value?.type === 'await' ? value.value : value;
  const callee = call?.type === 'call' ? call.callee : undefined;
  return callee?.type === 'attribute' && callee.object.type === 'name' ? [callee.object.id] : [];
}

/** It may go to the next item. */
function goesOn(statement: Statement): boolean {
  return [...ownStatements([statement])].some(({ type }) => type === 'continue');
}

function isTested({ branches }: If, offset: number): boolean {
  return branches.some(({ condition }) => condition.start <= offset && offset < condition.end);
}

function leavesInside(statement: Statement): boolean {
  return [...ownStatements([statement])].some(leaves);
}

function leaves(statement: Statement): boolean {
  return statement.type === 'return' || statement.type === 'break';
}

function testsAny(statement: Statement, names: ReadonlySet<string>): boolean {
  return expressionsIn(statement).some((expression) => mentions(expression, names));
}
