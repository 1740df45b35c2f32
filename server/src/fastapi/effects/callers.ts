/**
 * The call graph read backwards: who runs a function, or hands it to somebody who may. It is made by question: only
 * files that spell the function's name are looked into, and what each block runs is a query without places, so that an
 * edit that changes nothing of it stays in its block.
 */
import { INJECTORS } from '../../knowledge/results.ts';
import { TAKERS, THREADS } from '../../knowledge/takers.ts';
import { definitionsIn, enclosingOf, nameOf, pathOf } from '../../python/definitions.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { knownFiles } from '../../python/modules.ts';
import { classSignature, functionSignature } from '../../python/signatures.ts';
import { type CallSite, type NameSite, type ReferenceSite, sitesOf } from '../../python/sites.ts';
import type { Value } from '../../python/values.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Call } from '../../syntax/nodes.ts';
import { allIds, fileShape, fileText } from '../../syntax/source.ts';
import { looksLikeTest, type Subject, subjectOf } from '../subject.ts';
import { subclassesOf } from './implementations.ts';
import { argumentAt, offloadedPart } from './offload.ts';
import { edgesIn, edgesOf } from './runs.ts';
import { calledFunctions } from './targets.ts';

/**
 * How a function comes to run: `runs` when its caller does, `later` on the event loop, in a `thread`, as a `background`
 * task or a `dependency` of FastAPI's, at `startup`; `elsewhere` for what is kept or handed to who knows whom.
 */
export type How =
  | 'runs'
  | 'later'
  | 'thread'
  | 'background'
  | 'dependency'
  | 'startup'
  | 'elsewhere';

export interface Caller {
  /** The function around, or the block of what a module or class does when it is made. */
  readonly from: string;
  readonly how: How;
}

export interface Outgoing extends Caller {
  readonly target: string;
}

/** By block id: functions that are named and not called. */
export const usesIn = defineQuery<readonly Outgoing[]>('uses in', (db, block) => {
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return [];
  const { calls, names, references } = sitesOf(db, block);
  return distinct([
    ...[...names, ...references].flatMap((site) => usesAt(subject, site)),
    ...calls.flatMap((site) => streamedBy(subject, site)),
  ]);
});

/** `StreamingResponse(lines())`: what is made here is gone through later, a plain generator in the thread pool. */
function streamedBy(subject: Subject, site: CallSite): Outgoing[] {
  const { use, node, scope } = site;
  if (use.kind !== 'argument' && use.kind !== 'assigned' && use.kind !== 'returned') return [];
  const value = subject.meaningOf(node.callee, scope);
  if (value?.kind !== 'function') return [];
  const signature = subject.db.get(functionSignature, value.id);
  if (signature?.isGenerator !== true || (signature.isAsync && use.kind === 'argument')) return [];
  const taker = use.kind === 'argument' ? subject.nameOf(use.call.callee, scope) : undefined;
  const isStream = taker !== undefined && /\.(?:Streaming|EventSource)Response$/.test(taker);
  const from = site.function || site.lambda ? scope : subject.block;
  return calledFunctions(subject, value).map((target) => ({
    from,
    target,
    how: isStream ? 'thread' : 'elsewhere',
  }));
}

function usesAt(subject: Subject, site: NameSite | ReferenceSite): Outgoing[] {
  const { use, node, scope } = site;
  if (use.kind === 'operand' || use.kind === 'dropped') return [];
  const value = subject.meaningOf(node, scope);
  if (value === undefined) return [];
  const how = use.kind === 'argument' ? howHanded(subject, use.call, site) : howUsed(subject, site);
  if (how === undefined || !isCallable(value, how)) return [];
  const from = site.function || site.lambda ? scope : subject.block;
  return calledFunctions(subject, value).map((target) => ({ from, target, how }));
}

/** A class or an object that is only mentioned is not called. */
function isCallable(value: Value, how: How): boolean {
  if (value.kind === 'function') return true;
  return how !== 'elsewhere' || (value.kind === 'instance' && value.wraps !== undefined);
}

function howHanded(
  subject: Subject,
  call: Call,
  { node, scope }: NameSite | ReferenceSite,
): How | undefined {
  if (offloadedPart(subject, call, scope) === node) return 'thread';
  const name = subject.nameOf(call.callee, scope) ?? '';
  const taker = TAKERS[name];
  // It is a call of its own.
  if (taker !== undefined && argumentAt(call, taker) === node) return undefined;
  const thread = THREADS[name];
  if (thread !== undefined && argumentAt(call, thread) === node) return thread.how;
  if (INJECTORS.has(name)) return 'dependency';
  if (name === 'functools.partial') return undefined;
  const method = call.callee.type === 'attribute' ? call.callee.name : '';
  if (method === 'add_event_handler') return 'startup';
  const isLifespan = call.args.some(({ name, value }) => name === 'lifespan' && value === node);
  return isLifespan ? 'startup' : 'elsewhere';
}

