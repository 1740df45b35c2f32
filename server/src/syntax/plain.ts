/**
 * Imports and headers of classes, as they are nearly always written, are read here without the parser: they are more than
 * half of all blocks, and a parse of each costs more than all that it says. What is written in any other way goes to the
 * parser; a test holds that both read the same.
 */
import type { Argument, ClassDef, Expression, ImportedName, Statement } from './nodes.ts';
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

/** Words that can't be names everywhere, for Python or for the grammar. */
const RESERVED =
  /\b(?:False|None|True|and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|exec|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|print|raise|return|try|type|while|with|yield)\b/;

/** The statement of a block, where it is a plain one; the offsets are of its text. */
export function readPlain({ text, lead, isHeader }: BlockSource): Statement | undefined {
  if (lead !== '') return undefined;
  return isHeader ? readClassHeader(text) : readImport(text);
}

const HEADER = new RegExp(`^class (${NAME})(?:\\(((?:${DOTTED})(?:, ?${DOTTED})*)\\))?:$`);

/** As the class would be read with `pass` for its body, which is what stands below a header that is read alone. */
function readClassHeader(text: string): ClassDef | undefined {
  const match = HEADER.exec(text);
  const [, name = '', bases] = match ?? [];
  if (match === null || RESERVED.test(name) || RESERVED.test(bases ?? '')) return undefined;
  const start = text.length + '\n    '.length;
  const end = start + 'pass'.length;
  return {
    type: 'class',
    name,
    nameStart: 'class '.length,
    decorators: [],
    bases: bases === undefined ? [] : basesOf(bases, text.indexOf('(') + 1),
    body: [{ type: 'pass', start, end }],
    start: 0,
    end,
  };
}

function basesOf(list: string, from: number): Argument[] {
  return [...list.matchAll(/[\w.]+/g)].map(({ 0: dotted, index }) => {
    const start = from + index;
    const end = start + dotted.length;
    return { value: dottedName(dotted, start), start, end };
  });
}

function dottedName(dotted: string, start: number): Expression {
  const [first = '', ...rest] = dotted.split('.');
  let at = start + first.length;
  let value: Expression = { type: 'name', id: first, start, end: at };
  for (const name of rest) {
    const nameStart = at + 1;
    at = nameStart + name.length;
    value = { type: 'attribute', object: value, name, nameStart, start, end: at };
  }
  return value;
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
  if ((dots === '' && module === '') || RESERVED.test(module)) return undefined;
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
    if (RESERVED.test(name) || (alias !== undefined && RESERVED.test(alias))) return undefined;
    const start = from + match.index;
    names.push({ name, start, end: start + whole.length, ...(alias !== undefined && { alias }) });
  }
  return names;
}
