/** Which calls query a database, and which loops really repeat one. */
import { QUERIES } from '../knowledge/queries.ts';
import type { Loop } from '../python/sites.ts';
import type { Expression, Statement } from '../syntax/nodes.ts';
import { expressionsIn, ownExpressions, ownStatements, suitesOf } from '../syntax/walk.ts';
import type { NamedCall } from './calls.ts';
import type { Subject } from './subject.ts';

/** Whether a call sends something to a database and waits for it. */
export function isQuery(call: NamedCall): boolean {
  return QUERIES.has(call.name);
}

/** The loop that repeats a call once per item; nothing when the loop is one that is meant to (see `isDeliberate`). */
export function repeatingLoop(subject: Subject, call: NamedCall): Loop | undefined {
  const [innermost, ...outer] = [...call.loops].reverse();
  if (
    innermost === undefined ||
    [innermost, ...outer].some((loop) => isDeliberate(subject, loop, call))
  )
    return undefined;
  return innermost;
}

/** Loops over chunks, attempts and pages, streams, and loops that end with the first hit. */
function isDeliberate(subject: Subject, loop: Loop, call: NamedCall): boolean {
  if (loop.isAsync) return true;
  if (overChunks(loop) || overAttempts(loop) || overFixedItems(subject, loop, call.scope))
    return true;
  return loop.node.type === 'for' && endsAfter(loop.node.body, call.node.start);
}

/** A list that is written out, here or where its name is bound, has as many items as one can see. */
function overFixedItems(subject: Subject, { iterable }: Loop, scope: string): boolean {
  if (isWrittenOut(iterable)) return true;
  if (iterable.type !== 'name') return false;
  const traced = subject.evaluator.trace(iterable.id, scope);
  return (
    traced?.kind === 'bindings' &&
    traced.bindings.every(
      (binding) =>
        binding.kind === 'value' && binding.value !== undefined && isWrittenOut(binding.value),
    )
  );
}

function isWrittenOut(expression: Expression): boolean {
  if (expression.type !== 'list' && expression.type !== 'tuple' && expression.type !== 'set')
    return false;
  return (
    expression.elements.length > 0 && expression.elements.every(({ type }) => type !== 'starred')
  );
}

const CHUNK = /chunk|batch|page|slice|partition|window/i;
const ATTEMPT = /attempt|retry|retries|tries|^_+$/i;

function overChunks({ iterable, target }: Loop): boolean {
  if (iterable.type === 'call') {
    const { callee, args } = iterable;
    const name =
      callee.type === 'name' ? callee.id : callee.type === 'attribute' ? callee.name : '';
    // `range(0, n, size)` walks in steps.
    if (name === 'range' && args.length === 3) return true;
    if (CHUNK.test(name)) return true;
  }
  return namesOf(target).some((name) => CHUNK.test(name));
}

function overAttempts({ iterable, target }: Loop): boolean {
  if (namesOf(target).some((name) => ATTEMPT.test(name))) return true;
  if (iterable.type !== 'call' || iterable.callee.type !== 'name') return false;
  return (
    iterable.callee.id === 'range' && iterable.args.every(({ value }) => value.type === 'number')
  );
}

function namesOf(target: Expression): string[] {
  return [...ownExpressions(target)].flatMap((part) => (part.type === 'name' ? part.id : []));
}

/** Whether, after the statement at an offset, the body leaves the loop: at once, or as soon as there is a result. */
function endsAfter(body: readonly Statement[], offset: number): boolean {
  const index = body.findIndex((statement) => statement.start <= offset && offset < statement.end);
  const statement = body[index];
  if (statement === undefined) return false;
  const rest = body.slice(index + 1);
  if (rest.some(leaves) || statement.type === 'return') return true;
  const bound = statement.type === 'assign' ? statement.targets.flatMap(namesOf) : [];
  if (
    rest.some(
      (one) => one.type === 'if' && testsAny(one, bound) && [...ownStatements([one])].some(leaves),
    )
  )
    return true;
  return suitesOf(statement).some((suite) => endsAfter(suite, offset));
}

function leaves(statement: Statement): boolean {
  return statement.type === 'return' || statement.type === 'break';
}

function testsAny(statement: Statement, names: readonly string[]): boolean {
  return expressionsIn(statement).some((expression) =>
    namesOf(expression).some((name) => names.includes(name)),
  );
}
