/** Evaluates expressions to `Obj`s. */
import { publicName } from '../../knowledge/names.ts';
import { BUILTINS } from '../../knowledge/stdlib.ts';
import type { Argument, Comprehension, Expression, FString, Slice } from '../../syntax/nodes.ts';
import { formatted, represent, show } from './formatting.ts';
import { iteratorOver } from './iterators.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  type Env,
  equal,
  external,
  list,
  NONE,
  namesAsDict,
  number,
  numberOf,
  type Obj,
  put,
  text,
  textOf,
  truth,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';
import { createOperators, given } from './operators.ts';
import { assignTarget } from './targets.ts';

export interface Evaluation {
  evaluate(expression: Expression, env: Env, block: string): Obj;
  /** Something of another package, by any of its names. */
  externalName(dotted: string): Obj;
  /** `object[key]`; nothing where there is certainly no such item. */
  item(object: Obj, key: Obj): Obj | undefined;
  setItem(object: Obj, key: Obj, value: Obj): void;
  binary(operator: string, left: Obj, right: Obj): Obj;
}

export function createEvaluation(machine: Machine): Evaluation {
  const { binary, compare } = createOperators(machine);

  function externalName(dotted: string): Obj {
    return external(publicName(dotted));
  }

  function evaluate(expression: Expression, env: Env, block: string): Obj {
    machine.tick();
    switch (expression.type) {
      case 'name':
        return lookUp(expression.id, env);
      case 'attribute':
        return machine.attribute(evaluate(expression.object, env, block), expression.name);
      case 'call': {
        if (expression.callee.type === 'name' && expression.callee.id === 'super')
          return superObject(env);
        if (expression.callee.type === 'name' && expression.callee.id === 'globals')
          return globalsOf(env);
        if (expression.callee.type === 'name' && expression.callee.id === 'locals')
          return namesAsDict(env.vars);
        const callee = evaluate(expression.callee, env, block);
        return machine.call(callee, argumentsOf(expression.args, env, block, expression));
      }
      case 'string':
        return expression.bytes ? UNKNOWN : text(expression.value);
      case 'fstring':
        return formattedText(expression, env, block);
      case 'number': {
        const value = Number(expression.text.replaceAll('_', ''));
        return Number.isNaN(value)
          ? UNKNOWN
          : number(value, /[.eE]/.test(expression.text) && !/^0x/i.test(expression.text));
      }
      case 'true':
      case 'false':
        return bool(expression.type === 'true');
      case 'none':
        return NONE;
      case 'list':
      case 'tuple':
      case 'set':
        return { kind: expression.type, items: elements(expression.elements, env, block) };
      case 'dict':
        return dictionary(expression.entries, env, block);
      case 'comprehension':
        return comprehension(expression, env, block);
      case 'lambda':
        return { kind: 'lambda', node: expression, env, block };
      case 'binary':
        return binary(
          expression.operator,
          evaluate(expression.left, env, block),
          evaluate(expression.right, env, block),
        );
      case 'unary': {
        const value = evaluate(expression.operand, env, block);
        if (expression.operator === 'not') {
          const holds = truth(value);
          return holds === undefined ? UNKNOWN : bool(!holds);
        }
        return expression.operator === '-' && value.kind === 'number'
          ? number(-value.value, value.isFloat)
          : UNKNOWN;
      }
      case 'boolean': {
        const left = evaluate(expression.left, env, block);
        const holds = truth(left);
        if (holds === undefined) {
          // Whatever the left side is: `x or True` holds, and `x and False` does not.
          const right = evaluate(expression.right, env, block);
          const decides = right.kind === 'bool' && right.value === (expression.operator === 'or');
          return decides ? right : UNKNOWN;
        }
        return holds === (expression.operator === 'or')
          ? left
          : evaluate(expression.right, env, block);
      }
      case 'compare':
        return compared(expression.operands, expression.operators, env, block);
      case 'conditional': {
        const holds = truth(evaluate(expression.condition, env, block));
        if (holds === undefined) return UNKNOWN;
        return evaluate(holds ? expression.body : expression.orelse, env, block);
      }
      case 'subscript':
        return subscript(evaluate(expression.object, env, block), expression.indices, env, block);
      case 'await':
        return evaluate(expression.value, env, block);
      case 'walrus': {
        const value = evaluate(expression.value, env, block);
        assignTarget(machine, expression.target, value, env, block);
        return value;
      }
      case 'starred':
        return evaluate(expression.value, env, block);
      default:
        return UNKNOWN;
    }
  }

  function lookUp(name: string, env: Env): Obj {
    for (let scope: Env | undefined = env; scope !== undefined; scope = scope.outer) {
      if (scope.isClass && scope !== env) continue;
      const value = scope.vars.get(name);
      if (value !== undefined) return value;
    }
    if (BUILTINS.has(name)) return external(`builtins.${name}`);
    return UNKNOWN;
  }

  /** `super()` in a method: its `self`, seen from above the class that the method stands in. */
  function superObject(env: Env): Obj {
    let scope: Env | undefined = env;
    while (scope !== undefined && !scope.isClass) {
      const self = scope.vars.get('__self__');
      const owner = scope.vars.get('__class__');
      if (self !== undefined && owner?.kind === 'class')
        return {
          kind: 'instance',
          class: external('builtins.super'),
          attrs: new Map([
            ['self', self],
            ['owner', owner],
          ]),
        };
      scope = scope.outer;
    }
    return UNKNOWN;
  }

  function globalsOf(env: Env): Obj {
    return namesAsDict(env.module.attrs);
  }

  function argumentsOf(
    nodes: readonly Argument[],
    env: Env,
    block: string,
    at: { readonly start: number; readonly end: number },
  ): Arguments {
    const args: Obj[] = [];
    const keywords = new Map<string, Obj>();
    let isPartial = false;
    for (const { name, star, value: node } of nodes) {
      const value = evaluate(node, env, block);
      if (star === '*') {
        const items = machine.iterate(value);
        if (items === undefined) isPartial = true;
        else args.push(...items);
      } else if (star === '**') {
        if (value.kind !== 'dict') isPartial = true;
        else
          for (const [key, item] of value.entries) {
            const keyword = textOf(key);
            if (keyword !== undefined) keywords.set(keyword, item);
          }
      } else if (name !== undefined) keywords.set(name, value);
      else args.push(value);
    }
    return {
      args,
      keywords,
      isPartial,
      site: { block, start: at.start, end: at.end, args: nodes },
    };
  }

  function formattedText(expression: FString, env: Env, block: string): Obj {
    const { parts, specs } = expression;
    let whole = '';
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? '';
      if (typeof part === 'string') {
        whole += part;
        continue;
      }
      const value = evaluate(part, env, block);
      const [, conversion, spec = ''] = /^(!.)?:?(.*)$/s.exec(specs?.[index] ?? '') ?? [];
      // What a format interpolates stands behind it.
      const filled = spec.replace(/\{[^{}]*\}/g, () => {
        const inner = parts[++index];
        return inner === undefined || typeof inner === 'string'
          ? ''
          : show(machine, evaluate(inner, env, block));
      });
      whole += formatted(
        machine,
        conversion === '!r' ? text(represent(machine, value)) : value,
        filled,
      );
    }
    return text(whole);
  }

  function elements(nodes: readonly Expression[], env: Env, block: string): Obj[] {
    return nodes.flatMap((node) => {
      const value = evaluate(node, env, block);
      return node.type === 'starred' ? (machine.iterate(value) ?? []) : [value];
    });
  }

  function dictionary(
    nodes: readonly { readonly key?: Expression; readonly value: Expression }[],
    env: Env,
    block: string,
  ): Obj {
    const entries: [Obj, Obj][] = [];
    for (const { key, value: node } of nodes) {
      const value = evaluate(node, env, block);
      if (key !== undefined) entries.push([evaluate(key, env, block), value]);
      else if (value.kind === 'dict') entries.push(...value.entries);
    }
    return { kind: 'dict', entries };
  }

  function comprehension(expression: Comprehension, env: Env, block: string): Obj {
    const results: Obj[] = [];
    const entries: [Obj, Obj][] = [];
    let isKnown = true;
    const inner: Env = { ...env, vars: new Map(), outer: env, isClass: false, declared: new Map() };
    const visit = (index: number) => {
      const clause = expression.clauses[index];
      if (clause === undefined) {
        const value = evaluate(expression.element, inner, block);
        if (expression.value) entries.push([value, evaluate(expression.value, inner, block)]);
        else results.push(value);
        return;
      }
      const items = machine.iterate(evaluate(clause.iterable, inner, block));
      if (items === undefined) {
        isKnown = false;
        return;
      }
      for (const item of items) {
        assignTarget(machine, clause.target, item, inner, block);
        const holds = clause.conditions.map((one) => truth(evaluate(one, inner, block)));
        if (!holds.includes(false)) visit(index + 1);
      }
    };
    visit(0);
    if (!isKnown && results.length + entries.length === 0) return UNKNOWN;
    if (expression.form === 'dict') return { kind: 'dict', entries };
    if (expression.form === 'generator') return iteratorOver(results);
    return expression.form === 'set' ? { kind: 'set', items: results } : list(results);
  }

  function compared(
    operands: readonly Expression[],
    operators: readonly string[],
    env: Env,
    block: string,
  ): Obj {
    const values = operands.map((operand) => evaluate(operand, env, block));
    let isKnown = true;
    for (const [index, operator] of operators.entries()) {
      const holds = compare(operator, values[index] ?? UNKNOWN, values[index + 1] ?? UNKNOWN);
      if (holds === false) return bool(false);
      if (holds === undefined) isKnown = false;
    }
    return isKnown ? bool(true) : UNKNOWN;
  }

  function subscript(object: Obj, indices: readonly Expression[], env: Env, block: string): Obj {
    const [index] = indices;
    if (index === undefined) return UNKNOWN;
    if (object.kind === 'external' && /(?:^|\.)Annotated$/.test(object.name)) {
      const parts = index.type === 'tuple' && indices.length === 1 ? index.elements : indices;
      const [type, ...metadata] = parts.map((part) => evaluate(part, env, block));
      return { kind: 'annotated', type: type ?? UNKNOWN, metadata };
    }
    // A generic class with parameters is the class; a typing form is as good as unknown.
    if (object.kind === 'class') {
      const getItem = machine.classMember(object, '__class_getitem__');
      const members = object.attrs.get('_members_');
      if (members?.kind === 'dict')
        return entryOf(members.entries, evaluate(index, env, block)) ?? UNKNOWN;
      return getItem === undefined ? object : UNKNOWN;
    }
    if (object.kind === 'external' && object.name === 'sys.modules') {
      const name = textOf(evaluate(index, env, block));
      return [...machine.modules.values()].find((one) => one.name === name) ?? UNKNOWN;
    }
    if (object.kind === 'external')
      return object.name === 'os.environ' ? UNKNOWN : external(object.name);
    if (index.type === 'slice') return sliced(object, index, env, block);
    const key = evaluate(index, env, block);
    const found = item(object, key);
    if (found !== undefined) return found;
    return machine.failing(object.kind === 'dict' ? 'KeyError' : 'IndexError', isKnown(key));
  }

  /** `object[key]`; nothing where there is certainly no such item. */
  function item(object: Obj, key: Obj): Obj | undefined {
    switch (object.kind) {
      case 'dict': {
        const found = entryOf(object.entries, key);
        if (found !== undefined || object.factory === undefined) return found;
        const made = machine.call(object.factory, given());
        object.entries.push([key, made]);
        return made;
      }
      case 'list':
      case 'tuple':
        return key.kind === 'number' ? object.items.at(key.value) : UNKNOWN;
      case 'str':
        return key.kind === 'number' ? text(object.value.at(key.value) ?? '') : UNKNOWN;
      case 'instance': {
        const items = object.attrs.get('_items_');
        if (items?.kind === 'tuple' && key.kind === 'number') return items.items.at(key.value);
        const getItem = machine.attributeIfAny(object, '__getitem__');
        if (getItem !== undefined && getItem.kind !== 'unknown')
          return machine.call(getItem, given(key));
        const wrapped = object.attrs.get('_wrapped_') ?? object.attrs.get('_text_value_');
        return wrapped ? item(wrapped, key) : UNKNOWN;
      }
      default:
        return UNKNOWN;
    }
  }

  function entryOf(entries: readonly (readonly [Obj, Obj])[], key: Obj): Obj | undefined {
    machine.tick(entries.length);
    // A later entry replaces an earlier one.
    return entries.findLast(([name]) => equal(name, key) === true)?.[1];
  }

  function sliced(object: Obj, node: Slice, env: Env, block: string): Obj {
    const bounds: (number | undefined)[] = [];
    for (const [index, part] of node.parts.entries()) {
      const value = evaluate(part, env, block);
      if (value.kind !== 'none' && numberOf(value) === undefined) return UNKNOWN;
      bounds[node.places?.[index] ?? index] = numberOf(value);
    }
    if (object.kind === 'str') return text(cut([...object.value], bounds).join(''));
    if (object.kind !== 'list' && object.kind !== 'tuple') return UNKNOWN;
    return { kind: object.kind, items: cut(object.items, bounds) };
  }

  function setItem(object: Obj, key: Obj, value: Obj): void {
    if (object.kind === 'dict') put(object, key, value);
    if (object.kind === 'list' && key.kind === 'number' && key.value < object.items.length)
      object.items[key.value < 0 ? object.items.length + key.value : key.value] = value;
    if (object.kind !== 'instance') return;
    const own = machine.attributeIfAny(object, '__setitem__');
    const wrapped = object.attrs.get('_wrapped_');
    if (own !== undefined && own.kind !== 'unknown') machine.call(own, given(key, value));
    else if (wrapped) setItem(wrapped, key, value);
  }

  return { evaluate, externalName, item, setItem, binary };
}

/** A key that a dictionary can be said not to have. */
function isKnown(key: Obj): boolean {
  return numberOf(key) !== undefined || textOf(key)?.includes(UNKNOWN_PART) === false;
}

/** What is between two bounds, as in Python; with a step, every so many. */
function cut<T>(items: readonly T[], [from, to, step = 1]: readonly (number | undefined)[]): T[] {
  if (step > 0) return items.slice(from, to).filter((_, index) => index % step === 0);
  const at = (bound: number) => (bound < 0 ? items.length + bound : bound);
  const start = from === undefined ? items.length - 1 : Math.min(at(from), items.length - 1);
  const stop = to === undefined ? -1 : at(to);
  return items
    .slice(stop + 1, start + 1)
    .reverse()
    .filter((_, index) => index % -step === 0);
}
