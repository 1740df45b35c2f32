/**
 * The call graph read backwards: who runs a function, or hands it to somebody who may. It is made by question: only
 * blocks that spell the function's name are looked into, and what each runs is a query without places, so that an
 * edit that changes nothing of it stays in its block.
 */
import { definitionsIn, enclosingOf, nameOf, pathOf } from '../../python/definitions.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { knownFiles } from '../../python/modules.ts';
import { classSignature } from '../../python/signatures.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { allIds, blockSource, fileShape, fileText } from '../../syntax/source.ts';
import { looksLikeTest } from '../subject.ts';
import { subclassesOf } from './implementations.ts';
import { edgesOf, runsIn } from './runs.ts';
import { type Caller, distinct, type Outgoing } from './uses.ts';

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
  const { edges, uses } = db.get(runsIn, block);
  const runs = [...edges, ...wrapped].map(
    ({ from, target, isLater }): Outgoing => ({ from, target, how: isLater ? 'later' : 'runs' }),
  );
  return distinct([...runs, ...uses]);
});

/**
 * By path and name: the blocks that may run a function of that name. All of them where a file does anything with it but import
 * and call it: then it may have another name.
 */
const blocksCalling = defineQuery<readonly string[]>('blocks calling', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  const blocks = allIds(db.get(fileShape, path));
  if (!/^\w+$/.test(name)) return blocks;
  if (ENTERED.test(name))
    return blocks.filter((id) =>
      /\bwith\b|__a?(?:enter|exit)__/.test(db.get(blockSource, id).text),
    );
  const says = saying(name);
  const kept = new RegExp(`\\b${name}\\b(?!\\()`);
  const found: string[] = [];
  for (const block of blocks) {
    const { text } = db.get(blockSource, block);
    if (!says(text)) continue;
    const isImport = /^(?:from|import)\b/.test(text) && !/\bas\b/.test(text);
    if (!isImport && kept.test(text)) return blocks;
    found.push(block);
  }
  return found;
});

/** What `with` calls, by whatever name the object goes. */
const ENTERED = /^__a?(?:enter|exit)__$/;

/** By `function id`, a line end and a path. */
const callersInFile = defineQuery<readonly Caller[]>('callers in file', (db, key) => {
  const [target = '', path = ''] = key.split('\n');
  const [name = '', ...others] = spellingsOf(db, target);
  const own = nameOf(target);
  const isByName = ENTERED.test(own) || (others.length === 0 && name === own);
  const all = isByName
    ? db.get(blocksCalling, `${path}\n${own}`).flatMap((block) => db.get(blockOutgoing, block))
    : db.get(outgoing, path);
  return all.filter((one) => one.target === target).map(({ from, how }) => ({ from, how }));
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
  const says = saying(name);
  return db.get(shard, key.slice(0, colon)).flatMap(([path, text]) => (says(text) ? path : []));
});

/** Whether a text says a name, as a word of its own. */
function saying(name: string): (text: string) => boolean {
  // What else a name may have in it is no letter to a regular expression.
  const word = /^\w+$/.test(name) ? new RegExp(`\\b${name}\\b`) : undefined;
  return (text) => text.includes(name) && word?.test(text) !== false;
}

function filesWith(db: Reader, name: string): string[] {
  return Array.from({ length: SHARDS }, (_, number) =>
    db.get(shardFilesWith, `${number}:${name}`),
  ).flat();
}
