/** Paths as Starlette matches them: texts with parameters in braces, each with a convertor. */

/** `{item_id:int}`. */
export interface PathParameter {
  readonly name: string;
  readonly convertor: string;
  /** Offsets of the braces in the path. */
  readonly start: number;
  readonly end: number;
}

const PARAMETER = /\{([a-zA-Z_][a-zA-Z0-9_]*)(?::([a-zA-Z_][a-zA-Z0-9_]*))?\}/g;
const CONVERTORS: ReadonlySet<string> = new Set(['str', 'path', 'int', 'float', 'uuid']);
/** How a path that is not wholly known is spelled. */
const UNKNOWN_PART = '{…}';

export function pathParameters(path: string): readonly PathParameter[] {
  return [...path.matchAll(PARAMETER)].map(({ 0: whole, 1: name = '', 2: convertor, index }) => ({
    name,
    convertor: convertor ?? 'str',
    start: index,
    end: index + whole.length,
  }));
}

/** One character, or whatever a convertor takes. */
type Symbol = string | { readonly convertor: string };
/** What a path matches; made once, compared often. */
export type Pattern = readonly Symbol[];

/** Nothing for a path with a part that is not known, or with a convertor of the project's own. */
export function patternOf(path: string): Pattern | undefined {
  if (path.includes(UNKNOWN_PART)) return undefined;
  const parameters = pathParameters(path);
  if (parameters.some(({ convertor }) => !CONVERTORS.has(convertor))) return undefined;
  const pattern: Symbol[] = [];
  let at = 0;
  for (const { start, end, convertor } of parameters) {
    pattern.push(...path.slice(at, start), { convertor });
    at = end;
  }
  return [...pattern, ...path.slice(at)];
}

/** Whether every path that `other` matches is matched by `pattern` too. May say no where that is so, never yes where not. */
export function covers(pattern: Pattern, other: Pattern): boolean {
  const failed = new Set<number>();
  const from = (i: number, j: number): boolean => {
    if (i === pattern.length) return j === other.length;
    const key = i * (other.length + 1) + j;
    if (failed.has(key)) return false;
    const found = step(i, j);
    if (!found) failed.add(key);
    return found;
  };
  const step = (i: number, j: number): boolean => {
    const symbol = pattern[i] ?? '';
    if (typeof symbol === 'string') return other[j] === symbol && from(i + 1, j + 1);
    if (symbol.convertor === 'path' && from(i + 1, j)) return true;
    for (let end = j; end < other.length && takes(symbol.convertor, other[end] ?? ''); end++)
      if (isWhole(symbol.convertor, other, j, end) && from(i + 1, end + 1)) return true;
    return false;
  };
  return from(0, 0);
}

function takes(convertor: string, symbol: Symbol): boolean {
  const isText = typeof symbol === 'string';
  switch (convertor) {
    case 'path':
      return true;
    case 'str':
      return isText ? symbol !== '/' : symbol.convertor !== 'path';
    case 'int':
      return isText ? /\d/.test(symbol) : symbol.convertor === 'int';
    case 'float':
      return isText
        ? /\d/.test(symbol)
        : symbol.convertor === 'int' || symbol.convertor === 'float';
    default:
      return !isText && symbol.convertor === convertor;
  }
}

/** A `float` or a `uuid` is one number: two in a row are none. */
function isWhole(convertor: string, other: Pattern, start: number, end: number): boolean {
  if (convertor === 'str' || convertor === 'path' || convertor === 'int' || start === end)
    return true;
  return other
    .slice(start, end + 1)
    .every((symbol) => typeof symbol === 'string' || symbol.convertor === 'int');
}

/** Whether two paths match the same: they may call their parameters differently. */
export function isSamePattern(a: Pattern, b: Pattern): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a path takes everything below a point: it ends with a `path` parameter. */
export function isOpenEnded(pattern: Pattern): boolean {
  const last = pattern.at(-1);
  return typeof last === 'object' && last.convertor === 'path';
}
