/**
 * Python as it is nearly always written is read here without the parser, which costs ten times as much and is asked for
 * all that is written in any other way, and for all that is broken. A test holds that both read the same.
 */
import type { FunctionDef, Simple, Statement } from '../nodes.ts';
import type { BlockSource } from '../source.ts';
import { readClassHead, readDecorators, readFunctionHead } from './definitions.ts';
import { ifPlain, notPlain, Scan } from './scan.ts';
import { readStatement } from './statements.ts';

/** The statement of a block, where it is a plain one; the offsets are of its text. */
export function readPlain({ text, lead, isHeader }: BlockSource): Statement | undefined {
  return ifPlain(() => {
    const scan = new Scan(text, lead);
    if (isHeader) return readClassHeader(scan, lead);
    const statement = readStatement(scan);
    return scan.column === -1 ? statement : notPlain();
  });
}

/**
 * A function with `pass` for its body, where its decorators and its header are plain; `undefined` as well where the
 * body is on the line of the header.
 */
export function readPlainHead({ text, lead }: BlockSource): FunctionDef | undefined {
  return ifPlain(() => {
    const scan = new Scan(text, lead);
    const { at: start } = scan;
    const decorators = readDecorators(scan);
    const head = readFunctionHead(scan, decorators, start, scan.takeWord('async'));
    const pass = passBelow(scan, lead);
    scan.nextLine();
    if (scan.column <= lead.length) notPlain();
    return { ...head, body: [pass], end: pass.end };
  });
}

/** As the class would be read with `pass` for its body, which is what stands below a header that is read alone. */
function readClassHeader(scan: Scan, lead: string): Statement {
  const { at: start } = scan;
  const decorators = readDecorators(scan);
  const head = readClassHead(scan, decorators, start);
  const pass = passBelow(scan, lead);
  scan.nextLine();
  return scan.column === -1 ? { ...head, body: [pass], end: pass.end } : notPlain();
}

/** What stands below a header that is read alone, of which the colon comes next. */
function passBelow(scan: Scan, lead: string): Simple {
  scan.expect(':');
  if (!scan.isLineEnd()) notPlain();
  const newline = scan.text.indexOf('\n', scan.at);
  const line = scan.text.slice(scan.end, newline < 0 ? undefined : newline).trimEnd();
  const start = scan.end + line.length + `\n${lead}    `.length;
  return { type: 'pass', start, end: start + 'pass'.length };
}
