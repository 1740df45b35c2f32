/** Python's own functions and types, but for those over sequences. */
import { formatted, represent, show } from './formatting.ts';
import { isInstance, isSubclass, plainClass } from './instance-checks.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  list,
  NONE,
  number,
  numberOf,
  type Obj,
  text,
  textOf,
  truth,
  tuple,
  UNKNOWN,
} from './objects.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const first = ({ args }: Arguments): Obj => args[0] ?? UNKNOWN;

const answer = (holds: boolean | undefined): Obj => (holds === undefined ? UNKNOWN : bool(holds));

const onNumber =
  (change: (value: number) => Obj): Call =>
  (_machine, call) => {
    const value = numberOf(first(call));
    return value === undefined ? UNKNOWN : change(value);
  };

const described =
  (form: 'property' | 'staticmethod' | 'classmethod'): Call =>
  (_machine, call) => ({ kind: 'descriptor', form, target: first(call) });

export const BUILTIN_CALLS: Readonly<Record<string, Call>> = {
  'builtins.str': (machine, call) => text(call.args.length === 0 ? '' : show(machine, first(call))),
  'builtins.repr': (machine, call) => text(represent(machine, first(call))),
  'builtins.format': (machine, { args: [value = UNKNOWN, spec] }) =>
    text(formatted(machine, value, textOf(spec) ?? '')),
  'builtins.int': (machine, call) => {
    const value = numberOf(first(call));
    if (value !== undefined) return number(Math.trunc(value));
    const written = textOf(first(call));
    if (written !== undefined && /^\s*[-+]?\d+\s*$/.test(written)) return number(Number(written));
    return machine.failing('ValueError', written !== undefined && /^[ -~]*$/.test(written));
  },
  'builtins.float': (_machine, call) => {
    const value = numberOf(first(call)) ?? Number(textOf(first(call)) ?? Number.NaN);
    return Number.isNaN(value) ? UNKNOWN : number(value, true);
  },
  'builtins.bool': (_machine, call) => answer(call.args.length === 0 ? false : truth(first(call))),
  'builtins.abs': onNumber((value) => number(Math.abs(value))),
  'builtins.round': (_machine, { args: [value, digits] }) => {
    const given = numberOf(value);
    const places = numberOf(digits);
    if (given === undefined) return UNKNOWN;
    const scale = 10 ** (places ?? 0);
    const whole = Math.floor(given * scale);
    const part = given * scale - whole;
    // Halves go to the even side.
    const up = part > 0.5 || (part === 0.5 && whole % 2 !== 0);
    return number((whole + (up ? 1 : 0)) / scale, places !== undefined);
  },
  'builtins.divmod': (_machine, { args: [a, b] }) => {
    const [left, right] = [numberOf(a), numberOf(b)];
    if (left === undefined || !right) return UNKNOWN;
    const quotient = Math.floor(left / right);
    return tuple([number(quotient), number(left - quotient * right)]);
  },
  'builtins.chr': onNumber((value) => text(String.fromCodePoint(value & 0x1f_ff_ff))),
  'builtins.hex': onNumber((value) => text(`0x${value.toString(16)}`)),
  'builtins.ord': (_machine, call) => {
    const point = textOf(first(call))?.codePointAt(0);
    return point === undefined ? UNKNOWN : number(point);
  },
  'builtins.dict': (machine, { args: [from], keywords }) => {
    const entries: [Obj, Obj][] = from?.kind === 'dict' ? [...from.entries] : [];
    const pairs = from && from.kind !== 'dict' ? machine.iterate(from) : [];
    for (const pair of pairs ?? []) {
      const [key, value] = machine.iterate(pair) ?? [];
      if (key && value) entries.push([key, value]);
    }
    for (const [key, value] of keywords) entries.push([text(key), value]);
    return { kind: 'dict', entries };
  },
  'builtins.getattr': (machine, { args: [object, name, otherwise] }) => {
    const wanted = textOf(name);
    if (object === undefined || wanted === undefined) return UNKNOWN;
    const value = machine.attributeIfAny(object, wanted) ?? otherwise;
    return value ?? machine.failing('AttributeError', true);
  },
  'builtins.hasattr': (machine, { args: [object, name] }) => {
    const wanted = textOf(name);
    if (object === undefined || wanted === undefined) return UNKNOWN;
    const value = machine.attributeIfAny(object, wanted);
    return value?.kind === 'unknown' ? UNKNOWN : bool(value !== undefined);
  },
  'builtins.setattr': (machine, { args: [object, name, value] }) => {
    const wanted = textOf(name);
    if (wanted !== undefined && value && object) machine.setAttribute(object, wanted, value);
    return NONE;
  },
  'builtins.delattr': (_machine, { args: [object, name] }) => {
    if (object && 'attrs' in object) object.attrs.delete(textOf(name) ?? '');
    return NONE;
  },
  'builtins.vars': (machine, call) => machine.attribute(first(call), '__dict__'),
  'builtins.dir': (machine, call) => {
    const names = machine.namesOf(first(call));
    return names ? list(names.map(text)) : UNKNOWN;
  },
  'builtins.callable': (machine, call) => {
    const object = first(call);
    if (object.kind === 'unknown' || object.kind === 'external') return UNKNOWN;
    if (object.kind === 'instance') {
      const method = machine.classMember(object.class, '__call__');
      if (method !== undefined) return bool(true);
      return answer(machine.externalBases(object.class).length > 0 ? undefined : false);
    }
    return bool(
      ['function', 'lambda', 'bound', 'native', 'partial', 'class'].includes(object.kind),
    );
  },
  'builtins.isinstance': (machine, { args: [object = UNKNOWN, classes = UNKNOWN] }) =>
    answer(isInstance(machine, object, classes)),
  'builtins.issubclass': (machine, { args: [one = UNKNOWN, classes = UNKNOWN] }) =>
    answer(isSubclass(machine, one, classes)),
  'builtins.type': (machine, { args: [one = UNKNOWN, bases, attrs], site, keywords }) => {
    const name = textOf(one);
    if (name !== undefined && bases?.kind === 'tuple' && attrs?.kind === 'dict')
      return machine.madeClass(name, bases.items, attrs, keywords, site.block);
    return one.kind === 'instance' ? one.class : plainClass(one);
  },
  'builtins.print': () => NONE,
  'builtins.property': described('property'),
  'builtins.staticmethod': described('staticmethod'),
  'builtins.classmethod': described('classmethod'),
};
