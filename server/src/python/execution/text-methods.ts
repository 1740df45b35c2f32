/** Methods of texts. */
import { formatText, padded, show } from './formatting.ts';
import type { Machine } from './machine.ts';
import {
  bool,
  list,
  native,
  number,
  type Obj,
  text,
  textOf,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';

type TextMethod = (value: string, args: readonly Obj[], keywords: ReadonlyMap<string, Obj>) => Obj;

function argument(args: readonly Obj[], index: number): string | undefined {
  return textOf(args[index]);
}

function numberAt(args: readonly Obj[], index: number): number | undefined {
  const given = args[index];
  return given?.kind === 'number' ? given.value : undefined;
}

const strip =
  (side: 'both' | 'left' | 'right'): TextMethod =>
  (value, args) => {
    const letters = argument(args, 0);
    const isOut = (letter: string) =>
      letters === undefined ? /\s/.test(letter) : letters.includes(letter);
    let from = 0;
    let to = value.length;
    if (side !== 'right') while (from < to && isOut(value.charAt(from))) from++;
    if (side !== 'left') while (to > from && isOut(value.charAt(to - 1))) to--;
    return text(value.slice(from, to));
  };

const pad =
  (side: string, otherwise: string): TextMethod =>
  (value, args) => {
    const width = numberAt(args, 0);
    if (width === undefined || value.includes(UNKNOWN_PART)) return UNKNOWN;
    return text(padded(value, width, argument(args, 1) ?? otherwise, side));
  };

const test =
  (pattern: RegExp): TextMethod =>
  (value) =>
    value.includes(UNKNOWN_PART) ? UNKNOWN : bool(pattern.test(value));

function most(args: readonly Obj[], keywords: ReadonlyMap<string, Obj>): number {
  const given = args[1] ?? keywords.get('maxsplit');
  return given?.kind === 'number' && given.value >= 0 ? given.value : Number.POSITIVE_INFINITY;
}

/** The words of a text, at most so many cuts from the left. */
function words(value: string, cuts: number): string[] {
  const found: string[] = [];
  let rest = value.trimStart();
  while (rest !== '') {
    const [word = '', space = ''] = (/^(\S+)(\s*)/.exec(rest) ?? []).slice(1);
    if (found.length >= cuts) return [...found, rest.trimEnd()];
    found.push(word);
    rest = rest.slice(word.length + space.length);
  }
  return found;
}

const find =
  (from: 'left' | 'right'): TextMethod =>
  (value, args) => {
    const wanted = argument(args, 0);
    if (wanted === undefined || value.includes(UNKNOWN_PART)) return UNKNOWN;
    return number(from === 'left' ? value.indexOf(wanted) : value.lastIndexOf(wanted));
  };

const cut =
  (from: 'left' | 'right'): TextMethod =>
  (value, args) => {
    const by = argument(args, 0);
    if (!by) return UNKNOWN;
    const at = from === 'left' ? value.indexOf(by) : value.lastIndexOf(by);
    const whole = text(value);
    if (at < 0)
      return tuple(from === 'left' ? [whole, text(''), text('')] : [text(''), text(''), whole]);
    return tuple([text(value.slice(0, at)), text(by), text(value.slice(at + by.length))]);
  };

const METHODS: Readonly<Record<string, TextMethod>> = {
  lower: (value) => text(value.toLowerCase()),
  casefold: (value) => text(value.toLowerCase()),
  upper: (value) => text(value.toUpperCase()),
  swapcase: (value) =>
    text(
      value.replace(/\p{L}/gu, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      ),
    ),
  title: (value) =>
    text(value.toLowerCase().replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())),
  capitalize: (value) => text(value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  strip: strip('both'),
  lstrip: strip('left'),
  rstrip: strip('right'),
  zfill: pad('=', '0'),
  ljust: pad('<', ' '),
  rjust: pad('>', ' '),
  center: pad('^', ' '),
  replace: (value, args) => {
    const [from, to] = [argument(args, 0), argument(args, 1)];
    if (from === undefined || to === undefined) return UNKNOWN;
    const times = numberAt(args, 2);
    if (times === undefined || times < 0) return text(value.replaceAll(from, () => to));
    const parts = value.split(from);
    const head = parts.slice(0, times + 1).join(to);
    return text([head, ...parts.slice(times + 1)].join(from));
  },
  removeprefix: (value, args) => {
    const prefix = argument(args, 0);
    if (prefix === undefined) return UNKNOWN;
    return text(value.startsWith(prefix) ? value.slice(prefix.length) : value);
  },
  removesuffix: (value, args) => {
    const suffix = argument(args, 0);
    if (suffix === undefined) return UNKNOWN;
    return text(suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value);
  },
  startswith: (value, args) => affix(value, args[0], true),
  endswith: (value, args) => affix(value, args[0], false),
  split: (value, args, keywords) => {
    const by = argument(args, 0) ?? textOf(keywords.get('sep'));
    const cuts = most(args, keywords);
    if (by === undefined) return list(words(value, cuts).map(text));
    const parts = value.split(by);
    const rest = parts.slice(cuts).join(by);
    return list((parts.length > cuts ? [...parts.slice(0, cuts), rest] : parts).map(text));
  },
  rsplit: (value, args, keywords) => {
    const by = argument(args, 0) ?? textOf(keywords.get('sep'));
    if (by === undefined) return UNKNOWN;
    const parts = value.split(by);
    const from = Math.max(1, parts.length - most(args, keywords));
    return list([parts.slice(0, from).join(by), ...parts.slice(from)].map(text));
  },
  splitlines: (value) => {
    const lines = value.split(/\r?\n/);
    return list((lines.at(-1) === '' ? lines.slice(0, -1) : lines).map(text));
  },
  partition: cut('left'),
  rpartition: cut('right'),
  find: find('left'),
  index: find('left'),
  rfind: find('right'),
  rindex: find('right'),
  isdigit: test(/^\d+$/),
  isnumeric: test(/^\d+$/),
  isdecimal: test(/^\d+$/),
  isalpha: test(/^\p{L}+$/u),
  isalnum: test(/^[\p{L}\d]+$/u),
  isidentifier: test(/^[\p{L}_][\p{L}\d_]*$/u),
  isspace: test(/^\s+$/),
  isupper: test(/^(?=.*\p{Lu})\P{Ll}*$/u),
  islower: test(/^(?=.*\p{Ll})\P{Lu}*$/u),
  count: (value, args) => {
    const wanted = argument(args, 0);
    return wanted ? number(value.split(wanted).length - 1) : UNKNOWN;
  },
};

/** Whether a text starts (or ends) with one of those given. What comes before its first unknown part may tell. */
function affix(value: string, given: Obj | undefined, isStart: boolean): Obj {
  const items = given?.kind === 'tuple' ? given.items : given ? [given] : [];
  const parts = value.split(UNKNOWN_PART);
  const known = (isStart ? parts[0] : parts.at(-1)) ?? '';
  const answers = items.map((item) => {
    const one = textOf(item);
    if (one === undefined || one.includes(UNKNOWN_PART)) return undefined;
    if (isStart ? known.startsWith(one) : known.endsWith(one)) return true;
    const mayGoOn = parts.length > 1 && (isStart ? one.startsWith(known) : one.endsWith(known));
    return mayGoOn ? undefined : false;
  });
  if (answers.includes(true)) return bool(true);
  return answers.length === 0 || answers.includes(undefined) ? UNKNOWN : bool(false);
}

/** A method of a text; unknown where there is none that is followed. */
export function textMethod(machine: Machine, value: string, name: string): Obj {
  if (name === 'join')
    return native(name, (_machine, { args: [items] }) => {
      const parts = items && machine.iterate(items);
      return text(
        parts ? parts.map((part) => textOf(part) ?? UNKNOWN_PART).join(value) : UNKNOWN_PART,
      );
    });
  if (name === 'format')
    return native(name, (_machine, { args, keywords }) =>
      text(formatText(machine, value, args, keywords)),
    );
  if (name === 'format_map')
    return native(name, (_machine, { args: [given] }) => {
      if (given?.kind !== 'dict') return UNKNOWN;
      const keywords = new Map(given.entries.map(([key, one]) => [show(machine, key), one]));
      return text(formatText(machine, value, [], keywords));
    });
  const method = METHODS[name];
  return method
    ? native(name, (_machine, { args, keywords }) => method(value, args, keywords))
    : UNKNOWN;
}
