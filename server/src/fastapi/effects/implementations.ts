/**
 * What an abstract method, or one of a protocol, is when the program runs: the one function of the project that
 * implements it. Tests don't count: what stands in for something there serves no request.
 */

import { memberBlocks } from '../../python/bindings.ts';
import { enclosingOf, functionOf, nameOf, outerScopeOf } from '../../python/definitions.ts';
import { createEvaluator, type Evaluator } from '../../python/evaluate.ts';
import { knownFiles } from '../../python/modules.ts';
import { classSignature, functionSignature } from '../../python/signatures.ts';
import { projectInstance } from '../../python/values.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { headOf } from '../../syntax/parts.ts';
import { type BlockShape, fileShape, fileText } from '../../syntax/source.ts';
import { looksLikeTest } from '../subject.ts';

/** By method id: the function that a call of the method runs. Itself, where it is no abstract one; `null` where that is not known. */
const implementation = defineQuery<string | null>('implementation', (db, id) => {
  const owner = enclosingOf(id);
  if (owner === null || db.get(classSignature, owner) === null) return id;
  const evaluator = createEvaluator(db);
  const isLoose = isProtocol(db, evaluator, owner);
  if (!isLoose && !isAbstract(db, evaluator, id)) return id;
  const classes = subclassesOf(db, evaluator, owner);
  if (classes === null) return null;
  const fitting = isLoose ? classesLike(db, evaluator, owner, nameOf(id)) : [];
  const found = new Set<string>();
  for (const one of [...classes, ...fitting]) {
    const method = evaluator.attributeOf(projectInstance(one), nameOf(id));
    if (method?.kind !== 'function' || method.id === id) continue;
    const around = enclosingOf(method.id);
    const isPromise =
      isAbstract(db, evaluator, method.id) ||
      (around !== null && isProtocol(db, evaluator, around));
    if (!isPromise) found.add(method.id);
  }
  const [only] = found;
  return only !== undefined && found.size === 1 ? only : null;
});

export function implementationOf(db: Reader, functionId: string): string | null {
  return enclosingOf(functionId) === null ? functionId : db.get(implementation, functionId);
}

/** Whether others implement what a class says: a protocol, or one with abstract methods. */
export function isPort(db: Reader, classId: string): boolean {
  const evaluator = createEvaluator(db);
  return (
    isProtocol(db, evaluator, classId) ||
    memberBlocks(db, classId).some(
      ({ id, kind }) => kind === 'function' && isAbstract(db, evaluator, id),
    )
  );
}

function isProtocol(db: Reader, evaluator: Evaluator, classId: string): boolean {
  return (db.get(classSignature, classId)?.bases ?? []).some(({ name, value }) => {
    const head = value.type === 'subscript' ? value.object : value;
    const base = name === undefined ? evaluator.meaningOf(head, outerScopeOf(classId)) : undefined;
    return base?.kind === 'external' && /^typing(?:_extensions)?\.Protocol$/.test(base.name);
  });
}

function isAbstract(db: Reader, evaluator: Evaluator, id: string): boolean {
  return evaluator.hasDecorator(id, 'abc.abstractmethod') || db.get(isNotImplemented, id);
}

/** By method id: whether all that it does is to raise `NotImplementedError`. */
const isNotImplemented = defineQuery<boolean>('is not implemented', (db, id) => {
  const body = functionOf(db, id)?.body ?? [];
  const [last] = body.slice(-1);
  const isShort = body.length === 1 || (body.length === 2 && body[0]?.type === 'expression');
  if (!isShort || last?.type !== 'raise' || last.exception === undefined) return false;
  const head = headOf(last.exception);
  return head.type === 'name' && head.id === 'NotImplementedError';
});

interface ClassHead {
  /** `null` where the class is not one of the module's own statements. */
  readonly id: string | null;
  readonly bases: readonly string[];
}

/** Bounded: a bracket may never close. */
const HEAD = /^([ \t]*)class[ \t]+([\w\u0080-\uffff]+)[^\n(:]{0,200}\(([^)]{0,2000})\)/gm;

