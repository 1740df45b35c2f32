/** In which order classes are looked into, and what stands above them. */
import type { Class, External, Obj } from './objects.ts';

/** More classes than any real one stands below. */
const MAX_CLASSES = 100;

export interface Classes {
  /** The classes that attributes are looked for in, nearest first. */
  mro(cls: Class | External): readonly (Class | External)[];
  /** The names of the classes of other packages that a class stands below, nearest first. */
  externalBases(cls: Class | External): string[];
  classMember(cls: Class | External, name: string): { value: Obj; owner: Class } | undefined;
  /** The project's own metaclass of a class. */
  metaclassOf(cls: Class): Class | undefined;
  setMetaclass(cls: Class, metaclass: Class): void;
  /** The classes directly below one, in the order in which they were made. */
  subclassesOf(cls: Class): Class[];
  addSubclass(base: Class, cls: Class): void;
}

export function createClasses(): Classes {
  const orders = new WeakMap<Class, readonly (Class | External)[]>();
  const metaclasses = new WeakMap<Class, Class>();
  const below = new WeakMap<Class, Class[]>();

  function mro(cls: Class | External): readonly (Class | External)[] {
    if (cls.kind === 'external') return [cls];
    const known = orders.get(cls);
    if (known !== undefined) return known;
    // A class that stands below itself, by a mistake, ends here.
    orders.set(cls, [cls]);
    const above = cls.bases.flatMap((base) =>
      base.kind === 'class' || base.kind === 'external' ? mro(base) : [],
    );
    // A base shared by two comes after both.
    const last = new Map(above.map((one, index) => [one, index]));
    const order = [cls, ...above.filter((one, index) => last.get(one) === index)];
    orders.set(cls, order.slice(0, MAX_CLASSES));
    return order.slice(0, MAX_CLASSES);
  }

  function externalBases(cls: Class | External): string[] {
    return mro(cls).flatMap((one) => (one.kind === 'external' ? one.name : []));
  }

  function classMember(
    cls: Class | External,
    name: string,
  ): { value: Obj; owner: Class } | undefined {
    for (const one of mro(cls)) {
      if (one.kind !== 'class') continue;
      const value = one.attrs.get(name);
      if (value !== undefined) return { value, owner: one };
    }
    return undefined;
  }

  function metaclassOf(cls: Class): Class | undefined {
    for (const one of mro(cls)) {
      const own = one.kind === 'class' ? metaclasses.get(one) : undefined;
      if (own !== undefined) return own;
    }
    return undefined;
  }

  return {
    mro,
    externalBases,
    classMember,
    metaclassOf,
    setMetaclass: (cls, metaclass) => metaclasses.set(cls, metaclass),
    subclassesOf: (cls) => below.get(cls) ?? [],
    addSubclass: (base, cls) => below.set(base, [...(below.get(base) ?? []), cls]),
  };
}
