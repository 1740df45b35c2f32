/** What operators give: arithmetic, texts, comparisons, and what a project's own classes say of them. */
import { percent } from './formatting.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  equal,
  number,
  numberOf,
  type Obj,
  text,
  textOf,
  truth,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';
import { order } from './ordering.ts';

export interface Operators {
  binary(operator: string, left: Obj, right: Obj): Obj;
  /** Whether a comparison holds, as far as it can be told: `a in b`, `a is not b`, `a < b`. */
  compare(operator: string, a: Obj, b: Obj): boolean | undefined;
}

export function createOperators(machine: Machine): Operators {
  /** What the project's own classes, or paths, say of an operator. */
  function overloaded(operator: string, left: Obj, right: Obj): Obj | undefined {
    const name = OVERLOADS[operator];
    if (name === undefined) return undefined;
    const own = left.kind === 'instance' && machine.attributeIfAny(left, `__${name}__`);
    if (own && own.kind !== 'unknown') return machine.call(own, given(right));
    const other = right.kind === 'instance' && machine.attributeIfAny(right, `__r${name}__`);
    return other && other.kind !== 'unknown' ? machine.call(other, given(left)) : undefined;
  }

  function binary(operator: string, left: Obj, right: Obj): Obj {
    const own = overloaded(operator, left, right);
    if (own !== undefined) return own;
    const a = textOf(left);
    const b = textOf(right);
    if (operator === '+') {
      if (a !== undefined || b !== undefined) {
        if (a !== undefined && b !== undefined) return text(a + b);
        const other = a === undefined ? left : right;
        if (other.kind !== 'unknown' && other.kind !== 'external') return UNKNOWN;
        return text((a ?? UNKNOWN_PART) + (b ?? UNKNOWN_PART));
      }
      if ((left.kind === 'list' || left.kind === 'tuple') && left.kind === right.kind)
        return { kind: left.kind, items: [...left.items, ...right.items] };
    }
    if (left.kind === 'set' && right.kind === 'set')
      return combined(operator, left.items, right.items);
    // `isinstance(route, Route | WebSocketRoute)`
    if (operator === '|' && isClass(left) && isClass(right)) return tuple([left, right]);
    if (operator === '%' && a !== undefined) return text(percent(machine, a, right));
    if (operator === '|' && left.kind === 'dict' && right.kind === 'dict')
      return { kind: 'dict', entries: [...left.entries, ...right.entries] };
    if (operator === '*' && right.kind === 'number') {
      const times = Math.max(0, Math.min(1000, Math.trunc(right.value)));
      if (a !== undefined) return text(a.repeat(times));
      if (left.kind === 'list' || left.kind === 'tuple')
        return { kind: left.kind, items: Array.from({ length: times }, () => left.items).flat() };
    }
    const [m, n] = [numberOf(left), numberOf(right)];
    if (m !== undefined && n !== undefined) return arithmetic(operator, m, n);
    return UNKNOWN;
  }

  function combined(operator: string, left: readonly Obj[], right: readonly Obj[]): Obj {
    const isIn = (item: Obj, items: readonly Obj[]) =>
      items.some((one) => equal(one, item) === true);
    if (operator === '|')
      return { kind: 'set', items: [...left, ...right.filter((item) => !isIn(item, left))] };
    if (operator === '&') return { kind: 'set', items: left.filter((item) => isIn(item, right)) };
    if (operator === '-') return { kind: 'set', items: left.filter((item) => !isIn(item, right)) };
    return UNKNOWN;
  }

  function arithmetic(operator: string, a: number, b: number): Obj {
    switch (operator) {
      case '+':
        return number(a + b);
      case '-':
        return number(a - b);
      case '*':
        return number(a * b);
      case '%':
        return b === 0 ? UNKNOWN : number(((a % b) + b) % b);
      case '**':
        return number(a ** b);
      case '//':
        return b === 0 ? UNKNOWN : number(Math.floor(a / b));
      case '/':
        return b === 0 ? UNKNOWN : number(a / b, true);
      default:
        return UNKNOWN;
    }
  }

  function compare(operator: string, a: Obj, b: Obj): boolean | undefined {
    switch (operator) {
      case '==':
        return areEqual(a, b);
      case 'is':
        return isSame(a, b);
      case '!=':
      case '<>': {
        const same = areEqual(a, b);
        return same === undefined ? undefined : !same;
      }
      case 'is not': {
        const same = isSame(a, b);
        return same === undefined ? undefined : !same;
      }
      case 'in':
        return contains(b, a);
      case 'not in': {
        const found = contains(b, a);
        return found === undefined ? undefined : !found;
      }
      default:
        return ordered(operator, a, b);
    }
  }

  function areEqual(a: Obj, b: Obj): boolean | undefined {
    const own = a.kind === 'instance' ? machine.classMember(a.class, '__eq__')?.value : undefined;
    if (own?.kind !== 'function') return equal(a, b);
    return truth(machine.call({ kind: 'bound', target: own, self: a }, given(b)));
  }

  function isSame(a: Obj, b: Obj): boolean | undefined {
    const isObject = (one: Obj) =>
      one.kind === 'instance' || one.kind === 'list' || one.kind === 'dict';
    return isObject(a) && isObject(b) ? a === b : equal(a, b);
  }

  function contains(container: Obj, item: Obj): boolean | undefined {
    const inside = textOf(container);
    const wanted = textOf(item);
    if (inside !== undefined && wanted !== undefined) return inside.includes(wanted);
    const own =
      container.kind === 'instance' ? machine.attributeIfAny(container, '__contains__') : undefined;
    if (own !== undefined && own.kind !== 'unknown') return truth(machine.call(own, given(item)));
    const items =
      container.kind === 'dict'
        ? container.entries.map(([key]) => key)
        : machine.iterate(container);
    if (items === undefined) return undefined;
    machine.tick(items.length);
    const found = items.map((one) => equal(one, item));
    if (found.includes(true)) return true;
    return found.includes(undefined) ? undefined : false;
  }

  function ordered(operator: string, a: Obj, b: Obj): boolean | undefined {
    const step = order(machine, a, b);
    if (step === undefined) return undefined;
    if (operator === '<') return step < 0;
    if (operator === '<=') return step <= 0;
    if (operator === '>') return step > 0;
    return operator === '>=' ? step >= 0 : undefined;
  }

  return { binary, compare };
}

function isClass(object: Obj): boolean {
  if (object.kind === 'tuple') return object.items.every(isClass);
  return object.kind === 'class' || (object.kind === 'external' && CLASS_NAME.test(object.name));
}

const CLASS_NAME = /(?:^|\.)(?:[A-Z]\w*[a-z]\w*|str|int|float|bool|dict|list|tuple|set|bytes)$/;

/** Arguments of a call that stands nowhere: Python makes it for an operator. */
export function given(...args: Obj[]): Arguments {
  return { args, keywords: new Map(), isPartial: false, site: NO_SITE };
}

const OVERLOADS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '|': 'or',
  '&': 'and',
  '@': 'matmul',
  '>>': 'rshift',
  '<<': 'lshift',
};

const NO_SITE = { block: '', start: 0, end: 0, args: [] };
