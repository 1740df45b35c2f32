/** Requests to other servers that wait for each other for nothing. */
import { FETCHERS, FETCHES, READS_ON } from '../../knowledge/overlap.ts';
import { blockOf, functionOf } from '../../python/definitions.ts';
import type { FunctionSite } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { Assign, Call, Expression, Name, Statement } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import { ownExpressions, suitesOf } from '../../syntax/walk.ts';
import { isInstanceOf } from '../classes.ts';
import { awaitsIn, type Waiting } from '../effects/awaits.ts';
import { makesCoroutine } from '../effects/coroutines.ts';
import type { Plan } from '../effects/loop.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { indentAt } from '../text.ts';

interface Step {
  readonly statement: Assign;
  readonly target: Name;
  readonly call: Call;
}

/** Two or more steps of one suite, none of which needs what another gives. */
export type Row = readonly [Step, Step, ...Step[]];

/** The rows of awaits that only fetch from other servers, in an `async def`. */
export function rowsOfFetches(subject: Subject, { id, node }: FunctionSite): readonly Row[] {
  if (!node.isAsync || awaitsIn(node.body).length < 2) return [];
  return suitesIn(node.body).flatMap((suite) => rowsIn(subject, suite, id));
}

function suitesIn(suite: readonly Statement[]): readonly (readonly Statement[])[] {
  const inner = suite.flatMap((statement) =>
    statement.type === 'function' || statement.type === 'class'
      ? []
      : suitesOf(statement).flatMap(suitesIn),
  );
  return [suite, ...inner];
}

function rowsIn(subject: Subject, suite: readonly Statement[], id: string): Row[] {
  const rows: Step[][] = [];
  let row: Step[] = [];
  for (const statement of suite) {
    const step = stepOf(subject, statement, id);
    if (step !== undefined && row.every(({ target }) => isApart(step, target))) row.push(step);
    else {
      rows.push(row);
      row = step === undefined ? [] : [step];
    }
  }
  return [...rows, row].flatMap(([first, second, ...rest]): Row[] =>
    first && second ? [[first, second, ...rest]] : [],
  );
}

/** Neither reads the name nor gives it another value. */
function isApart({ target, call }: Step, { id }: Name): boolean {
  if (target.id === id) return false;
  return !namesIn(call).includes(id);
}

/** `name = await fetch(...)`. */
function stepOf(subject: Subject, statement: Statement, id: string): Step | undefined {
  if (statement.type !== 'assign' || statement.annotation !== undefined) return undefined;
  const { targets, value } = statement;
  const [target] = targets;
  if (targets.length !== 1 || target?.type !== 'name' || value?.type !== 'await') return undefined;
  const call = value.value;
  if (call.type !== 'call' || !isFetch(subject, call, id, LEVELS)) return undefined;
  // What is awaited among its arguments is waited for before.
  const isNested = call.args.some((one) =>
    [...ownExpressions(one.value)].some(({ type }) => type === 'await' || type === 'walrus'),
  );
  return isNested ? undefined : { statement, target, call };
}

/** How many functions of the project a request may lie behind. */
const LEVELS = 3;

function isFetch(subject: Subject, { callee }: Call, scope: string, level: number): boolean {
  const value = subject.meaningOf(callee, scope);
  if (value?.kind === 'external') return FETCHES.has(value.name);
  if (value?.kind !== 'function' || level === 0 || !makesCoroutine(subject, value)) return false;
  return subject.db.get(onlyFetches, `${level - 1}:${value.id}`);
}

/** By `level:function id`: whether all that an `async def` waits for is a request that reads, and there is one. */
const onlyFetches = defineQuery<boolean>('only fetches', (db, key) => {
  const colon = key.indexOf(':');
  const level = Number(key.slice(0, colon));
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  if (node === undefined) return false;
  const subject = subjectOf(db, blockOf(id));
  const waits = awaitsIn(node.body);
  const kinds = waits.map((one) => kindOf(subject, one, id, level));
  return kinds.includes('fetch') && !kinds.includes(undefined);
});

function kindOf(
  subject: Subject,
  wait: Waiting,
  id: string,
  level: number,
): 'fetch' | 'harmless' | undefined {
  if (wait.type === 'with') {
    const isClient = ({ context }: { readonly context: Expression }) =>
      isInstanceOf(subject.evaluator, subject.meaningOf(context, id), FETCHERS);
    return wait.items.every(isClient) ? 'harmless' : undefined;
  }
  if (wait.type !== 'await' || wait.value.type !== 'call') return undefined;
  if (isFetch(subject, wait.value, id, level)) return 'fetch';
  return READS_ON.has(subject.nameOf(wait.value.callee, id) ?? '') ? 'harmless' : undefined;
}

/** All of the row in one `asyncio.gather`. Nothing where something else stands in between. */
export function gathered<FixId extends string>(
  subject: Subject,
  row: Row,
  fix: FixId,
): Plan<FixId> | undefined {
  const [first] = row;
  const last = row[row.length - 1] ?? first;
  const span = { start: first.statement.start, end: last.statement.end };
  const isTight = row.slice(1).every(({ statement }, index) => {
    const before = row[index]?.statement.end ?? 0;
    return /^[ \t]*\r?\n[ \t]*$/.test(subject.textOf({ start: before, end: statement.start }));
  });
  if (!isTight) return undefined;
  const names = row.map(({ target }) => target.id).join(', ');
  const calls = row.map(({ call }) => subject.textOf(call));
  const indent = indentAt(subject, span.start);
  const line = `${names} = await asyncio.gather(${calls.join(', ')})`;
  const isLong = indent.length + line.length > 88 || line.includes('\n');
  const text = isLong
    ? `${names} = await asyncio.gather(\n${calls.map((one) => `${indent}    ${one},\n`).join('')}${indent})`
    : line;
  return { fix, replace: [{ ...span, text }], imports: [{ module: 'asyncio' }] };
}
