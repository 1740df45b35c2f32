/** Where a file's imports are, and where one more belongs. */

import { STDLIB_MODULES } from '../knowledge/stdlib.ts';
import { type Binding, moduleScope } from '../python/bindings.ts';
import { resolveModule } from '../python/modules.ts';
import type { Reader } from '../query/database.ts';
import type { Block } from '../syntax/blocks.ts';
import type { Statement } from '../syntax/nodes.ts';
import { type BlockShape, fileLayout, fileShape, fileText, lowered } from '../syntax/source.ts';
import type { NeededImport } from './rule.ts';

/** How the module is already called in a file, or where `import module` goes; `null` when its name means something else. */
export type ImportPlan =
  | { readonly kind: 'present' }
  | { readonly kind: 'insert'; readonly offset: number; readonly text: string };

/** Plans an import of a module by its own name, or of one of its names. */
export function planImport(db: Reader, path: string, needed: NeededImport): ImportPlan | null {
  const name = needed.name ?? needed.module;
  const bound = db.get(moduleScope, path).names[name];
  if (bound !== undefined)
    return bound.every((binding) => isImportOf(binding, needed)) ? { kind: 'present' } : null;
  const statement =
    needed.name === undefined
      ? `import ${needed.module}`
      : `from ${needed.module} import ${needed.name}`;
  const newline = db.get(fileText, path).includes('\r\n') ? '\r\n' : '\n';
  const { offset, before, after } = insertion(db, path, needed);
  const text = `${before}${statement}${after}`.replaceAll('\n', newline);
  return { kind: 'insert', offset, text };
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
function insertion(
  db: Reader,
  path: string,
  needed: NeededImport,
): { offset: number; before: string; after: string } {
  const { lines, head } = importLines(db, path);
  const wanted = {
    isFrom: needed.name !== undefined,
    group: groupOf(db, path, needed.module),
    module: needed.module,
  };
  const sameGroup = lines.filter((line) => line.group === wanted.group);
  const earlier = sameGroup.filter((line) => sortsBefore(line, wanted));
  const previous = earlier[earlier.length - 1];
  if (previous) return { offset: previous.block.end, before: '\n', after: '' };
  const [next] = sameGroup;
  if (next) return { offset: next.block.start, before: '', after: '\n' };
  const above = lines.filter((line) => line.group < wanted.group);
  const last = above[above.length - 1];
  if (last) return { offset: last.block.end, before: '\n\n', after: '' };
  const [first] = lines;
  if (first) return { offset: first.block.start, before: '', after: '\n\n' };
  if (head !== undefined) return { offset: head, before: '\n\n', after: '' };
  const start = db.get(fileLayout, path)[0]?.start ?? 0;
  return { offset: start, before: '', after: '\n\n' };
}

function sortsBefore(line: Omit<Line, 'block'>, wanted: Omit<Line, 'block'>): boolean {
  if (line.isFrom !== wanted.isFrom) return !line.isFrom;
  return line.module <= wanted.module;
}
