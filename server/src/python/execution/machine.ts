/**
 * Runs the statements of modules over `Obj`s: imports, definitions, calls of the project's own functions, loops over
 * what is known, branches whose condition is known (both, where it is not). It reads a function's body only when it is
 * called, so an edit inside a handler touches nothing. Bounded: it always ends.
 */

import type { Reader } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { type BlockShape, blockSource, fileShape, lowered } from '../../syntax/source.ts';
import { blockOf, nameOf } from '../definitions.ts';
import { knownFiles, moduleName, parentOf } from '../modules.ts';
import { classSignature, functionSignature } from '../signatures.ts';
import { createAttributes } from './attributes.ts';
import { createCaller } from './call.ts';
import { type ClassMaker, createClassMaker } from './classes.ts';
import { createEvaluation } from './expressions.ts';
import { createImporter } from './importing.ts';
import { areInert, isPlainFunction } from './inert.ts';
import { isInstance } from './instance-checks.ts';
import { type Classes, createClasses } from './mro.ts';
import {
  type Annotation,
  type Arguments,
  type Class,
  type Descriptor,
  type Env,
  type Func,
  type Instance,
  type Module,
  type Obj,
  text,
  UNKNOWN,
} from './objects.ts';
import { annotatedField, createStatements } from './statements.ts';

/** What the known classes and functions of other packages do. The framework's own come from outside of `python`. */
export interface Library {
  /** Calling something of another package; nothing when it is not known. */
  call(machine: Machine, name: string, call: Arguments): Obj | undefined;
  /** An attribute of an object whose class is, or stands below, one of another package. */
  attribute(machine: Machine, self: Instance, className: string, name: string): Obj | undefined;
  /** Sets up an object of a class below one of another package: its `__init__`. False when the class is not known. */
  construct(machine: Machine, self: Instance, className: string, call: Arguments): boolean;
  /** A value that a module of another package has. */
  constant(name: string): Obj | undefined;
  /** Whether a class of another package is, or stands below, another one. */
  isSubclass(name: string, base: string): boolean;
  /** Whether importing a module of another package would fail in any installation. */
  isMissing(module: string): boolean;
}

/** An exception of the running program. */
export class Raised extends Error {
  readonly className: string;
  readonly object: Obj;
  constructor(className: string, object: Obj = UNKNOWN) {
    super(className);
    this.name = 'Raised';
    this.className = className;
    this.object = object;
  }
}

/** The program does more than is worth following. */
export class OutOfSteps extends Error {}

const NONE_GIVEN: ReadonlyMap<string, Obj> = new Map();

interface Body {
  readonly attrs: Map<string, Obj>;
  readonly fields: string[];
  readonly annotations: Map<string, Annotation>;
}

/** The body of a class, executed when it is looked into for the first time. */
function executedOnce(execute: (body: Body) => void) {
  const body: Body = { attrs: new Map(), fields: [], annotations: new Map() };
  let isExecuted = false;
  return {
    isExecuted: () => isExecuted,
    read(): Body {
      if (!isExecuted) {
        isExecuted = true;
        execute(body);
      }
      return body;
    },
  };
}

const MAX_STEPS = 400_000;
const MAX_DEPTH = 60;
/** How many items are looked at in the time of a step. */
const LOOKS = 16;

