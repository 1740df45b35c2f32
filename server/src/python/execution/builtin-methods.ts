/** Methods of texts and containers. */
import type { Machine } from './machine.ts';
import {
  bool,
  type Dict,
  equal,
  list,
  NONE,
  native,
  number,
  type Obj,
  type Sequence,
  shown,
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

const TEXT_METHODS: Readonly<Record<string, TextMethod>> = {
  format: (value, args, keywords) => text(formatText(value, args, keywords)),
  lower: (value) => text(value.toLowerCase()),
  upper: (value) => text(value.toUpperCase()),
  title: (value) => text(value.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  capitalize: (value) => text(value.charAt(0).toUpperCase() + value.slice(1).toLowerCase()),
  strip: strip('both'),
  lstrip: strip('left'),
  rstrip: strip('right'),
  replace: (value, args) => {
    const [from, to] = [argument(args, 0), argument(args, 1)];
    return from === undefined || to === undefined ? UNKNOWN : text(value.replaceAll(from, to));
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
  startswith: (value, args) => affix(args[0], (one) => value.startsWith(one)),
  endswith: (value, args) => affix(args[0], (one) => value.endsWith(one)),
  split: (value, args) => {
    const by = argument(args, 0);
    const parts = by === undefined ? value.trim().split(/\s+/) : value.split(by);
    return list(parts.filter((part) => by !== undefined || part !== '').map(text));
  },
  isdigit: (value) => bool(/^\d+$/.test(value)),
  isidentifier: (value) => bool(/^[A-Za-z_]\w*$/.test(value)),
  count: (value, args) => {
    const wanted = argument(args, 0);
    return wanted ? number(value.split(wanted).length - 1) : UNKNOWN;
  },
  rsplit: (value, args) => {
    const by = argument(args, 0);
    const most = args[1]?.kind === 'number' ? args[1].value : Number.POSITIVE_INFINITY;
    if (by === undefined) return UNKNOWN;
    const parts = value.split(by);
    const head = parts.slice(0, Math.max(1, parts.length - most)).join(by);
    return list([head, ...parts.slice(Math.max(1, parts.length - most))].map(text));
  },
  partition: (value, args) => {
    const by = argument(args, 0);
    if (!by) return UNKNOWN;
    const at = value.indexOf(by);
    return at < 0
      ? tuple([text(value), text(''), text('')])
      : tuple([text(value.slice(0, at)), text(by), text(value.slice(at + by.length))]);
  },
};

function affix(given: Obj | undefined, test: (one: string) => boolean): Obj {
  if (given?.kind === 'tuple')
    return bool(given.items.some((one) => test(textOf(one) ?? UNKNOWN_PART)));
  const wanted = textOf(given);
  return wanted === undefined ? UNKNOWN : bool(test(wanted));
}

/** `"/{}/{name}".format(...)`. */
function formatText(
  format: string,
  args: readonly Obj[],
  keywords: ReadonlyMap<string, Obj>,
): string {
  let next = 0;
  return format.replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:![rsa])?(?::[^{}]*)?\}/g,
    (whole, field?: string) => {
      if (field === undefined) return whole.charAt(0);
      if (field === '') return shown(args[next++] ?? UNKNOWN);
      if (/^\d+$/.test(field)) return shown(args[Number(field)] ?? UNKNOWN);
      return shown(keywords.get(field) ?? UNKNOWN);
    },
  );
}

/** A method of a text. */
export function textMethod(value: string, name: string): Obj {
  if (name === 'join')
    return native('join', (machine, { args: [items] }) => {
      const parts = items && machine.iterate(items);
      return text(
        parts ? parts.map((part) => textOf(part) ?? UNKNOWN_PART).join(value) : UNKNOWN_PART,
      );
    });
  const method = TEXT_METHODS[name];
  return method
    ? native(name, (_machine, { args, keywords }) => method(value, args, keywords))
    : UNKNOWN;
}

/** A method of a list, tuple, set or dict. */
export function containerMethod(machine: Machine, object: Sequence | Dict, name: string): Obj {
  return object.kind === 'dict' ? dictMethod(object, name) : sequenceMethod(machine, object, name);
}

