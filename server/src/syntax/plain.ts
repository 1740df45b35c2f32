/**
 * Imports, fields, calls and the headers of classes and functions, as they are nearly always written, are read here
 * without the parser: they are most of all blocks, and a parse of each costs more than all that it says. What is written
 * in any other way goes to the parser; a test holds that both read the same.
 */
import type {
  ClassDef,
  Expression,
  FunctionDef,
  ImportedName,
  Parameter,
  Simple,
  Statement,
} from './nodes.ts';
import {
  isAt,
  readArgument,
  readExpression,
  readList,
  SAYS_RESERVED,
  type Scan,
  skipSpace,
  takeMark,
  takeName,
} from './plain-expressions.ts';
import type { BlockSource } from './source.ts';

const NAME = '[A-Za-z_]\\w*';
const DOTTED = `${NAME}(?:\\.${NAME})*`;
const LIST = (name: string) => {
  const one = `${name}(?: as ${NAME})?`;
  return `${one}(?:, ?${one})*`;
};
const BROKEN = `\\(\\s*${NAME}(?: as ${NAME})?(?:\\s*,\\s*${NAME}(?: as ${NAME})?)*\\s*,?\\s*\\)`;
const FROM = new RegExp(
  `^from (\\.*)(${DOTTED})? import (?:(\\*)|(${LIST(NAME)})|(${BROKEN}))\\s*$`,
);
const IMPORT = new RegExp(`^import (${LIST(DOTTED)})\\s*$`);
const ONE = new RegExp(`(${DOTTED})(?: as (${NAME}))?`, 'g');

/** The statement of a block, where it is a plain one; the offsets are of its text. */
export function readPlain({ text, lead, isHeader }: BlockSource): Statement | undefined {
  if (isHeader) return readClassHeader(text, lead);
  if (!/^(?:from|import) /.test(text)) return readSimple(text);
  // Below a definition the parser reads brackets of imports by their indentation.
  return lead !== '' && text.includes('\n') ? undefined : readImport(text);
}

/**
 * A function with `pass` for its body, where its decorators and its header are plain; `undefined` as well where the
 * body is on the line of the header.
 */
export function readPlainHead({ text, lead }: BlockSource): FunctionDef | undefined {
  const begun = readBeginning(text, lead, ['def ', 'async def ']);
  if (begun === undefined || !isAt(begun.scan, '(')) return undefined;
  const { scan, keyword, ...named } = begun;
  const list = readList(scan, ')', readParameter);
  if (list === undefined) return undefined;
  const parametersEnd = scan.at;
  let returns: Expression | undefined;
  if (takeMark(scan, '->')) {
    skipSpace(scan);
    returns = readExpression(scan);
    if (returns === undefined) return undefined;
  }
  if (!takeMark(scan, ':') || !isAt(scan, '\n') || !/\S/.test(text.slice(scan.at)))
    return undefined;
  const pass = passBelow(scan.at, lead);
  return {
    type: 'function',
    ...named,
    isAsync: keyword === 'async def ',
    parameters: kindsOf(list.items),
    parametersEnd,
    body: [pass],
    start: 0,
    end: pass.end,
    ...(returns && { returns }),
  };
}

/** What stands below a header that is read alone. */
function passBelow(headerEnd: number, lead: string): Simple {
  const start = headerEnd + `\n${lead}    `.length;
  return { type: 'pass', start, end: start + 'pass'.length };
}

/** Without its name: what `*` and `/` stand for between parameters. */
const KEYWORDS_FOLLOW = '*';
const POSITIONS_END = '/';

/** One that is a mark has no name. */
function readParameter(scan: Scan): Parameter | undefined {
  const { at: start } = scan;
  const mark = ['**', '*', '/'].find((one) => isAt(scan, one)) ?? '';
  scan.at += mark.length;
  const isMark = mark === '/' || (mark === '*' && /[\s,)]/.test(scan.text.charAt(scan.at)));
  const name = isMark ? mark : takeName(scan);
  if (name === undefined) return undefined;
  const kind = mark === '*' || mark === '**' ? mark : 'normal';
  let end = scan.at;
  if (isMark) return { name, kind, start, end };
  let annotation: Expression | undefined;
  if (takeMark(scan, ':')) {
    skipSpace(scan);
    annotation = readExpression(scan);
    if (annotation === undefined) return undefined;
    end = scan.at;
  }
  let value: Expression | undefined;
  if (takeMark(scan, '=')) {
    skipSpace(scan);
    value = readExpression(scan);
    if (value === undefined || mark !== '') return undefined;
    end = scan.at;
  }
  return {
    name,
    kind,
    start,
    end,
    ...(annotation && { annotation }),
    ...(value && { default: value }),
  };
}