export interface Machine extends Classes {
  readonly db: Reader;
  readonly library: Library;
  /** Executes a file as a module, once. */
  runFile(path: string, name?: string): Module;
  importModule(fromPath: string, dotted: string): Obj;
  importFrom(fromPath: string, level: number, module: string, name: string): Obj;
  importStar(fromPath: string, level: number, module: string, into: Map<string, Obj>): void;
  evaluate(expression: Expression, env: Env, block: string): Obj;
  call(callee: Obj, call: Arguments): Obj;
  attribute(object: Obj, name: string): Obj;
  /** The attribute, or nothing where the object certainly has none. */
  attributeIfAny(object: Obj, name: string): Obj | undefined;
  /** `object[key]`; nothing where there is certainly no such item. */
  item(object: Obj, key: Obj): Obj | undefined;
  iterate(object: Obj): Obj[] | undefined;
  setAttribute(object: Obj, name: string, value: Obj): void;
  setItem(object: Obj, key: Obj, value: Obj): void;
  /** What `dir` lists; nothing where that can't be known. */
  namesOf(object: Obj): string[] | undefined;
  binary(operator: string, left: Obj, right: Obj): Obj;
  isInstance(object: Obj, classes: Obj): boolean | undefined;
  instantiate(cls: Class, call: Arguments): Obj;
  /** What `type.__call__` does: `__new__`, then `__init__`. */
  construct(cls: Class, call: Arguments): Obj;
  /** A new object whose `__init__` has not been run. */
  allocate(cls: Class): Instance;
  /** What the annotation of a function's parameter means. */
  annotation(func: Func, index: number): Obj;
  functionObject(id: string, env: Env, block: string): Func;
  classObject(id: string, env: Env, block: string, members: readonly BlockShape[]): Obj;
  finishClass(made: Class, keywords: ReadonlyMap<string, Obj>, block: string): Obj;
  /** `type(name, bases, attrs)`. */
  madeClass: ClassMaker['make'];
  decorate(object: Obj, decorators: readonly Expression[], env: Env, block: string): Obj;
  runBlock(shape: BlockShape, env: Env): void;
  /** Counts a step; looking through many items counts as several. */
  tick(looked?: number): void;
  /** Runs something one call deeper; unknown when that is too deep. */
  deeper(run: () => Obj): Obj;
  readonly modules: ReadonlyMap<string, Module>;
  /** The statement of a module that is being run; empty outside of any. */
  statement(): string;
  /** The `try` statements that are under way: whether each would catch an exception. */
  readonly tries: ((error: Raised) => boolean)[];
  /** Whether any of them would. */
  wouldCatch(error: Raised): boolean;
  /** Raises where the program is ready for it; unknown elsewhere, for what fails here may well work in Python. */
  failing(className: string, isCertain: boolean): Obj;
  /** The branches of `if` and `match` that are being run, outermost first: `block:start/index`. */
  readonly conditions: string[];
}

