/** Files that are opened on the event loop, and how to open them without holding it up. */
import { sitesOf } from '../python/sites.ts';
import type { Call, Statement, With } from '../syntax/nodes.ts';
import type { LoopCall } from './calls.ts';
import { canAwait, isFree, isUnderLock, type Plan } from './effects/loop.ts';
import type { Subject } from './subject.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Methods that an `anyio` file has as coroutines. */
const METHODS: ReadonlySet<string> = new Set(
  'read readline readlines write writelines seek tell flush truncate'.split(' '),
);

/**
 * `with open(path) as file: file.read()` becomes `async with await anyio.open_file(path) as file: await file.read()`.
 * Nothing where the file is used for more than its own methods and its lines: what takes it may know no other kind.
 */
export function openedAsync<FixId extends string>(
  subject: Subject,
  call: LoopCall,
  fix: FixId,
): Plan<FixId> | undefined {
  const statement = call.statements.at(-1);
  if (statement?.type !== 'with' || !canAwait(call) || isUnderLock(subject, call)) return undefined;
  if (!isFree(subject, 'anyio', call.scope)) return undefined;
  const opened = openEdits(subject, call, statement);
  const [item] = statement.items;
  if (opened === undefined || item?.target?.type !== 'name') return undefined;
  const uses = useEdits(subject, call, statement, item.target.id);
  if (uses === undefined) return undefined;
  return { fix, replace: [...opened, ...uses], imports: [{ module: 'anyio' }] };
}

function openEdits(subject: Subject, { node, name }: LoopCall, around: With): Edit[] | undefined {
  const [item, ...others] = around.items;
  if (around.isAsync || others.length > 0 || item?.context !== node) return undefined;
  const { callee, argsStart, args } = node;
  const head = { start: around.start, end: around.start, text: 'async ' };
  const replaced = (text: string): Edit[] => [
    head,
    { start: callee.start, end: argsStart + 1, text },
  ];
  if (name === 'builtins.open') return replaced('await anyio.open_file(');
  if (name !== 'pathlib.Path.open' || callee.type !== 'attribute') return undefined;
  const path = subject.textOf(callee.object);
  return replaced(`await anyio.open_file(${path}${args.length > 0 ? ', ' : ''}`);
}

/** What becomes of every use of the file; nothing when one of them can't be awaited. */
function useEdits(
  subject: Subject,
  { scope }: LoopCall,
  around: With,
  file: string,
): Edit[] | undefined {
  const { calls, names } = sitesOf(subject.db, subject.block);
  const edits: Edit[] = [];
  for (const { node, ...place } of names) {
    if (node.id !== file || isTarget(around, node.start)) continue;
    if (!isInside(place.scope, scope)) continue;
    const loop =
      place.use.kind === 'iterated' ? iteratedBy(place.statements, node.start) : undefined;
    const call = calls.find((one) => isMethodOf(one.node, node.start));
    if (place.scope !== scope || place.function === undefined) return undefined;
    if (node.start < around.start || node.start >= around.end) return undefined;
    if (loop !== undefined) edits.push({ start: loop, end: loop, text: 'async ' });
    else if (call !== undefined && canAwait(call)) edits.push(...awaited(subject, call.node));
    else return undefined;
  }
  return edits;
}

function isTarget(around: With, start: number): boolean {
  return around.items.some(({ target }) => target?.start === start);
}

function isInside(scope: string, outer: string): boolean {
  return scope === outer || scope.startsWith(`${outer}>`);
}

function iteratedBy(statements: readonly Statement[], start: number): number | undefined {
  const loop = statements.at(-1);
  return loop?.type === 'for' && !loop.isAsync && loop.iterable.start === start
    ? loop.start
    : undefined;
}

function isMethodOf({ callee }: Call, start: number): boolean {
  return (
    callee.type === 'attribute' &&
    callee.object.type === 'name' &&
    callee.object.start === start &&
    METHODS.has(callee.name)
  );
}

/** `await` in front, in parentheses where something is read from the result. */
export function awaited(subject: Subject, { start, end }: Call): Edit[] {
  const next = subject.textOf({ start: end, end: end + 200 });
  if (!/^\s*[.[(]/.test(next)) return [{ start, end: start, text: 'await ' }];
  return [
    { start, end: start, text: '(await ' },
    { start: end, end, text: ')' },
  ];
}

/** `upload.file.read()` becomes `await upload.read()`. */
export function readFromUpload<FixId extends string>(
  subject: Subject,
  call: LoopCall,
  fix: FixId,
): Plan<FixId> | undefined {
  const { callee } = call.node;
  // `UploadFile` has no `readlines`.
  if (callee.type !== 'attribute' || callee.name === 'readlines') return undefined;
  if (call.isCallback || !canAwait(call) || isUnderLock(subject, call)) return undefined;
  const file = callee.object;
  if (file.type !== 'attribute') return undefined;
  const past = { start: file.object.end, end: file.end, text: '' };
  return { fix, replace: [past, ...awaited(subject, call.node)], imports: [] };
}
