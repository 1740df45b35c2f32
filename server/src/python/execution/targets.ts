/** What assignments and `del` do to names, attributes and items. */
import type { Expression } from '../../syntax/nodes.ts';
import type { Machine } from './machine.ts';
import { type Env, equal, type Obj, UNKNOWN } from './objects.ts';

/** Binds a name where the statements around say that it is. */
export function setVariable(env: Env, name: string, value: Obj): void {
  const declared = env.declared.get(name);
  if (declared === 'global') env.module.attrs.set(name, value);
  else if (declared === 'nonlocal') {
    for (let scope = env.outer; scope !== undefined; scope = scope.outer) {
      if (!scope.vars.has(name)) continue;
      scope.vars.set(name, value);
      return;
    }
  } else env.vars.set(name, value);
}

/** Binds a target: a name, an attribute, an item, or several at once. */
export function assignTarget(
  machine: Machine,
  target: Expression,
  value: Obj,
  env: Env,
  block: string,
): void {
  switch (target.type) {
    case 'name':
      setVariable(env, target.id, value);
      return;
    case 'tuple':
    case 'list': {
      const items = machine.iterate(value);
      const star = target.elements.findIndex((element) => element.type === 'starred');
      target.elements.forEach((element, index) => {
        if (items === undefined) assignTarget(machine, element, UNKNOWN, env, block);
        else if (star < 0 || index < star)
          assignTarget(machine, element, items[index] ?? UNKNOWN, env, block);
        else if (index === star) {
          const rest = items.slice(star, items.length - (target.elements.length - star - 1));
          assignTarget(machine, element, { kind: 'list', items: rest }, env, block);
        } else
          assignTarget(
            machine,
            element,
            items[items.length - (target.elements.length - index)] ?? UNKNOWN,
            env,
            block,
          );
      });
      return;
    }
    case 'starred':
      assignTarget(machine, target.value, value, env, block);
      return;
    case 'attribute': {
      machine.setAttribute(machine.evaluate(target.object, env, block), target.name, value);
      return;
    }
    case 'subscript': {
      const object = machine.evaluate(target.object, env, block);
      const [index] = target.indices;
      if (index === undefined) return;
      if (index.type === 'slice') {
        // `routes[:] = others`
        const items = index.parts.length === 0 ? machine.iterate(value) : undefined;
        if (object.kind === 'list' && items) object.items.splice(0, object.items.length, ...items);
        return;
      }
      machine.setItem(object, machine.evaluate(index, env, block), value);
      return;
    }
    default:
  }
}

/** `del target`. */
export function removeTarget(machine: Machine, target: Expression, env: Env, block: string): void {
  if (target.type === 'name') env.vars.delete(target.id);
  if (target.type === 'attribute') {
    const object = machine.evaluate(target.object, env, block);
    if ('attrs' in object) object.attrs.delete(target.name);
  }
  if (target.type !== 'subscript') return;
  const object = machine.evaluate(target.object, env, block);
  const [index] = target.indices;
  if (index === undefined || index.type === 'slice') {
    if (object.kind === 'list' && index?.type === 'slice' && index.parts.length === 0)
      object.items.length = 0;
    return;
  }
  const key = machine.evaluate(index, env, block);
  if (object.kind === 'list' && key.kind === 'number') object.items.splice(key.value, 1);
  if (object.kind === 'dict') {
    const kept = object.entries.filter(([one]) => equal(one, key) !== true);
    object.entries.splice(0, object.entries.length, ...kept);
  }
}
