/** What Python does when the body of a class has been run. */
import { makeMembers } from './enums.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  type Class,
  type Dict,
  namesAsDict,
  type Obj,
  text,
  textOf,
  tuple,
} from './objects.ts';

export interface ClassMaker {
  /** A class whose body was run, as its metaclass and the classes above it leave it. */
  finish(made: Class, keywords: ReadonlyMap<string, Obj>, block: string): Obj;
  /** What `type.__new__` gives inside of a metaclass's own `__new__`. */
  pending(): Obj | undefined;
  /** Turns the names of an enum into its members. */
  finishEnum(made: Class): void;
  /** `type(name, bases, attrs)`. */
  make(
    name: string,
    bases: readonly Obj[],
    attrs: Dict,
    keywords: ReadonlyMap<string, Obj>,
    block: string,
  ): Obj;
}

/** `isExecuted`: whether the body has been run, or is left until somebody looks into the class. */
export function createClassMaker(
  machine: Machine,
  mayHaveHook: (cls: Class) => boolean,
  isExecuted: (cls: Class) => boolean,
): ClassMaker {
  const underWay: { made: Class; complete: () => void }[] = [];

  function finish(made: Class, given: ReadonlyMap<string, Obj>, block: string): Obj {
    const keywords = new Map(given);
    const own = keywords.get('metaclass');
    keywords.delete('metaclass');
    if (own?.kind === 'class') machine.setMetaclass(made, own);
    for (const base of made.bases) if (base.kind === 'class') machine.addSubclass(base, made);
    let isComplete = false;
    const complete = () => {
      if (isComplete) return;
      isComplete = true;
      if (isExecuted(made)) nameAttributes(made, block);
      callSubclassHook(made, keywords, block);
    };
    const metaclass = machine.metaclassOf(made);
    const result = metaclass ? through(metaclass, made, complete, keywords, block) : made;
    complete();
    return result;
  }

  /** The metaclass's own `__new__` and `__init__`. */
  function through(
    metaclass: Class,
    made: Class,
    complete: () => void,
    keywords: ReadonlyMap<string, Obj>,
    block: string,
  ): Obj {
    const parts = () => [text(made.name), tuple([...made.bases]), namesAsDict(made.attrs)];
    const maker = machine.classMember(metaclass, '__new__')?.value;
    let result: Obj = made;
    if (maker?.kind === 'function') {
      underWay.push({ made, complete });
      try {
        const given = machine.call(maker, argumentsOf([metaclass, ...parts()], keywords, block));
        if (given.kind === 'class') result = given;
      } finally {
        underWay.pop();
      }
    }
    complete();
    const init = machine.classMember(metaclass, '__init__')?.value;
    if (init?.kind === 'function')
      machine.call(init, argumentsOf([result, ...parts()], keywords, block));
    return result;
  }

  function nameAttributes(made: Class, block: string): void {
    for (const [name, value] of [...made.attrs]) {
      if (value.kind !== 'instance' || value.class.kind !== 'class') continue;
      const hook = machine.classMember(value.class, '__set_name__')?.value;
      if (hook?.kind === 'function')
        machine.call(
          { kind: 'bound', target: hook, self: value },
          argumentsOf([made, text(name)], new Map(), block),
        );
    }
  }

  function callSubclassHook(made: Class, keywords: ReadonlyMap<string, Obj>, block: string): void {
    for (const base of made.bases) {
      if (base.kind !== 'class' || !mayHaveHook(base)) continue;
      const hook = machine.classMember(base, '__init_subclass__')?.value;
      const target = hook?.kind === 'descriptor' ? hook.target : hook;
      if (target?.kind !== 'function') continue;
      machine.call({ kind: 'bound', target, self: made }, argumentsOf([], keywords, block));
      return;
    }
  }

  function finishEnum(made: Class): void {
    const bases = machine.externalBases(made);
    if (!bases.some((base) => /^enum\.\w*(?:Enum|Flag)$/.test(base))) return;
    makeMembers(made, bases, (member, value) => {
      const init = machine.classMember(made, '__init__')?.value;
      if (init?.kind !== 'function') return;
      const args = value.kind === 'tuple' ? value.items : [value];
      machine.call(
        { kind: 'bound', target: init, self: member },
        argumentsOf(args, new Map(), made.id ?? ''),
      );
    });
  }

  function make(
    name: string,
    bases: readonly Obj[],
    given: Dict,
    keywords: ReadonlyMap<string, Obj>,
    block: string,
  ): Obj {
    const attrs = new Map<string, Obj>();
    for (const [key, value] of given.entries) attrs.set(textOf(key) ?? '', value);
    const made: Class = {
      kind: 'class',
      name,
      id: undefined,
      bases,
      attrs,
      fields: [],
      annotations: new Map(),
      isDataclass: false,
    };
    return finish(made, keywords, block);
  }

  return {
    finish,
    finishEnum,
    make,
    pending() {
      const last = underWay.at(-1);
      last?.complete();
      return last?.made;
    },
  };
}

function argumentsOf(
  args: readonly Obj[],
  keywords: ReadonlyMap<string, Obj>,
  block: string,
): Arguments {
  return { args, keywords, isPartial: false, site: { block, start: 0, end: 0, args: [] } };
}
