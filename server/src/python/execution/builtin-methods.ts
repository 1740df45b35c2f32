/** Methods of containers. */
import type { Machine } from './machine.ts';
import {
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
