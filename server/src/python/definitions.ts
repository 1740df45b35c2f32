/** Functions and classes, each known by an id that its text gives it: `path#block` or `path#block>inner~0`. */
import { defineQuery, type Reader } from '../query/database.ts';
import type { ClassDef, FunctionDef, Statement } from '../syntax/nodes.ts';
import { blockId, lowered, pathOfBlock } from '../syntax/source.ts';
import { ownStatements } from '../syntax/walk.ts';

export interface Definition {
  readonly id: string;
  readonly node: FunctionDef | ClassDef;
  /** The definition that it is nested in within its block; a member's class is `classOf`. */
  readonly parent: string | null;
}

/** By block id: every definition in the block, outer ones first. */
export const definitionsIn = defineQuery<readonly Definition[]>('definitions', (db, block) => {
  const found: Definition[] = [];
  const collect = (body: readonly Statement[], parent: string | null) => {
    const counts = new Map<string, number>();
    for (const statement of ownStatements(body)) {
      if (statement.type !== 'function' && statement.type !== 'class') continue;
      const count = counts.get(statement.name) ?? 0;
      counts.set(statement.name, count + 1);
      const isFirst = parent === null && found.length === 0;
      const id = definitionId(block, parent, statement.name, count, isFirst);
      found.push({ id, node: statement, parent });
      collect(statement.body, id);
    }
  };
  collect(db.get(lowered, block).body, null);
  return found;
});

/**
 * The id of the `count`th definition of that name in its parent. The first definition of a block is the block itself
 * when it has its name (and is not, say, inside the block's `if`).
 */
export function definitionId(
  block: string,
  parent: string | null,
  name: string,
  count: number,
  isFirst: boolean,
): string {
  if (isFirst) {
    const key = block.slice(block.lastIndexOf('#') + 1);
    const own = key.slice(key.lastIndexOf('/') + 1);
    if (own.startsWith(`${name}~`)) return block;
  }
  return `${parent ?? block}>${name}~${count}`;
}

const definitionsById = defineQuery<ReadonlyMap<string, Definition>>(
  'definitions by id',
  (db, block) => new Map(db.get(definitionsIn, block).map((one) => [one.id, one])),
);

/** The definition of an id, or nothing when its text has no such definition (any more). */
export function definitionOf(db: Reader, id: string): Definition | undefined {
  if (id.endsWith('#')) return undefined;
  return db.get(definitionsById, blockOf(id)).get(id);
}

export function functionOf(db: Reader, id: string): FunctionDef | undefined {
  const node = definitionOf(db, id)?.node;
  return node?.type === 'function' ? node : undefined;
}

/** The innermost function around a place in a block, its decorators and header too. */
export function functionAt(db: Reader, block: string, offset: number): string | undefined {
  return db
    .get(definitionsIn, block)
    .findLast(
      ({ node: { type, start, end } }) => type === 'function' && start <= offset && offset <= end,
    )?.id;
}

/** The scope of a module's own statements. */
export function moduleScopeId(path: string): string {
  return `${path}#`;
}

/** The block that a definition stands in. */
export function blockOf(id: string): string {
  const nested = id.indexOf('>', id.lastIndexOf('#'));
  return nested < 0 ? id : id.slice(0, nested);
}

export function pathOf(id: string): string {
  return pathOfBlock(blockOf(id));
}

/** The scope that a definition's header is read in: the definition around it, else its module. */
export function outerScopeOf(id: string): string {
  return enclosingOf(id) ?? moduleScopeId(pathOf(id));
}

/** The definition around another: its class for a method, its function for a nested one. */
export function enclosingOf(id: string): string | null {
  const hash = id.lastIndexOf('#');
  const nested = id.lastIndexOf('>');
  if (nested > hash) {
    const outer = id.slice(0, nested);
    return outer;
  }
  const slash = id.lastIndexOf('/');
  return slash > hash ? blockId(pathOfBlock(id), id.slice(hash + 1, slash)) : null;
}

/** The name at the end of an id. */
export function nameOf(id: string): string {
  const last = Math.max(id.lastIndexOf('>'), id.lastIndexOf('/'), id.lastIndexOf('#'));
  return id.slice(last + 1, id.lastIndexOf('~'));
}
