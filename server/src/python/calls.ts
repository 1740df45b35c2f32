/** What calls give. */
import { ENTITY_STEPS, type EntityStep } from '../knowledge/entities.ts';
import {
  CHAINED,
  CLASS_MAKERS,
  CONTAINERS,
  CONTEXT_MANAGERS,
  RESULTS,
  SESSION_FACTORIES,
} from '../knowledge/results.ts';
import type { Reader } from '../query/database.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { outerScopeOf } from './definitions.ts';
import type { Parts } from './evaluate.ts';
import { classSignature, functionSignature } from './signatures.ts';
import { externalInstance, instanceOf, itemsOf, lastPart, type Value } from './values.ts';

export interface Calls {
  /** What calling a value gives; `call` is the call itself, for arguments that matter, `receiver` the object before the dot. */
  resultOf(
    callee: Value,
    call: Call | undefined,
    scope: string,
    receiver?: Value,
  ): Value | undefined;
  /** What a call of a project function gives: its annotation's word, else what it is seen to return. */
  functionResult(id: string): Value | undefined;
  /** What a dependency (the argument of an injector) hands to the parameter. */
  injectedBy(dependency: Value): Value | undefined;
}

/** Calls that give a container of what their argument holds. */
const SAME_ITEMS: ReadonlySet<string> = new Set(
  'list tuple set frozenset sorted reversed iter'.split(' ').map((name) => `builtins.${name}`),
);

function holding(name: string, items: Value): Value {
  return { kind: 'instance', class: { kind: 'external', name }, items };
}

/** A context manager that gives `items` when it is entered. */
function managerOf(items: Value | undefined): Value {
  return {
    kind: 'instance',
    class: { kind: 'external', name: 'contextlib.AbstractContextManager' },
    ...(items && { items }),
  };
}