/** By path: the classes that have bases, with the last names of those; what a file imports under another name, under its own. */
const classHeads = defineQuery<readonly ClassHead[]>('class heads', (db, path) => {
  const text = db.get(fileText, path);
  if (!text.includes('class')) return [];
  const renamed = new Map<string, string>();
  for (const [, name = '', alias = ''] of text.matchAll(/\b(\w+)[ \t]+as[ \t]+(\w+)/g))
    renamed.set(alias, name);
  const own = new Map(db.get(fileShape, path).map(({ id }): [string, string] => [nameOf(id), id]));
  return [...text.matchAll(HEAD)].map(([, indent, name = '', bases = '']) => ({
    id: indent === '' ? (own.get(name) ?? null) : null,
    bases: [...bases.matchAll(/[\w\u0080-\uffff]+/g)].map(([base]) => renamed.get(base) ?? base),
  }));
});

/** Every class of the project that has bases, by their last names. */
const headsByBase = defineQuery<ReadonlyMap<string, readonly (string | null)[]>>(
  'heads by base',
  (db) => {
    const found = new Map<string, (string | null)[]>();
    for (const path of servingFiles(db))
      for (const { id, bases } of db.get(classHeads, path))
        for (const base of bases) add(found, base, id);
    return found;
  },
);

const headsOf = defineQuery<readonly (string | null)[]>(
  'heads of',
  (db, base) => db.get(headsByBase, '').get(base) ?? [],
);

/** The classes below a class, at any depth; `null` where one of them can't be told. */
export function subclassesOf(
  db: Reader,
  evaluator: Evaluator,
  classId: string,
): readonly string[] | null {
  const found = new Set<string>();
  const names = [nameOf(classId)];
  const seen = new Set(names);
  for (let name = names.pop(); name !== undefined; name = names.pop())
    for (const id of db.get(headsOf, name)) {
      if (id === null) return null;
      if (id === classId || found.has(id)) continue;
      const isBelow = evaluator
        .lineage({ kind: 'project', id })
        .some((one) => one.kind === 'project' && one.id === classId);
      if (!isBelow) continue;
      found.add(id);
      if (!seen.has(nameOf(id))) names.push(nameOf(id));
      seen.add(nameOf(id));
    }
  return [...found];
}

/** By path: the classes that define a method, by its name. */
const methodsIn = defineQuery<readonly (readonly [string, string])[]>('methods in', (db, path) =>
  db
    .get(fileShape, path)
    .flatMap(({ id, members }) =>
      members
        .filter(({ kind }) => kind === 'function')
        .map((member): [string, string] => [nameOf(member.id), id]),
    ),
);

const methodsByName = defineQuery<ReadonlyMap<string, readonly string[]>>(
  'methods by name',
  (db) => {
    const found = new Map<string, string[]>();
    for (const path of servingFiles(db))
      for (const [name, owner] of db.get(methodsIn, path)) add(found, name, owner);
    return found;
  },
);

const methodOwners = defineQuery<readonly string[]>(
  'method owners',
  (db, name) => db.get(methodsByName, '').get(name) ?? [],
);

/** The classes that define a method of a protocol and have all the others, with the same parameters. */
function classesLike(db: Reader, evaluator: Evaluator, port: string, method: string): string[] {
  const wanted = memberBlocks(db, port).filter(({ kind }) => kind === 'function');
  return db.get(methodOwners, method).filter((id) => {
    if (id === port || isProtocol(db, evaluator, id)) return false;
    return wanted.every((member) => isLike(db, evaluator, id, member));
  });
}

function isLike(db: Reader, evaluator: Evaluator, id: string, member: BlockShape): boolean {
  const own = evaluator.attributeOf(projectInstance(id), nameOf(member.id));
  if (own?.kind !== 'function') return false;
  return parametersOf(db, own.id) === parametersOf(db, member.id);
}

function parametersOf(db: Reader, id: string): string {
  return (db.get(functionSignature, id)?.parameters ?? []).map(({ name }) => name).join();
}

function servingFiles(db: Reader): string[] {
  return [...db.get(knownFiles, '')].filter((path) => !db.get(looksLikeTest, path));
}

function add<V>(found: Map<string, V[]>, key: string, value: V): void {
  const list = found.get(key);
  if (list === undefined) found.set(key, [value]);
  else list.push(value);
}
