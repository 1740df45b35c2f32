/** `re`, for what names are made with: short texts, and patterns that can't take long. */
import type { Machine } from './machine.ts';
import {
  type Arguments,
  external,
  type Instance,
  list,
  NONE,
  native,
  type Obj,
  text,
  textOf,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const LONGEST = 200;
const PATTERN = external('re.Pattern');
const MATCH = external('re.Match');

/** The pattern in JavaScript's terms; nothing where it means something else there, or may take long. */
function compiled(source: string | undefined, flags: string): RegExp | undefined {
  if (source === undefined || source.includes(UNKNOWN_PART) || source.length > LONGEST)
    return undefined;
  // A repeated group may try exponentially many ways.
  if (/\)[*+{]|\(\?[a-zA-Z#]|\(\?P=|\\[AZ]/.test(source.replaceAll('(?P<', '(?<')))
    return undefined;
  try {
    return new RegExp(source.replaceAll('(?P<', '(?<'), `g${flags}`);
  } catch {
    return undefined;
  }
}

function patternOf(given: Obj | undefined, flags?: Obj): RegExp | undefined {
  if (given?.kind === 'instance' && given.class === PATTERN) return given.state as RegExp;
  const isPlain = flags === undefined || flags.kind === 'none';
  const ignoresCase = flags?.kind === 'external' && /^re\.(?:I|IGNORECASE)$/.test(flags.name);
  if (!isPlain && !ignoresCase) return undefined;
  return compiled(textOf(given), ignoresCase ? 'i' : '');
}

function subject(given: Obj | undefined): string | undefined {
  const value = textOf(given);
  return value === undefined || value.includes(UNKNOWN_PART) || value.length > LONGEST
    ? undefined
    : value;
}

function substitute(machine: Machine, pattern: RegExp | undefined, { args }: Arguments): Obj {
  const [by, over] = args;
  const value = subject(over);
  if (pattern === undefined || by === undefined || value === undefined) return UNKNOWN;
  const template = textOf(by);
  let isKnown = true;
  const result = value.replace(pattern, (...found) => {
    const hasNames = typeof found.at(-1) === 'object';
    const groups = found.slice(0, hasNames ? -3 : -2) as (string | undefined)[];
    if (template !== undefined)
      return template.replace(
        /\\(?:g<(\d+)>|(\d))/g,
        (_whole, long?: string, short?: string) => groups[Number(long ?? short)] ?? '',
      );
    const given = { args: [matchOf(groups)], keywords: new Map(), isPartial: false, site: NOWHERE };
    const made = textOf(machine.call(by, given));
    if (made === undefined) isKnown = false;
    return made ?? '';
  });
  return isKnown ? text(result) : UNKNOWN;
}

const NOWHERE = { block: '', start: 0, end: 0, args: [] };

function matchOf(
  groups: readonly (string | undefined)[],
  named?: Record<string, string>,
): Instance {
  const group = (index: Obj | undefined): Obj => {
    const name = textOf(index);
    if (name !== undefined) return named?.[name] === undefined ? NONE : text(named[name]);
    const found = groups[index?.kind === 'number' ? index.value : 0];
    return found === undefined ? NONE : text(found);
  };
  const rest = groups.slice(1).map((one) => (one === undefined ? NONE : text(one)));
  return {
    kind: 'instance',
    class: MATCH,
    attrs: new Map<string, Obj>([
      ['group', native('group', (_machine, { args: [index] }) => group(index))],
      ['__getitem__', native('group', (_machine, { args: [index] }) => group(index))],
      ['groups', native('groups', () => tuple(rest))],
    ]),
  };
}

function searched(
  pattern: RegExp | undefined,
  over: Obj | undefined,
  at: 'any' | 'start' | 'all',
): Obj {
  const value = subject(over);
  if (pattern === undefined || value === undefined) return UNKNOWN;
  const found = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(value);
  if (found === null) return NONE;
  if (at !== 'any' && found.index !== 0) return NONE;
  if (at === 'all' && found[0].length !== value.length) return UNKNOWN;
  return matchOf([...found], found.groups);
}

function method(pattern: RegExp | undefined, name: string): Call | undefined {
  switch (name) {
    case 'sub':
      return (machine, call) => substitute(machine, pattern, call);
    case 'search':
      return (_machine, { args: [over] }) => searched(pattern, over, 'any');
    case 'match':
      return (_machine, { args: [over] }) => searched(pattern, over, 'start');
    case 'fullmatch':
      return (_machine, { args: [over] }) => searched(pattern, over, 'all');
    case 'split':
      return (_machine, { args: [over] }) => {
        const value = subject(over);
        if (pattern === undefined || value === undefined) return UNKNOWN;
        return list(value.split(pattern).map((part) => text(part ?? '')));
      };
    case 'findall':
      return (_machine, { args: [over] }) => {
        const value = subject(over);
        if (pattern === undefined || value === undefined) return UNKNOWN;
        return list(
          [...value.matchAll(pattern)].map(([whole, ...groups]) =>
            groups.length > 1
              ? tuple(groups.map((one) => text(one ?? '')))
              : text(groups[0] ?? whole),
          ),
        );
      };
    default:
      return undefined;
  }
}

const METHODS = ['sub', 'search', 'match', 'fullmatch', 'split', 'findall'];

export const REGULAR_EXPRESSIONS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(
    METHODS.map((name): [string, Call] => [
      `re.${name}`,
      (machine, { args: [pattern, ...args], keywords, ...call }) => {
        const run = method(patternOf(pattern, keywords.get('flags')), name);
        return run?.(machine, { ...call, args, keywords }) ?? UNKNOWN;
      },
    ]),
  ),
  're.compile': (_machine, { args: [source, flags] }) => {
    const pattern = patternOf(source, flags);
    if (pattern === undefined) return UNKNOWN;
    const attrs = new Map<string, Obj>(
      METHODS.map((name) => [
        name,
        native(name, (machine, call) => method(pattern, name)?.(machine, call) ?? UNKNOWN),
      ]),
    );
    return { kind: 'instance', class: PATTERN, attrs, state: pattern };
  },
  're.escape': (_machine, { args: [value] }) => {
    const plain = textOf(value);
    return plain === undefined ? UNKNOWN : text(plain.replace(/[^\w/]/g, '\\$&'));
  },
};