function howUsed(subject: Subject, { use, statements }: NameSite | ReferenceSite): How | undefined {
  if (use.kind === 'entered' || use.kind === 'iterated' || use.kind === 'tested') return undefined;
  const statement = statements.at(-1);
  const text = statement === undefined ? '' : subject.textOf(statement);
  return use.kind === 'collected' && /\bon_(?:startup|shutdown)\s*=\s*\[/.test(text)
    ? 'startup'
    : 'elsewhere';
}

/** By path: everything that its code runs or hands on, without places. */
const outgoing = defineQuery<readonly Outgoing[]>('outgoing', (db, path) =>
  allIds(db.get(fileShape, path)).flatMap((block) => db.get(blockOutgoing, block)),
);

const blockOutgoing = defineQuery<readonly Outgoing[]>('block outgoing', (db, block) => {
  const wrapped = db
    .get(definitionsIn, block)
    .flatMap(({ id, node }) =>
      node.type === 'function' && node.decorators.length > 0 ? db.get(edgesOf, id) : [],
    );
  const runs = [...db.get(edgesIn, block), ...wrapped].map(
    ({ from, target, isLater }): Outgoing => ({ from, target, how: isLater ? 'later' : 'runs' }),
  );
  return distinct([...runs, ...db.get(usesIn, block)]);
});

function distinct(all: readonly Outgoing[]): Outgoing[] {
  return [...new Map(all.map((one) => [`${one.how} ${one.from} ${one.target}`, one])).values()];
}

/** By `function id`, a line end and a path. */
const callersInFile = defineQuery<readonly Caller[]>('callers in file', (db, key) => {
  const [target = '', path = ''] = key.split('\n');
  return db
    .get(outgoing, path)
    .filter((one) => one.target === target)
    .map(({ from, how }) => ({ from, how }));
});

/** By function id: who runs it, or hands it on, in the project's own code; tests do not count. */
export const callersOf = defineQuery<readonly Caller[]>('callers', (db, id) => [
  ...callersOneByOne(db, id),
]);

/** The same, for who may need only some of them: a file is read when it is its turn. */
export function* callersOneByOne(db: Reader, id: string): Generator<Caller> {
  const paths = new Set(spellingsOf(db, id).flatMap((name) => filesWith(db, name)));
  // Its own file has been read.
  const own = pathOf(id);
  const rest = [...paths].filter((path) => path !== own).sort();
  for (const path of [...(paths.has(own) ? [own] : []), ...rest])
    yield* db.get(callersInFile, `${id}\n${path}`);
}

/** The names by which code that runs a function may reach it. */
function spellingsOf(db: Reader, id: string): readonly string[] {
  const own = nameOf(id);
  const owner = enclosingOf(id);
  if (owner === null) return [own];
  if (db.get(classSignature, owner) === null) return [own, ...spellingsOf(db, owner)];
  if (!/^__\w+__$/.test(own)) return [own];
  const below = subclassesOf(db, createEvaluator(db), owner) ?? [];
  // An object is called, or entered, by any name: its module is at least imported.
  const module = /([^/]+?)(?:\/__init__)?\.py$/.exec(pathOf(id))?.[1] ?? '';
  return [nameOf(owner), ...below.map(nameOf), ...(own === '__init__' ? [] : [module])];
}

const SHARDS = 32;

/** By number: a part of the files that serve requests, with their texts. */
const shard = defineQuery<readonly (readonly [string, string])[]>('shard', (db, number) =>
  [...db.get(knownFiles, '')]
    .filter((path) => shardOf(path) === Number(number) && !db.get(looksLikeTest, path))
    .map((path): [string, string] => [path, db.get(fileText, path)]),
);

function shardOf(path: string): number {
  let hash = 0;
  for (let at = 0; at < path.length; at++) hash = (hash * 31 + path.charCodeAt(at)) | 0;
  return Math.abs(hash) % SHARDS;
}

/** By `number:name`: the files of a part that have the word. */
const shardFilesWith = defineQuery<readonly string[]>('files with', (db, key) => {
  const colon = key.indexOf(':');
  const name = key.slice(colon + 1);
  // What else a name may have in it is no letter to a regular expression.
  const word = /^\w+$/.test(name) ? new RegExp(`\\b${name}\\b`) : undefined;
  return db
    .get(shard, key.slice(0, colon))
    .flatMap(([path, text]) => (text.includes(name) && word?.test(text) !== false ? path : []));
});

function filesWith(db: Reader, name: string): string[] {
  return Array.from({ length: SHARDS }, (_, number) =>
    db.get(shardFilesWith, `${number}:${name}`),
  ).flat();
}