function sequenceMethod(machine: Machine, object: Sequence, name: string): Obj {
  switch (name) {
    case 'append':
    case 'add':
      return native(name, (_machine, { args: [item] }) => {
        if (item) object.items.push(item);
        return NONE;
      });
    case 'extend':
    case 'update':
      return native(name, (_machine, { args }) => {
        for (const items of args) object.items.push(...(machine.iterate(items) ?? []));
        return NONE;
      });
    case 'insert':
      return native(name, (_machine, { args: [at, item] }) => {
        if (at?.kind === 'number' && item) object.items.splice(at.value, 0, item);
        return NONE;
      });
    case 'pop':
      return native(name, (_machine, { args: [at] }) => {
        const index = at?.kind === 'number' ? at.value : -1;
        return object.items.splice(index, 1)[0] ?? UNKNOWN;
      });
    case 'remove':
      return native(name, (_machine, { args: [item] }) => {
        const index = object.items.findIndex(
          (one) => item !== undefined && (one === item || equal(one, item) === true),
        );
        if (index >= 0) object.items.splice(index, 1);
        return NONE;
      });
    case 'clear':
      return native(name, () => {
        object.items.length = 0;
        return NONE;
      });
    case 'reverse':
      return native(name, () => {
        object.items.reverse();
        return NONE;
      });
    case 'copy':
      return native(name, () => ({ kind: object.kind, items: [...object.items] }));
    case 'index':
      return native(name, (_machine, { args: [item] }) => {
        const index = object.items.findIndex(
          (one) => item !== undefined && equal(one, item) === true,
        );
        return index < 0 ? UNKNOWN : number(index);
      });
    default:
      return UNKNOWN;
  }
}

/** The last value of each key, in the order in which the keys first came. */
function settled(dict: Dict): [Obj, Obj][] {
  const found = new Map<string, [Obj, Obj]>();
  for (const [key, value] of dict.entries) {
    const name = `${key.kind}:${textOf(key) ?? shown(key)}`;
    const known = found.get(name);
    if (known === undefined || shown(key) === UNKNOWN_PART)
      found.set(known ? `${name}${found.size}` : name, [key, value]);
    else known[1] = value;
  }
  return [...found.values()];
}

function dictMethod(object: Dict, name: string): Obj {
  const find = (key: Obj | undefined): Obj | undefined =>
    key && [...object.entries].reverse().find(([one]) => equal(one, key) === true)?.[1];
  switch (name) {
    case 'items':
      return native(name, () => list(settled(object).map(([key, value]) => tuple([key, value]))));
    case 'keys':
      return native(name, () => list(settled(object).map(([key]) => key)));
    case 'values':
      return native(name, () => list(settled(object).map(([, value]) => value)));
    case 'get':
      return native(name, (_machine, { args: [key, otherwise] }) => {
        const value = find(key);
        if (value !== undefined) return value;
        return key !== undefined && textOf(key) !== undefined ? (otherwise ?? NONE) : UNKNOWN;
      });
    case 'setdefault':
      return native(name, (_machine, { args: [key, otherwise = NONE] }) => {
        const value = find(key);
        if (value === undefined && key) object.entries.push([key, otherwise]);
        return value ?? otherwise;
      });
    case 'update':
      return native(name, (_machine, { args: [other], keywords }) => {
        if (other?.kind === 'dict') object.entries.push(...other.entries);
        for (const [key, value] of keywords) object.entries.push([text(key), value]);
        return NONE;
      });
    case 'pop':
      return native(name, (_machine, { args: [key, otherwise] }) => {
        const value = find(key);
        const left = object.entries.filter(
          ([one]) => key === undefined || equal(one, key) !== true,
        );
        object.entries.splice(0, object.entries.length, ...left);
        return value ?? otherwise ?? UNKNOWN;
      });
    case 'copy':
      return native(name, () => ({ kind: 'dict', entries: [...object.entries] }));
    default:
      return UNKNOWN;
  }
}