/** The parameters without the marks between them, which say of what kind the others are. */
function kindsOf(read: readonly Parameter[]): Parameter[] {
  const found: Parameter[] = [];
  let isKeyword = false;
  for (const parameter of read) {
    if (parameter.name === POSITIONS_END)
      for (const [index, one] of found.entries())
        found[index] = { ...one, kind: 'positional-only' };
    else if (parameter.name === KEYWORDS_FOLLOW) isKeyword = true;
    else {
      const { kind } = parameter;
      found.push(
        kind === 'normal' && isKeyword ? { ...parameter, kind: 'keyword-only' } : parameter,
      );
      if (kind === '*') isKeyword = true;
    }
  }
  return found;
}

const TARGETS: ReadonlySet<string> = new Set(['name', 'attribute', 'subscript']);

/** An expression, or an assignment. */
function readSimple(text: string): Statement | undefined {
  const scan: Scan = { text, at: 0, depth: 0 };
  const targets: Expression[] = [];
  let value = readExpression(scan);
  let annotation: Expression | undefined;
  if (value !== undefined && TARGETS.has(value.type) && takeMark(scan, ':')) {
    targets.push(value);
    skipSpace(scan);
    annotation = readExpression(scan);
    if (annotation === undefined) return undefined;
    if (takeMark(scan, '=')) {
      value = readNext(scan);
      if (value === undefined) return undefined;
    } else value = undefined;
  } else
    while (value !== undefined && TARGETS.has(value.type) && takeMark(scan, '=')) {
      targets.push(value);
      value = readNext(scan);
    }
  const end = (value ?? annotation)?.end;
  if (end === undefined || text.slice(scan.at).trim() !== '') return undefined;
  if (targets.length === 0) return value && { type: 'expression', value, start: 0, end };
  return {
    type: 'assign',
    targets,
    start: 0,
    end,
    ...(annotation && { annotation }),
    ...(value && { value }),
  };
}

function readNext(scan: Scan): Expression | undefined {
  skipSpace(scan);
  return readExpression(scan);
}

/** As the class would be read with `pass` for its body, which is what stands below a header that is read alone. */
function readClassHeader(text: string, lead: string): ClassDef | undefined {
  const begun = readBeginning(text, lead, ['class ']);
  if (begun === undefined) return undefined;
  const { scan, keyword: _, ...named } = begun;
  const bases = isAt(scan, '(') ? readList(scan, ')', readArgument)?.items : [];
  if (bases === undefined || !takeMark(scan, ':') || scan.at !== text.length) return undefined;
  const pass = passBelow(text.length, lead);
  return { type: 'class', ...named, bases, body: [pass], start: 0, end: pass.end };
}

/** What a header begins with: decorators, a keyword, a name. */
function readBeginning(text: string, lead: string, keywords: readonly string[]) {
  const scan: Scan = { text, at: 0, depth: 0 };
  const decorators = readDecorators(scan, lead);
  const keyword = decorators && keywords.find((one) => takeMark(scan, one));
  const nameStart = scan.at;
  const name = takeName(scan);
  if (decorators === undefined || keyword === undefined || name === undefined) return undefined;
  return { scan, keyword, decorators, nameStart, name };
}

/** The lines that begin with `@`. */
function readDecorators(scan: Scan, lead: string): readonly Expression[] | undefined {
  const decorators: Expression[] = [];
  while (isAt(scan, '@')) {
    scan.at++;
    const decorator = readExpression(scan);
    if (decorator === undefined || !takeMark(scan, `\n${lead}`)) return undefined;
    decorators.push(decorator);
  }
  return decorators;
}

function readImport(text: string): Statement | undefined {
  const isFrom = text.startsWith('from ');
  if (!isFrom && !text.startsWith('import ')) return undefined;
  const match = (isFrom ? FROM : IMPORT).exec(text);
  if (match === null) return undefined;
  const end = text.trimEnd().length;
  if (!isFrom) {
    const names = namesOf(match[1] ?? '', text);
    return names && { type: 'import', names, start: 0, end };
  }
  const [, dots = '', module = '', star, onLine, inBrackets] = match;
  if ((dots === '' && module === '') || SAYS_RESERVED.test(module)) return undefined;
  const names =
    star === undefined
      ? namesOf(onLine ?? inBrackets ?? '', text)
      : [{ name: '*', start: end - 1, end }];
  return names && { type: 'import-from', module, level: dots.length, names, start: 0, end };
}

/** The names of a list that stands at the end of `text`. */
function namesOf(list: string, text: string): ImportedName[] | undefined {
  const from = text.lastIndexOf(list);
  const names: ImportedName[] = [];
  ONE.lastIndex = 0;
  for (let match = ONE.exec(list); match !== null; match = ONE.exec(list)) {
    const [whole, name = '', alias] = match;
    if (SAYS_RESERVED.test(name) || (alias !== undefined && SAYS_RESERVED.test(alias)))
      return undefined;
    const start = from + match.index;
    names.push({ name, start, end: start + whole.length, ...(alias !== undefined && { alias }) });
  }
  return names;
}
