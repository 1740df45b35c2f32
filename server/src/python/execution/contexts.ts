/** `with`: generators that are context managers, objects with `__enter__` and `__exit__`, and `contextlib`'s own. */
import { ownArguments } from './attributes.ts';
import { type Machine, Raised } from './machine.ts';
import { external, type Instance, NONE, native, type Obj, truth } from './objects.ts';

type Run = (handle: (value: Obj) => void) => void;

const MANAGER = external('contextlib._GeneratorContextManager');

/** What a call of a function under `@contextmanager` gives: it runs when a `with` enters it. */
export function managerOf(run: Run): Instance {
  return { kind: 'instance', class: MANAGER, attrs: new Map(), state: run };
}

function runOf(object: Obj): Run | undefined {
  return object.kind === 'instance' && object.class === MANAGER ? (object.state as Run) : undefined;
}

/** Runs a suite inside of a context manager. `catches`: whether classes of exceptions cover a raised one. */
export function within(
  machine: Machine,
  manager: Obj,
  suite: (value: Obj) => void,
  catches: (classes: readonly Obj[], error: Raised) => boolean,
): void {
  const run = runOf(manager);
  if (run !== undefined) {
    run(suite);
    return;
  }
  if (manager.kind === 'instance' && manager.class.kind === 'external') {
    const { name } = manager.class;
    if (name === 'contextlib.suppress') {
      const { args } = manager.state as { args: readonly Obj[] };
      suppressed(
        machine,
        () => suite(NONE),
        (error) => catches(args, error),
      );
      return;
    }
    if (name === 'contextlib.nullcontext') {
      suite((manager.state as { args: readonly Obj[] }).args[0] ?? NONE);
      return;
    }
  }
  const enter = methodOf(machine, manager, '__enter__') ?? methodOf(machine, manager, '__aenter__');
  const exit = methodOf(machine, manager, '__exit__') ?? methodOf(machine, manager, '__aexit__');
  const value = enter ? machine.call(enter, ownArguments([])) : manager;
  try {
    suite(value);
  } catch (error) {
    if (!(error instanceof Raised) || exit === undefined) throw error;
    const taken = machine.call(exit, ownArguments([error.object, error.object, NONE]));
    if (truth(taken) !== true) throw error;
    return;
  }
  if (exit) machine.call(exit, ownArguments([NONE, NONE, NONE]));
}

function methodOf(machine: Machine, object: Obj, name: string): Obj | undefined {
  if (object.kind !== 'instance' || object.class.kind !== 'class') return undefined;
  const method = machine.attributeIfAny(object, name);
  return method === undefined || method.kind === 'unknown' ? undefined : method;
}

function suppressed(machine: Machine, run: () => void, covers: (error: Raised) => boolean): void {
  machine.tries.push(covers);
  try {
    run();
  } catch (error) {
    if (!(error instanceof Raised) || !covers(error)) throw error;
  } finally {
    machine.tries.pop();
  }
}

/** `stack.enter_context(manager)`: what follows its `yield` is run at once, for it can't be put off. */
export function stackAttribute(machine: Machine, name: string): Obj | undefined {
  if (name !== 'enter_context' && name !== 'enter_async_context') return undefined;
  return native(name, (_machine, { args: [manager = NONE] }) => {
    let entered: Obj = NONE;
    within(
      machine,
      manager,
      (value) => {
        entered = value;
      },
      () => false,
    );
    return entered;
  });
}
