/** Runs statements. How a suite ends (normally, with a value, out of a loop) is its result. */

import type {
  ClassDef,
  Expression,
  FunctionDef,
  Match,
  Statement,
  Try,
} from '../../syntax/nodes.ts';
import { definitionsIn } from '../definitions.ts';
import { type Machine, Raised } from './machine.ts';
import { type Class, type Env, equal, NONE, type Obj, textOf, truth, UNKNOWN } from './objects.ts';

export type Ending =
  | { readonly kind: 'end' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Obj };

export interface Statements {
  run(body: readonly Statement[], env: Env, block: string, yields?: Obj[]): Ending;
}

/** One way that an `if` or a `match` may take, with a name that is its own. */
interface Branch {
  readonly body: readonly Statement[];
  readonly name: string;
}

const END: Ending = { kind: 'end' };
const MAX_ITEMS = 2_000;

export function createStatements(machine: Machine): Statements {
  function run(body: readonly Statement[], env: Env, block: string, yields?: Obj[]): Ending {
    for (const statement of body) {
      const ending = runOne(statement, env, block, yields);
      if (ending.kind !== 'end') return ending;
    }
    return END;
  }

  function runOne(
    statement: Statement,
    env: Env,
    block: string,
    yields: Obj[] | undefined,
  ): Ending {
    machine.tick();
    switch (statement.type) {
      case 'expression': {
        const { value } = statement;
        if (value.type === 'yield') {
          const given = value.value ? machine.evaluate(value.value, env, block) : NONE;
          if (value.isFrom) yields?.push(...(machine.iterate(given) ?? []));
          else yields?.push(given);
        } else machine.evaluate(value, env, block);
        return END;
      }
      case 'assign': {
        if (statement.value === undefined) return END;
        const value = machine.evaluate(statement.value, env, block);
        for (const target of statement.targets) assignTarget(machine, target, value, env, block);
        return END;
      }
      case 'augassign': {
        const { target, operator, value, start, end } = statement;
        const left = machine.evaluate(target, env, block);
        const right = machine.evaluate(value, env, block);
        // `routes += [...]` changes the list itself.
        if (operator === '+' && left.kind === 'list')
          left.items.push(...(machine.iterate(right) ?? []));
        else {
          const sum = machine.evaluate(
            { type: 'binary', operator, left: target, right: value, start, end },
            env,
            block,
          );
          assignTarget(machine, target, sum, env, block);
        }
        return END;
      }
      case 'return':
        return {
          kind: 'return',
          value: statement.value ? machine.evaluate(statement.value, env, block) : NONE,
        };
      case 'if':
        return runIf(statement.branches, statement.orelse, env, block, yields);
      case 'for':
        return runFor(statement, env, block, yields);
      case 'while':
        // How often is rarely known; what one round registers is.
        if (truth(machine.evaluate(statement.condition, env, block)) === false) return END;
        return afterLoop(run(statement.body, env, block, yields));
      case 'with':
        for (const { context, target } of statement.items) {
          const value = machine.evaluate(context, env, block);
          if (target) assignTarget(machine, target, value, env, block);
        }
        return run(statement.body, env, block, yields);
      case 'try':
        return runTry(statement, env, block, yields);
      case 'raise':
        throw new Raised(exceptionName(statement.exception, env, block));
      case 'import':
        for (const { name, alias } of statement.names) {
          const value = machine.importModule(env.module.path, name);
          if (alias !== undefined) setVariable(env, alias, value);
          else {
            const [top = ''] = name.split('.');
            setVariable(
              env,
              top,
              name === top ? value : machine.importModule(env.module.path, top),
            );
          }
        }
        return END;
      case 'import-from':
        for (const { name, alias } of statement.names) {
          const { level, module } = statement;
          const { path } = env.module;
          if (name === '*') machine.importStar(path, level, module, env.vars);
          else setVariable(env, alias ?? name, machine.importFrom(path, level, module, name));
        }
        return END;
      case 'function': {
        const id = idOf(statement, block);
        const made = machine.functionObject(id, env, block);
        setVariable(env, statement.name, machine.decorate(made, statement.decorators, env, block));
        return END;
      }
      case 'class': {
        const made = classFrom(statement, env, block);
        setVariable(env, statement.name, machine.decorate(made, statement.decorators, env, block));
        return END;
      }
      case 'global':
      case 'nonlocal':
        for (const name of statement.names) env.declared.set(name, statement.type);
        return END;
      case 'match':
        return runMatch(statement, env, block, yields);
      case 'type-alias':
        setVariable(env, statement.name, machine.evaluate(statement.value, env, block));
        return END;
      case 'break':
      case 'continue':
        return { kind: statement.type };
      default:
        return END;
    }
  }

  function runIf(
    branches: readonly { readonly condition: Expression; readonly body: readonly Statement[] }[],
    orelse: readonly Statement[],
    env: Env,
    block: string,
    yields: Obj[] | undefined,
  ): Ending {
    const at = branches[0]?.condition.start ?? 0;
    const open: Branch[] = [];
    for (const [index, { condition, body }] of branches.entries()) {
      const holds = truth(machine.evaluate(condition, env, block));
      if (holds === false) continue;
      open.push({ body, name: `${block}:${at}/${index}` });
      if (holds === true) return runOpen(open, env, block, yields);
    }
    open.push({ body: orelse, name: `${block}:${at}/else` });
    return runOpen(open, env, block, yields);
  }

  /** Runs the one branch that is taken, or each that may be; then names they disagree on are unknown. */
  function runOpen(
    open: readonly Branch[],
    env: Env,
    block: string,
    yields: Obj[] | undefined,
  ): Ending {
    const [only] = open;
    if (open.length === 1 && only) return runBranch(only, env, block, yields);
    const before = new Map(env.vars);
    const after: Map<string, Obj>[] = [];
    const endings: Ending[] = [];
    for (const branch of open) {
      env.vars.clear();
      for (const [name, value] of before) env.vars.set(name, value);
      endings.push(runBranch(branch, env, block, yields));
      after.push(new Map(env.vars));
    }
    const going = after.filter((_, index) => endings[index]?.kind === 'end');
    env.vars.clear();
    for (const vars of going.length > 0 ? going : after)
      for (const [name, value] of vars) {
        const known = env.vars.get(name);
        if (known === undefined) env.vars.set(name, value);
        else if (known !== value) env.vars.set(name, disagreed(known, value));
      }
    return going.length > 0 ? END : (endings[0] ?? END);
  }

  function runBranch(
    { body, name }: Branch,
    env: Env,
    block: string,
    yields: Obj[] | undefined,
  ): Ending {
    machine.conditions.push(name);
    try {
      return run(body, env, block, yields);
    } finally {
      machine.conditions.pop();
    }
  }

  function disagreed(a: Obj, b: Obj): Obj {
    if (a.kind === 'none' || a.kind === 'unknown') return b;
    if (b.kind === 'none' || b.kind === 'unknown') return a;
    return textOf(a) !== undefined && textOf(a) === textOf(b) ? a : UNKNOWN;
  }

  function runMatch(statement: Match, env: Env, block: string, yields: Obj[] | undefined): Ending {
    const subject = machine.evaluate(statement.subject, env, block);
    const open: Branch[] = [];
    for (const [index, one] of statement.cases.entries()) {
      for (const name of one.binds) setVariable(env, name, one.isOpen ? subject : UNKNOWN);
      const answers = one.values?.map((value) =>
        equal(machine.evaluate(value, env, block), subject),
      );
      const guard = one.guard ? truth(machine.evaluate(one.guard, env, block)) : true;
      const fits = one.isOpen || answers?.includes(true) === true;
      if (guard === false || answers?.every((answer) => answer === false)) continue;
      open.push({ body: one.body, name: `${block}:${statement.start}/${index}` });
      if (fits && guard === true) break;
    }
    return open.length === 0 ? END : runOpen(open, env, block, yields);
  }

  function runFor(
    statement: Extract<Statement, { type: 'for' }>,
    env: Env,
    block: string,
    yields: Obj[] | undefined,
  ): Ending {
    const items = machine.iterate(machine.evaluate(statement.iterable, env, block));
    if (items === undefined) {
      // What the loop does to each is worth seeing once, with an item that is not known.
      assignTarget(machine, statement.target, UNKNOWN, env, block);
      return afterLoop(run(statement.body, env, block, yields));
    }
    for (const item of items.slice(0, MAX_ITEMS)) {
      assignTarget(machine, statement.target, item, env, block);
      const ending = run(statement.body, env, block, yields);
      if (ending.kind === 'return') return ending;
      if (ending.kind === 'break') return END;
    }
    return run(statement.orelse, env, block, yields);
  }

  function afterLoop(ending: Ending): Ending {
    return ending.kind === 'return' ? ending : END;
  }

  function runTry(statement: Try, env: Env, block: string, yields: Obj[] | undefined): Ending {
    let ending: Ending = END;
    machine.tries.push(statement.handlers.length > 0);
    let isInside = true;
    const leave = () => {
      if (isInside) machine.tries.pop();
      isInside = false;
    };
    try {
      ending = run(statement.body, env, block, yields);
      leave();
      if (ending.kind === 'end') ending = run(statement.orelse, env, block, yields);
    } catch (error) {
      leave();
      if (!(error instanceof Raised)) throw error;
      const handler = statement.handlers.find((one) => catches(one.exception, error, env, block));
      if (handler === undefined) throw error;
      if (handler.name !== undefined) setVariable(env, handler.name, error.object);
      ending = run(handler.body, env, block, yields);
    } finally {
      leave();
      run(statement.finalbody, env, block, yields);
    }
    return ending;
  }

  function catches(node: Expression | undefined, error: Raised, env: Env, block: string): boolean {
    if (node === undefined) return true;
    const value = machine.evaluate(node, env, block);
    const classes = value.kind === 'tuple' ? value.items : [value];
    return classes.some((one) => {
      if (one.kind === 'class') return one.name === error.className;
      if (one.kind !== 'external') return false;
      const name = one.name.replace(/^builtins\./, '');
      if (name === 'Exception' || name === 'BaseException' || name === error.className) return true;
      return error.className === 'ImportError' && name === 'ModuleNotFoundError';
    });
  }

  function exceptionName(node: Expression | undefined, env: Env, block: string): string {
    if (node === undefined) return 'Exception';
    const head = node.type === 'call' ? node.callee : node;
    const value = machine.evaluate(head, env, block);
    if (value.kind === 'external') return value.name.replace(/^builtins\./, '');
    return value.kind === 'class' ? value.name : 'Exception';
  }

  function idOf(statement: FunctionDef | ClassDef, block: string): string {
    const found = machine.db
      .get(definitionsIn, block)
      .find(({ node }) => node.nameStart === statement.nameStart);
    return found?.id ?? block;
  }

  function classFrom(statement: ClassDef, env: Env, block: string): Class {
    const id = idOf(statement, block);
    const attrs = new Map<string, Obj>();
    const bases = statement.bases
      .filter((base) => base.name === undefined)
      .map((base) => machine.evaluate(base.value, env, block));
    const inner: Env = {
      vars: attrs,
      outer: env,
      module: env.module,
      owner: id,
      isClass: true,
      declared: new Map(),
    };
    run(statement.body, inner, block);
    const fields = statement.body.flatMap((one) => {
      const target = one.type === 'assign' && one.annotation ? one.targets[0] : undefined;
      return target?.type === 'name' ? target.id : [];
    });
    const isDataclass = statement.decorators.some((decorator) => {
      const head = decorator.type === 'call' ? decorator.callee : decorator;
      const value = machine.evaluate(head, env, block);
      return value.kind === 'external' && /dataclass$/.test(value.name);
    });
    const made: Class = {
      kind: 'class',
      name: statement.name,
      id,
      bases,
      attrs,
      fields,
      isDataclass,
    };
    const keywords = new Map<string, Obj>();
    for (const base of statement.bases)
      if (base.name !== undefined)
        keywords.set(base.name, machine.evaluate(base.value, env, block));
    machine.finishClass(made, keywords, block);
    return made;
  }

  return { run };
}

function setVariable(env: Env, name: string, value: Obj): void {
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
      const object = machine.evaluate(target.object, env, block);
      if (
        object.kind === 'instance' ||
        object.kind === 'class' ||
        object.kind === 'module' ||
        object.kind === 'function'
      )
        object.attrs.set(target.name, value);
      return;
    }
    case 'subscript': {
      const object = machine.evaluate(target.object, env, block);
      const [index] = target.indices;
      if (index === undefined) return;
      const key = machine.evaluate(index, env, block);
      if (object.kind === 'dict') object.entries.push([key, value]);
      if (object.kind === 'list' && key.kind === 'number' && key.value < object.items.length)
        object.items[key.value < 0 ? object.items.length + key.value : key.value] = value;
      return;
    }
    default:
  }
}
