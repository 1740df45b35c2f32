/** Where a file's imports are, and where one more belongs. */

import { STDLIB_MODULES } from '../knowledge/stdlib.ts';
import { type Binding, moduleScope } from '../python/bindings.ts';
import { resolveModule } from '../python/modules.ts';
import type { Reader } from '../query/database.ts';
import type { Block } from '../syntax/blocks.ts';
import type { Statement } from '../syntax/nodes.ts';
import { type BlockShape, fileLayout, fileShape, fileText, lowered } from '../syntax/source.ts';
import type { NeededImport } from './rule.ts';

/** Lines to insert at a UTF-16 offset of the file. */
export interface ImportInsertion {
  readonly offset: number;
  readonly text: string;
}

interface Insertion {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
  readonly group: number;
}

/**
 * Plans imports of modules by their own names, or of some of their names: what is to be inserted, one entry a place.
 * `null` when a name means something else in this file.
 */
export function planImports(
  db: Reader,
  path: string,
  needed: readonly NeededImport[],
): readonly ImportInsertion[] | null {
  const statements = new Map<string, NeededImport>();
  for (const one of needed) {
    const bound = db.get(moduleScope, path).names[one.name ?? one.module];
    if (bound === undefined) statements.set(statementOf(one), one);
    else if (!bound.every((binding) => isImportOf(binding, one))) return null;
  }
  const sorted = [...statements].sort(([, a], [, b]) =>
    sortsBefore(lineOf(db, path, a), lineOf(db, path, b)) ? -1 : 1,
  );
  const places = new Map<number, { texts: string[]; last: Insertion }>();
  for (const [statement, one] of sorted) {
    const insertion = insertionOf(db, path, one);
    const place = places.get(insertion.offset);
    if (place === undefined) {
      places.set(insertion.offset, { texts: [insertion.before, statement], last: insertion });
    } else {
      place.texts.push(insertion.group === place.last.group ? '\n' : '\n\n', statement);
      place.last = insertion;
    }
  }
  const newline = db.get(fileText, path).includes('\r\n') ? '\r\n' : '\n';
  return [...places].map(([offset, { texts, last }]) => ({
    offset,
    text: `${texts.join('')}${last.after}`.replaceAll('\n', newline),
  }));
}

function statementOf({ module, name }: NeededImport): string {
  return name === undefined ? `import ${module}` : `from ${module} import ${name}`;
}

function lineOf(db: Reader, path: string, { module, name }: NeededImport): Omit<Line, 'block'> {
  return { isFrom: name !== undefined, group: groupOf(db, path, module), module };
}

function isImportOf(binding: Binding, { module, name }: NeededImport): boolean {
  if (binding.kind === 'module') return name === undefined && binding.module === module;
  return (
    binding.kind === 'from' &&
    binding.level === 0 &&
    binding.module === module &&
    binding.name === name
  );
}

interface Line {
  readonly block: Block;
  readonly isFrom: boolean;
  /** 0: Python's own, 1: other packages, 2: the project's own. */
  readonly group: number;
  readonly module: string;
}

/** The imports at the top of a file, and the end of what must stay above them. */
function importLines(db: Reader, path: string): { lines: Line[]; head: number | undefined } {
  const lines: Line[] = [];
  const shape: readonly BlockShape[] = db.get(fileShape, path);
  let head: number | undefined;
  for (const [index, block] of db.get(fileLayout, path).entries()) {
    const statement: Statement | undefined = db.get(lowered, shape[index]?.id ?? '').body[0];
    const isDocstring =
      index === 0 && statement?.type === 'expression' && statement.value.type === 'string';
    if (isDocstring || (statement?.type === 'import-from' && statement.module === '__future__')) {
      head = block.end;
    } else if (statement?.type === 'import') {
      const module = statement.names[0]?.name ?? '';
      lines.push({ block, isFrom: false, group: groupOf(db, path, module), module });
    } else if (statement?.type === 'import-from') {
      const { module, level } = statement;
      const group = level > 0 ? 2 : groupOf(db, path, module);
      lines.push({ block, isFrom: true, group, module });
    } else break;
  }
  return { lines, head };
}

function groupOf(db: Reader, path: string, module: string): number {
  if (STDLIB_MODULES.has(module.split('.')[0] ?? '')) return 0;
  return resolveModule(db, path, module) === null ? 1 : 2;
}

/**
 * Where the new line goes, as import sorters have it: Python's own first, plain imports before `from`, in the order of
 * the modules. Where no group of its kind is there, it makes one of its own.
 */
function insertionOf(db: Reader, path: string, needed: NeededImport): Insertion {
  const { lines, head } = importLines(db, path);
  const wanted = lineOf(db, path, needed);
  const { group } = wanted;
  const sameGroup = lines.filter((line) => line.group === group);
  const earlier = sameGroup.filter((line) => sortsBefore(line, wanted));
  const previous = earlier[earlier.length - 1];
  if (previous) return { group, offset: previous.block.end, before: '\n', after: '' };
  const [next] = sameGroup;
  if (next) return { group, offset: next.block.start, before: '', after: '\n' };
  const above = lines.filter((line) => line.group < group);
  const last = above[above.length - 1];
  if (last) return { group, offset: last.block.end, before: '\n\n', after: '' };
  const [first] = lines;
  if (first) return { group, offset: first.block.start, before: '', after: '\n\n' };
  if (head !== undefined) return { group, offset: head, before: '\n\n', after: '' };
  const start = db.get(fileLayout, path)[0]?.start ?? 0;
  return { group, offset: start, before: '', after: '\n\n' };
}

function sortsBefore(line: Omit<Line, 'block'>, wanted: Omit<Line, 'block'>): boolean {
  if (line.group !== wanted.group) return line.group < wanted.group;
  if (line.isFrom !== wanted.isFrom) return !line.isFrom;
  return line.module <= wanted.module;
}
