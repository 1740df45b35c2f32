/** Where a file's imports are, and where one more belongs. */
import { type Binding, moduleScope } from '../python/bindings.ts';
import type { Reader } from '../query/database.ts';
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
  const text = db.get(fileText, path);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const { after, before } = neighbours(db, path, needed);
  if (after !== undefined) return { kind: 'insert', offset: after, text: newline + statement };
  if (before !== undefined) return { kind: 'insert', offset: before, text: statement + newline };
  const first = db.get(fileLayout, path)[0]?.start ?? text.length;
  return { kind: 'insert', offset: first, text: statement + newline + newline };
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

/** Where the new line goes among the imports at the top of the file: after the last one that sorts before it. */
function neighbours(
  db: Reader,
  path: string,
  needed: NeededImport,
): { after?: number; before?: number } {
  const layout = db.get(fileLayout, path);
  const shape: readonly BlockShape[] = db.get(fileShape, path);
  const isFrom = needed.name !== undefined;
  let after: number | undefined;
  let before: number | undefined;
  let head: number | undefined;
  for (const [index, block] of layout.entries()) {
    const statement: Statement | undefined = db.get(lowered, shape[index]?.id ?? '').body[0];
    const isDocstring =
      index === 0 && statement?.type === 'expression' && statement.value.type === 'string';
    if (isDocstring || (statement?.type === 'import-from' && statement.module === '__future__')) {
      head = block.end;
      continue;
    }
    if (statement?.type === 'import') {
      const sortsBefore = isFrom || (statement.names[0]?.name ?? '') < needed.module;
      if (sortsBefore) after = block.end;
      else before ??= block.start;
    } else if (statement?.type === 'import-from') {
      const sortsBefore = isFrom && statement.level === 0 && statement.module <= needed.module;
      if (sortsBefore) after = block.end;
      else before ??= block.start;
    } else break;
  }
  if (after !== undefined) return { after };
  if (before !== undefined) return { before };
  return head === undefined ? {} : { after: head };
}
