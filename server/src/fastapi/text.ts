/** How a block's text is laid out, for fixes that write lines. */
import { blockSource } from '../syntax/source.ts';
import type { Subject } from './subject.ts';

/** The white space before the statement at an offset; of what is not the first on its line, that of the line. */
export function indentAt({ db, block }: Subject, offset: number): string {
  const { text, lead } = db.get(blockSource, block);
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return line === 0 ? lead : (/^[ \t]*/.exec(text.slice(line))?.[0] ?? '');
}

/** The white space before a statement that is the first on its line; nothing for one that shares its line with another. */
export function lineIndent({ db, block }: Subject, offset: number): string | undefined {
  const { text } = db.get(blockSource, block);
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]+$/.test(before) ? before : undefined;
}