export function createCalls(db: Reader, self: Parts): Calls {
  function resultOf(
    callee: Value,
    call: Call | undefined,
    scope: string,
    receiver?: Value,
  ): Value | undefined {
    switch (callee.kind) {
      case 'external':
        return (
          mappingResult(callee.name, receiver) ??
          entityResult(callee.name, call, scope, receiver) ??
          externalResult(callee.name, call, scope)
        );
      case 'class':
        return { kind: 'instance', class: callee.class };
      case 'function':
        return self.bounded(() => functionResult(callee.id, receiver));
      case 'instance': {
        if (callee.made !== undefined) return callee.made;
        const method = self.attributeOf(callee, '__call__');
        return method?.kind === 'function'
          ? self.bounded(() => functionResult(method.id))
          : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What the methods of a mapping give of its values. */
  function mappingResult(name: string, receiver: Value | undefined): Value | undefined {
    if (receiver?.kind !== 'instance' || receiver.values === undefined) return undefined;
    const method = lastPart(name);
    if (method === 'values') return holding('builtins.list', receiver.values);
    return method === 'get' || method === 'pop' || method === 'setdefault'
      ? receiver.values
      : undefined;
  }

  /** What a query gives of the class that it asks for: `session.get(User, 1)`, `select(User)`, `query.first()`. */
  function entityResult(
    name: string,
    call: Call | undefined,
    scope: string,
    receiver: Value | undefined,
  ): Value | undefined {
    const step = ENTITY_STEPS.get(name);
    if (step === undefined) return undefined;
    const entity = entityOf(step.from, call, scope, receiver);
    if (entity?.kind !== 'instance' || entity.class.kind !== 'project') return undefined;
    if (step.gives === 'one') return entity;
    const items = step.isOfRows ? holding('sqlalchemy.Row', entity) : entity;
    return holding(step.gives, items);
  }

  function entityOf(
    from: EntityStep['from'],
    call: Call | undefined,
    scope: string,
    receiver: Value | undefined,
  ): Value | undefined {
    if (from === 'receiver') return itemsOf(receiver);
    if (from === 'owner') return receiver?.kind === 'class' ? instanceOf(receiver) : receiver;
    if (from === 'rows') return itemsOf(itemsOf(receiver));
    const given = (call?.args ?? []).filter((argument) => argument.name === undefined);
    const [first] = given;
    if (first === undefined || first.star !== undefined) return undefined;
    const value = self.meaningOf(first.value, scope);
    if (from === 'statement') return itemsOf(value);
    // Two classes give rows; a key after the class (`session.get(User, 1)`) does not.
    const several = from === 'classes' && given.length > 1;
    return several || value?.kind !== 'class' ? undefined : instanceOf(value);
  }

  function externalResult(name: string, call: Call | undefined, scope: string): Value | undefined {
    const factory = SESSION_FACTORIES[name];
    if (factory !== undefined) {
      const given = call?.args.find(
        (argument) => argument.name === factory.keyword && factory.keyword !== '',
      );
      const made = given ? self.meaningOf(given.value, scope) : undefined;
      const wrapped = call?.args[0] && self.meaningOf(call.args[0].value, scope);
      return {
        kind: 'instance',
        class: { kind: 'external', name },
        made:
          (made && instanceOf(made)) ??
          (wrapped?.kind === 'instance' ? wrapped.made : undefined) ??
          externalInstance(factory.made),
      };
    }
    if (CONTEXT_MANAGERS.has(name) || name === 'functools.partial') {
      const wrapped = call?.args[0] && self.meaningOf(call.args[0].value, scope);
      if (wrapped === undefined) return undefined;
      const result = resultOf(wrapped, undefined, scope);
      const isManager = name !== 'functools.partial';
      const made = isManager && result?.kind === 'instance' ? managerOf(result.items) : result;
      const own = { kind: 'instance', class: { kind: 'external', name } } as const;
      return { ...own, ...(made && { made }), ...(!isManager && { wraps: wrapped }) };
    }
    if (name === 'builtins.next')
      return call?.args[0] && itemsOf(self.meaningOf(call.args[0].value, scope));
    if (SAME_ITEMS.has(name)) {
      const items = call?.args[0] && itemsOf(self.meaningOf(call.args[0].value, scope));
      return { kind: 'instance', class: { kind: 'external', name }, ...(items && { items }) };
    }
    if (name === 'typing.cast') {
      const [type] = call?.args ?? [];
      return type && self.annotated(type.value, scope);
    }
    const madeClass = CLASS_MAKERS[name];
    if (madeClass !== undefined)
      return { kind: 'class', class: { kind: 'external', name: madeClass } };
    const known = RESULTS[name];
    if (known !== undefined) return externalInstance(known);
    const dot = name.lastIndexOf('.');
    const owner = name.slice(0, dot);
    const method = name.slice(dot + 1);
    if (CHAINED[owner]?.has(method)) return externalInstance(owner);
    // `AutoModel.from_pretrained(...)` makes an `AutoModel`.
    if (method === 'from_pretrained') return externalInstance(owner);
    return /^[A-Z]/.test(method) && !/^[A-Z0-9_]+$/.test(method)
      ? externalInstance(name)
      : undefined;
  }

  function functionResult(id: string, receiver?: Value): Value | undefined {
    const signature = db.get(functionSignature, id);
    if (signature === null) return undefined;
    // Read where the `def` stands: a parameter of the same name as a class does not hide it.
    const outer = outerScopeOf(id);
    const declared =
      signature.returns &&
      (ownClass(signature.returns, outer, receiver) ?? self.annotated(signature.returns, outer));
    if (signature.isGenerator) {
      const items = yieldedBy(id, declared);
      if ([...CONTEXT_MANAGERS].some((name) => self.hasDecorator(id, name)))
        return managerOf(items);
      return {
        kind: 'instance',
        class: { kind: 'external', name: 'typing.Iterator' },
        ...(items && { items }),
      };
    }
    const inferred =
      declared === undefined && signature.returns === undefined ? self.inferredResult(id) : null;
    const result = declared ?? inferred ?? undefined;
    return signature.isAsync ? { kind: 'coroutine', result: result ?? null } : result;
  }

  /** `-> Self` is an object of the class that it is called on, or else of the one that the method stands in. */
  function ownClass(
    returns: Expression,
    outer: string,
    receiver: Value | undefined,
  ): Value | undefined {
    if (returns.type !== 'name' && returns.type !== 'attribute') return undefined;
    const value = self.meaningOf(returns, outer);
    const isSelf = value?.kind === 'external' && /^typing(?:_extensions)?\.Self$/.test(value.name);
    if (!isSelf || db.get(classSignature, outer) === null) return undefined;
    const isBelow =
      (receiver?.kind === 'class' || receiver?.kind === 'instance') &&
      self.lineage(receiver.class).some((one) => one.kind === 'project' && one.id === outer);
    return {
      kind: 'instance',
      class: isBelow ? receiver.class : { kind: 'project', id: outer },
    };
  }

  function yieldedBy(id: string, declared: Value | undefined): Value | undefined {
    if (declared?.kind === 'instance') {
      const isContainer =
        declared.class.kind === 'external' && CONTAINERS.has(lastPart(declared.class.name));
      // `-> AsyncSession` on a generator is wrong, but says what is meant.
      return isContainer ? declared.items : declared;
    }
    return self.inferredResult(id) ?? undefined;
  }

  function injectedBy(dependency: Value): Value | undefined {
    const result = resultOf(dependency, undefined, '');
    const given = result?.kind === 'coroutine' ? (result.result ?? undefined) : result;
    const target =
      dependency.kind === 'instance' ? self.attributeOf(dependency, '__call__') : dependency;
    const isGenerator =
      target?.kind === 'function' && db.get(functionSignature, target.id)?.isGenerator === true;
    return isGenerator ? itemsOf(given) : given;
  }

  return { resultOf, functionResult, injectedBy };
}