export function createMachine(db: Reader, library: Library): Machine {
  const modules = new Map<string, Module>();
  const tries: Machine['tries'] = [];
  const conditions: string[] = [];
  const classes = createClasses();
  let underWay = '';
  let steps = 0;
  let depth = 0;

  function wouldCatch(error: Raised): boolean {
    return tries.some((covers) => covers(error));
  }

  function failing(className: string, isCertain: boolean): Obj {
    const error = new Raised(className);
    if (isCertain && wouldCatch(error)) throw error;
    return UNKNOWN;
  }

  function tick(looked = 0): void {
    steps += 1 + Math.floor(looked / LOOKS);
    if (steps > MAX_STEPS) throw new OutOfSteps();
  }

  function deeper(run: () => Obj): Obj {
    if (depth >= MAX_DEPTH) return UNKNOWN;
    depth++;
    try {
      return run();
    } finally {
      depth--;
    }
  }

  function runFile(path: string, dotted?: string): Module {
    const already = modules.get(path);
    if (already !== undefined) return already;
    const name = dotted ?? moduleName(db, path);
    runPackages(path, name);
    // Its package may have imported it.
    const known = modules.get(path);
    if (known !== undefined) return known;
    const module: Module = { kind: 'module', path, name, attrs: new Map() };
    modules.set(path, module);
    module.attrs.set('__name__', text(name));
    module.attrs.set('__file__', text(path));
    if (path.endsWith('/__init__.py'))
      module.attrs.set('__path__', { kind: 'list', items: [text(parentOf(path))] });
    module.attrs.set(
      '__package__',
      text(path.endsWith('/__init__.py') ? name : name.replace(/\.?[^.]*$/, '')),
    );
    const env: Env = {
      vars: module.attrs,
      outer: undefined,
      module,
      owner: undefined,
      isClass: false,
      declared: new Map(),
    };
    const outer = underWay;
    for (const shape of db.get(fileShape, path)) {
      underWay = shape.id;
      try {
        runBlock(shape, env);
      } catch (error) {
        // A statement that fails for what is not known here may well work in Python; where the program is ready for
        // a failing import, it fails.
        if (!(error instanceof Raised) || (error.className === 'ImportError' && wouldCatch(error)))
          throw error;
      } finally {
        underWay = outer;
      }
    }
    return module;
  }

  /** Importing `a.b.c` runs the packages `a` and `a.b` before. */
  function runPackages(path: string, name: string): void {
    const own = path.endsWith('/__init__.py') ? parentOf(path) : path;
    let folder = parentOf(own);
    const above: { path: string; name: string }[] = [];
    for (let dotted = name; dotted.includes('.'); folder = parentOf(folder)) {
      dotted = dotted.slice(0, dotted.lastIndexOf('.'));
      above.unshift({ path: `${folder}/__init__.py`, name: dotted });
    }
    for (const one of above) if (db.get(knownFiles, '').has(one.path)) runFile(one.path, one.name);
  }

  function runBlock(shape: BlockShape, env: Env): void {
    tick();
    const { id } = shape;
    if (shape.kind === 'function') {
      if (db.get(isPlainFunction, id)) {
        const name = nameOf(id);
        setName(env, name, {
          kind: 'function',
          id,
          name,
          env,
          defaults: NONE_GIVEN,
          attrs: new Map(),
        });
        return;
      }
      const signature = db.get(functionSignature, id);
      if (signature !== null) {
        const made = functionObject(id, env, id);
        setName(env, signature.name, decorate(made, signature.decorators, env, id));
        return;
      }
    }
    if (shape.kind === 'class' && shape.members.length > 0) {
      const signature = db.get(classSignature, id);
      if (signature !== null) {
        const made = classObject(id, env, id, shape.members);
        setName(env, signature.name, decorate(made, signature.decorators, env, id));
        return;
      }
    }
    statements.run(db.get(lowered, id).body, env, id);
  }

  function setName(env: Env, name: string, value: Obj): void {
    env.vars.set(name, value);
  }

  function functionObject(id: string, env: Env, block: string): Func {
    const signature = db.get(functionSignature, id);
    const defaults = new Map<string, Obj>();
    for (const parameter of signature?.parameters ?? [])
      if (parameter.default)
        defaults.set(parameter.name, evaluation.evaluate(parameter.default, env, block));
    return { kind: 'function', id, name: signature?.name ?? '', env, defaults, attrs: new Map() };
  }

  function classObject(id: string, env: Env, block: string, members: readonly BlockShape[]): Obj {
    const signature = db.get(classSignature, id);
    const bases = (signature?.bases ?? [])
      .filter((base) => base.name === undefined)
      .map((base) => evaluation.evaluate(base.value, env, block));
    const isDataclass = (signature?.decorators ?? []).some((decorator) => {
      const value = evaluation.evaluate(headOf(decorator), env, block);
      return value.kind === 'external' && /dataclass$/.test(value.name);
    });
    const keywords = new Map<string, Obj>();
    for (const base of signature?.bases ?? [])
      if (base.name !== undefined)
        keywords.set(base.name, evaluation.evaluate(base.value, env, block));
    const body = executedOnce(({ attrs, fields, annotations }) => {
      const inner = { ...env, vars: attrs, outer: env, owner: id, isClass: true };
      attrs.set('__module__', text(env.module.name));
      runMembers(members, { ...inner, declared: new Map() }, fields, annotations);
      attrs.delete('__module__');
      maker.finishEnum(made);
    });
    const made: Class = {
      kind: 'class',
      name: signature?.name ?? '',
      id,
      bases,
      get attrs() {
        return body.read().attrs;
      },
      get fields() {
        return body.read().fields;
      },
      get annotations() {
        return body.read().annotations;
      },
      isDataclass,
    };
    const isWatched = keywords.get('metaclass')?.kind === 'class' || classes.metaclassOf(made);
    if (isWatched || !areInert(db, members, env)) body.read();
    else waiting.set(made, body.isExecuted);
    return maker.finish(made, keywords, block);
  }

  function runMembers(
    members: readonly BlockShape[],
    env: Env,
    fields: string[],
    annotations: Map<string, Annotation>,
  ): void {
    for (const member of members) {
      const before = new Set(env.vars.keys());
      runBlock(member, env);
      const field = fieldOf(member);
      if (field === undefined || before.has(field.name)) continue;
      fields.push(field.name);
      annotations.set(field.name, { node: field.annotation, env, block: member.id });
    }
  }

  /** What a class makes of itself when it is complete. */
  function finishClass(made: Class, keywords: ReadonlyMap<string, Obj>, block: string): Obj {
    maker.finishEnum(made);
    return maker.finish(made, keywords, block);
  }

  /** By the names of its blocks, so that looking does not execute its members. */
  function mayHaveHook(cls: Class): boolean {
    if (cls.id === undefined || cls.id.includes('>')) return true;
    if (db.get(blockSource, `${cls.id}/__init_subclass__~0`).text !== '') return true;
    return cls.bases.some((base) => base.kind === 'class' && mayHaveHook(base));
  }

  /** What a member like `prefix: str = "/x"` annotates. */
  function fieldOf(member: BlockShape): { name: string; annotation: Expression } | undefined {
    if (member.kind !== 'statement') return undefined;
    const [statement] = db.get(lowered, member.id).body;
    return statement && annotatedField(statement);
  }

  function decorate(object: Obj, decorators: readonly Expression[], env: Env, block: string): Obj {
    // What decorates is evaluated from above; then the nearest is the first to be applied.
    const callees = decorators.map((node) => ({
      node,
      callee: evaluation.evaluate(node, env, block),
    }));
    return callees.reduceRight(
      (decorated, { node, callee }) => applyDecorator(callee, decorated, node, block),
      object,
    );
  }

  function applyDecorator(callee: Obj, object: Obj, node: Expression, block: string): Obj {
    if (callee.kind === 'external') {
      const form = DESCRIPTORS[callee.name];
      if (form !== undefined)
        return {
          kind: 'descriptor',
          form,
          target: object,
          ...(callee.name === 'functools.cached_property' && { isCached: true }),
        };
    }
    const { start, end } = node;
    const args = node.type === 'call' ? node.args : [];
    const site = { block, start, end, args };
    const result = machine.call(callee, {
      args: [object],
      keywords: new Map(),
      isPartial: false,
      site,
    });
    // A decorator that can't be followed most likely gives something like what it got.
    return result.kind === 'unknown' ? object : result;
  }

  const machine: Machine = {
    db,
    library,
    modules,
    tries,
    wouldCatch,
    statement: () => underWay,
    conditions,
    tick,
    deeper,
    runFile,
    runBlock,
    importModule: (fromPath, dotted) => importer.importModule(fromPath, dotted),
    importFrom: (fromPath, level, module, name) =>
      importer.importFrom(fromPath, level, module, name),
    importStar: (fromPath, level, module, into) =>
      importer.importStar(fromPath, level, module, into),
    functionObject,
    classObject,
    finishClass,
    decorate,
    evaluate: (expression, env, block) => evaluation.evaluate(expression, env, block),
    call: (callee, call) => caller.call(callee, call),
    instantiate: (cls, call) => caller.instantiate(cls, call),
    construct: (cls, call) => caller.construct(cls, call),
    allocate: (cls) => caller.allocate(cls),
    attribute: (object, name) => attributes.attribute(object, name),
    attributeIfAny: (object, name) => attributes.attributeIfAny(object, name),
    setAttribute: (object, name, value) => attributes.setAttribute(object, name, value),
    namesOf: (object) => attributes.namesOf(object),
    setItem: (object, key, value) => evaluation.setItem(object, key, value),
    item: (object, key) => evaluation.item(object, key),
    binary: (operator, left, right) => evaluation.binary(operator, left, right),
    isInstance: (object, wanted) => isInstance(machine, object, wanted),
    iterate: (object) => caller.iterate(object),
    madeClass: (name, bases, attrs, keywords, block) =>
      maker.make(name, bases, attrs, keywords, block),
    annotation(func, index) {
      const node = db.get(functionSignature, func.id)?.parameters[index]?.annotation;
      return node ? evaluation.evaluate(node, func.env, blockOf(func.id)) : UNKNOWN;
    },
    failing,
    ...classes,
  };
  const waiting = new WeakMap<Class, () => boolean>();
  const maker = createClassMaker(machine, mayHaveHook, (cls) => waiting.get(cls)?.() ?? true);
  const statements = createStatements(machine);
  const evaluation = createEvaluation(machine);
  const importer = createImporter(machine, evaluation.externalName);
  const attributes = createAttributes(machine, importer.memberOf, maker.pending);
  const caller = createCaller(machine, statements);
  return machine;
}

const DESCRIPTORS: Readonly<Record<string, Descriptor['form']>> = {
  'builtins.property': 'property',
  'functools.cached_property': 'property',
  'builtins.staticmethod': 'staticmethod',
  'builtins.classmethod': 'classmethod',
};
