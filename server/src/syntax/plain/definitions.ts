/** Functions and classes, without the parser (see block.ts). */
import type { ClassDef, Expression, FunctionDef, Statement } from '../nodes.ts';
import { readAnnotation } from './annotations.ts';
import { readArguments, readParameters } from './arguments.ts';
import { CLOSE } from './characters.ts';
import { readNamed } from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';
import { readSuite } from './statements.ts';

/** With its decorators. */
export function readDefinition(scan: Scan): Statement {
  const { at: start } = scan;
  const decorators = readDecorators(scan);
  if (scan.isWord('class')) return readClass(scan, decorators, start);
  return readFunction(scan, decorators, start, scan.takeWord('async'));
}

/** The lines that begin with `@`; the scan is then on the line of what they decorate. */
export function readDecorators(scan: Scan): readonly Expression[] {
  const { column } = scan;
  const decorators: Expression[] = [];
  while (scan.take('@')) {
    decorators.push(readNamed(scan));
    scan.nextLine();
    if (scan.column !== column) notPlain();
  }
  return decorators;
}

export function readFunction(
  scan: Scan,
  decorators: readonly Expression[],
  start: number,
  isAsync: boolean,
): FunctionDef {
  const head = readFunctionHead(scan, decorators, start, isAsync);
  return { ...head, ...readSuite(scan) };
}

/** From `def` to before the colon. */
export function readFunctionHead(
  scan: Scan,
  decorators: readonly Expression[],
  start: number,
  isAsync: boolean,
): FunctionDef {
  scan.expectWord('def');
  const nameStart = scan.at;
  const name = scan.name();
  const parameters = scan.inBrackets('(', ')', () => readParameters(scan, CLOSE, readAnnotation));
  const parametersEnd = scan.end;
  const returns = scan.take('->') ? readAnnotation(scan) : undefined;
  return {
    type: 'function',
    name,
    nameStart,
    isAsync,
    decorators,
    parameters,
    parametersEnd,
    body: [],
    start,
    end: scan.end,
    ...(returns && { returns }),
  };
}

function readClass(scan: Scan, decorators: readonly Expression[], start: number): ClassDef {
  const head = readClassHead(scan, decorators, start);
  return { ...head, ...readSuite(scan) };
}

/** From `class` to before the colon. */
export function readClassHead(
  scan: Scan,
  decorators: readonly Expression[],
  start: number,
): ClassDef {
  scan.expectWord('class');
  const nameStart = scan.at;
  const name = scan.name();
  const bases = scan.isAt('(') ? scan.inBrackets('(', ')', () => readArguments(scan)) : [];
  return { type: 'class', name, nameStart, decorators, bases, body: [], start, end: scan.end };
}
