/** Runs statements. How a suite ends (normally, with a value, out of a loop) is its result. */

import type {
  ClassDef,
  Expression,
  FunctionDef,
  Match,
  Statement,
  Try,
} from '../../syntax/nodes.ts';
import { headOf, lastName } from '../../syntax/parts.ts';
import { definitionsIn } from '../definitions.ts';
import { within } from './contexts.ts';
import { isBelowException, plainName } from './exceptions.ts';
import { type Machine, Raised } from './machine.ts';
import { type Class, type Env, equal, NONE, type Obj, textOf, truth, UNKNOWN } from './objects.ts';
import { fitsPattern } from './patterns.ts';
import { assignTarget, removeTarget, setVariable } from './targets.ts';

export type Ending =
  | { readonly kind: 'end' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Obj };

/** Takes what a generator yields, while it stands there. */
export type Yield = (value: Obj) => void;

export interface Statements {
  run(body: readonly Statement[], env: Env, block: string, yields?: Yield): Ending;
}

/** One way that an `if` or a `match` may take, with a name that is its own. */
interface Branch {
  readonly body: readonly Statement[];
  readonly name: string;
}

const END: Ending = { kind: 'end' };
const MAX_ITEMS = 2_000;
const MAX_ROUNDS = 1_000;

export function createStatements(machine: Machine): Statements {
  function run(body: readonly Statement[], env: Env, block: string, yields?: Yield): Ending {
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
    yields: Yield | undefined,
  ): Ending {
    machine.tick();
    switch (statement.type) {
      case 'expression': {
        const { value } = statement;
        if (value.type === 'yield') {
          const given = value.value ? machine.evaluate(value.value, env, block) : NONE;
          if (value.isFrom) for (const one of machine.iterate(given) ?? []) yields?.(one);
          else yields?.(given);
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
        return runWhile(statement, env, block, yields);
      case 'with':
        return runWith(statement.items, statement.body, env, block, yields);
      case 'delete':
        for (const operand of statement.operands) removeTarget(machine, operand, env, block);
        return END;
      case 'try':
        return runTry(statement, env, block, yields);
      case 'raise':
        throw raised(statement.exception, env, block);
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
    yields: Yield | undefined,
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
    yields: Yield | undefined,
  ): Ending {
    const [only] = open;
    if (open.length === 1 && only) return runTaken(only, env, block, yields);
    const before = new Map(env.vars);
    const after: Map<string, Obj>[] = [];
    const endings: Ending[] = [];
    let failed: Raised | undefined;
    for (const branch of open) {
      env.vars.clear();
      for (const [name, value] of before) env.vars.set(name, value);
      try {
        endings.push(runBranch(branch, env, block, yields));
        after.push(new Map(env.vars));
      } catch (error) {
        // A branch that fails is most likely not taken.
        if (!(error instanceof Raised)) throw error;
        failed = error;
      }
    }
    if (failed !== undefined && endings.length === 0) throw failed;
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

  /**
   * A branch that is taken as far as is known here. Where it fails and nothing is ready for that, the program would not
   * start: then what is known is wrong, and it is not taken.
   */
  function runTaken(branch: Branch, env: Env, block: string, yields: Yield | undefined): Ending {
    try {
      return runBranch(branch, env, block, yields);
    } catch (error) {
      if (!(error instanceof Raised) || machine.wouldCatch(error)) throw error;
      return END;
    }
  }

  function runBranch(
    { body, name }: Branch,
    env: Env,
    block: string,
    yields: Yield | undefined,
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

  function runMatch(statement: Match, env: Env, block: string, yields: Yield | undefined): Ending {
    const subject = machine.evaluate(statement.subject, env, block);
    const open: Branch[] = [];
    for (const [index, one] of statement.cases.entries()) {
      for (const name of one.binds) setVariable(env, name, one.isOpen ? subject : UNKNOWN);
      const fits = caseFits(one, subject, env, block);
      if (fits === false) continue;
      const guard = one.guard ? truth(machine.evaluate(one.guard, env, block)) : true;
      if (guard === false) continue;
      open.push({ body: one.body, name: `${block}:${statement.start}/${index}` });
      if (fits === true && guard === true) break;
    }
    return open.length === 0 ? END : runOpen(open, env, block, yields);
  }

  function caseFits(
    { isOpen, values, source }: Match['cases'][number],
    subject: Obj,
    env: Env,
    block: string,
  ): boolean | undefined {
    if (isOpen) return true;
    if (source !== undefined)
      return fitsPattern(machine, source, subject, { env, block }, (name, value) =>
        setVariable(env, name, value),
      );
    const answers = values?.map((value) => equal(machine.evaluate(value, env, block), subject));
    if (answers?.includes(true)) return true;
    return answers?.every((answer) => answer === false) ? false : undefined;
  }

  function runFor(
    statement: Extract<Statement, { type: 'for' }>,
    env: Env,
    block: string,
    yields: Yield | undefined,
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

  function runTry(statement: Try, env: Env, block: string, yields: Yield | undefined): Ending {
    let ending: Ending = END;
    machine.tries.push((error) =>
      statement.handlers.some((one) => catches(one.exception, error, env, block)),
    );
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
    return covers(value.kind === 'tuple' ? value.items : [value], error);
  }

  function covers(classes: readonly Obj[], error: Raised): boolean {
    const { object } = error;
    const cls = object.kind === 'instance' ? object.class : object;
    return classes.some((one) => {
      if (one.kind === 'class') return cls.kind === 'class' && machine.mro(cls).includes(one);
      if (one.kind !== 'external') return false;
      const bases = cls.kind === 'class' ? machine.externalBases(cls) : [];
      const names = [error.className, ...bases.map(plainName)];
      return names.some((name) => isBelowException(name, plainName(one.name)));
    });
  }

  function raised(node: Expression | undefined, env: Env, block: string): Raised {
    if (node === undefined) return new Raised('Exception');
    const value = machine.evaluate(headOf(node), env, block);
    const cls = value.kind === 'instance' ? value.class : value;
    if (cls.kind === 'external') return new Raised(plainName(cls.name));
    if (cls.kind !== 'class') return new Raised('Exception');
    const object = node.type === 'call' ? machine.evaluate(node, env, block) : value;
    return new Raised(cls.name, object);
  }

  function runWith(
    [item, ...rest]: readonly { readonly context: Expression; readonly target?: Expression }[],
    body: readonly Statement[],
    env: Env,
    block: string,
    yields: Yield | undefined,
  ): Ending {
    if (item === undefined) return run(body, env, block, yields);
    let ending: Ending = END;
    let isEntered = false;
    const manager = machine.evaluate(item.context, env, block);
    within(
      machine,
      manager,
      (value) => {
        if (isEntered) return;
        isEntered = true;
        if (item.target) assignTarget(machine, item.target, value, env, block);
        ending = runWith(rest, body, env, block, yields);
      },
      covers,
    );
    // A manager whose `yield` is in a branch that was not taken here.
    if (!isEntered && rest.length === 0) {
      if (item.target) assignTarget(machine, item.target, UNKNOWN, env, block);
      return run(body, env, block, yields);
    }
    return ending;
  }

  /** As long as its condition is known to hold; once, where that is not known. */
  function runWhile(
    statement: Extract<Statement, { type: 'while' }>,
    env: Env,
    block: string,
    yields: Yield | undefined,
  ): Ending {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const holds = truth(machine.evaluate(statement.condition, env, block));
      if (holds === false) return run(statement.orelse, env, block, yields);
      // How often is not known; what one round registers is.
      if (holds === undefined && round > 0) return END;
      const ending = run(statement.body, env, block, yields);
      if (ending.kind === 'return') return ending;
      if (ending.kind === 'break' || holds === undefined) return END;
    }
    return END;
  }

  function idOf(statement: FunctionDef | ClassDef, block: string): string {
    const found = machine.db
      .get(definitionsIn, block)
      .find(({ node }) => node.nameStart === statement.nameStart);
    return found?.id ?? block;
  }

  function classFrom(statement: ClassDef, env: Env, block: string): Obj {
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
    const found = statement.body.flatMap((one) => annotatedField(one) ?? []);
    const fields = found.map(({ name }) => name);
    const annotations = new Map(
      found.map(({ name, annotation: node }) => [name, { node, env: inner, block }]),
    );
    const isDataclass = statement.decorators.some((decorator) => {
      const value = machine.evaluate(headOf(decorator), env, block);
      return value.kind === 'external' && /dataclass$/.test(value.name);
    });
    const made: Class = {
      kind: 'class',
      name: statement.name,
      id,
      bases,
      attrs,
      fields,
      annotations,
      isDataclass,
    };
    const keywords = new Map<string, Obj>();
    for (const base of statement.bases)
      if (base.name !== undefined)
        keywords.set(base.name, machine.evaluate(base.value, env, block));
    return machine.finishClass(made, keywords, block);
  }

  return { run };
}

/** What a statement like `prefix: str = "/x"` in a class annotates; nothing for a `ClassVar`. */
export function annotatedField(
  statement: Statement,
): { name: string; annotation: Expression } | undefined {
  if (statement.type !== 'assign' || statement.annotation === undefined) return undefined;
  const { annotation, targets } = statement;
  const head = annotation.type === 'subscript' ? annotation.object : annotation;
  const last = lastName(head);
  const [target] = targets;
  if (target?.type !== 'name' || last === 'ClassVar') return undefined;
  return { name: target.id, annotation };
}
