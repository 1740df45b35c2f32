/** Moving an include below all that comes too late for it. */
import type { Reader } from '../../query/database.ts';
import {
  allIds,
  blockSource,
  fileShape,
  fileText,
  lowered,
  pathOfBlock,
} from '../../syntax/source.ts';
import type { LateEntry, ServedRoute } from './flatten.ts';

type Place = ServedRoute['at'];

export interface Move {
  /** The line that goes. */
  readonly from: Place;
  /** After which it is written again. */
  readonly to: Place;
  readonly text: string;
}

/**
 * How the include of a late entry comes after everything that is too late for it: where the include is a line of its
 * own in a module, and so is, further down in the same file, all the rest.
 */
export function includeMoved(
  db: Reader,
  late: readonly LateEntry[],
  one: LateEntry,
): Move | undefined {
  const { block, start } = one.include;
  const path = pathOfBlock(block);
  const own = late.filter(({ include }) => include.block === block && include.start === start);
  const order = allIds(db.get(fileShape, path));
  const places = own.map((entry) =>
    order.indexOf((entry.child ?? entry.routes[0]?.at)?.block ?? ''),
  );
  const [last] = places.toSorted((a, b) => b - a);
  const to = order[last ?? -1];
  if (to === undefined || places.some((place) => place <= order.indexOf(block))) return undefined;
  const [statement] = db.get(lowered, block).body;
  if (statement?.type !== 'expression' || statement.value.start !== start) return undefined;
  const { text } = db.get(blockSource, block);
  const lineEnd = lineEndAfter(db.get(fileText, path), text);
  const after = db.get(blockSource, to).text.length;
  const gap = db.get(lowered, to).body[0]?.type === 'expression' ? '\n' : '\n\n\n';
  return lineEnd === undefined
    ? undefined
    : {
        from: { block, start: 0, end: text.length + lineEnd.length },
        to: { block: to, start: after, end: after },
        text: gap + text,
      };
}

/** The end of the line of a statement that stands once in a file, and the blank lines that it leaves over. */
function lineEndAfter(file: string, statement: string): string | undefined {
  const at = file.indexOf(statement);
  if (at < 0 || file.indexOf(statement, at + 1) >= 0) return undefined;
  const [, end = '', blank = ''] = AFTER.exec(file.slice(at + statement.length)) ?? [];
  if (end === '') return undefined;
  const [before = ''] = /(?:\r?\n)*$/.exec(file.slice(0, at)) ?? [];
  const over = Math.min(countOf(before) - 1, countOf(blank));
  return (
    end +
    blank
      .split(/(?<=\n)/)
      .slice(0, Math.max(over, 0))
      .join('')
  );
}

const AFTER = /^([ \t]*\r?\n)((?:\r?\n)*)/;

function countOf(lineEnds: string): number {
  return lineEnds.split('\n').length - 1;
}
