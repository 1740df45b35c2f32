/** What each scope binds: a module's, a class's or a function's names, and what they are bound to. */
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression, Parameter, Statement } from '../syntax/nodes.ts';
import {
  type BlockShape,
  blockSource,
  fileShape,
  lowered,
  loweredHead,
  pathOfBlock,
} from '../syntax/source.ts';
import { expressionsIn, ownExpressions, ownStatements, suitesOf } from '../syntax/walk.ts';
import { blockOf, definitionId, definitionOf, definitionsIn, enclosingOf } from './definitions.ts';

export type Binding =
  /** `import a.b as name`, or `import a.b` for the name `a` (then `module` is `a`). */
  | { readonly kind: 'module'; readonly module: string }
  | {
      readonly kind: 'from';
      readonly module: string;
      readonly level: number;
      readonly name: string;
    }
  | { readonly kind: 'definition'; readonly id: string; readonly form: 'function' | 'class' }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly index: number }
  | {
      readonly kind: 'value';
      /** The definition or block whose names the expressions use. */
      readonly scope: string;
      readonly annotation?: Expression;
      readonly value?: Expression;
      /** Where the name stands in an unpacked target, outermost first. */
      readonly unpack?: readonly number[];
    }
  /** One item of an iterable, by a loop or a comprehension. */
  | {
      readonly kind: 'item';
      readonly scope: string;
      readonly iterable: Expression;
      readonly isAsync: boolean;
      readonly unpack?: readonly number[];
    }
  /** What a `with` gives. */
  | {
      readonly kind: 'entered';
      readonly scope: string;
      readonly context: Expression;
      readonly isAsync: boolean;
    }
  | { readonly kind: 'exception'; readonly scope: string; readonly exception?: Expression }
  /** Bound, but to what is not known: `del`, a match capture, an augmented assignment. */
  | { readonly kind: 'other' };

export interface Scope {
  readonly names: Readonly<Record<string, readonly Binding[]>>;
  readonly stars: readonly { readonly module: string; readonly level: number }[];
  /** Names declared `global` or `nonlocal`: they are looked up outside. */
  readonly outer: readonly string[];
}

interface Building {
  names: Record<string, Binding[]>;
  stars: { module: string; level: number }[];
  outer: string[];
}

/** Whose names are collected. */
interface Owner {
  /** The scope's own id, for the expressions of its bindings. */
  readonly id: string;
  readonly block: string;
  /** The definition whose body it is; `null` for the statements of a block. */
  readonly parent: string | null;
  /** How many nested definitions of each name were met: it names them. */
  readonly counts: Map<string, number>;
}

function emptyScope(): Building {
  return { names: Object.create(null), stars: [], outer: [] };
}

/** By block id: the names that the block's statements bind in the scope that they stand in. */
const blockBindings = defineQuery<Scope>('bindings', (db, block) => {
  const scope = emptyScope();
  const { text } = db.get(blockSource, block);
  const mayDeclare = /\bglobal\b/.test(text);
  const head = mayDeclare || !/^(?:@|def|async)/.test(text) ? [] : db.get(loweredHead, block).body;
  // A function binds its name, whatever it does.
  const body = head[0]?.type === 'function' ? head : db.get(lowered, block).body;
  collect(body, { id: block, block, parent: null, counts: new Map() }, scope);
  if (mayDeclare && enclosingOf(block) === null) addGlobals(db, block, scope);
  return scope;
});

/** `global client` in a function: what it assigns there is bound in the module. */
function addGlobals(db: Reader, block: string, scope: Building): void {
  for (const { id, node } of db.get(definitionsIn, block)) {
    if (node.type !== 'function') continue;
    const declared = [...ownStatements(node.body)].flatMap((statement) =>
      statement.type === 'global' ? statement.names : [],
    );
    if (declared.length === 0) continue;
    const { names } = db.get(functionScope, id);
    for (const name of declared)
      for (const binding of names[name] ?? []) bind(scope, name, binding);
  }
}

/** By path: the names of a module. */
export const moduleScope = defineQuery<Scope>('module scope', (db, path) =>
  merge(db, db.get(fileShape, path)),
);

/** By class id: the names in a class's body. */
export const classScope = defineQuery<Scope>('class scope', (db, id) => {
  const block = blockOf(id);
  if (id === block) {
    const members = memberBlocks(db, id);
    if (members.length > 0) return merge(db, members);
  }
  return scopeOfBody(db, id);
});

/** By function id: its parameters and the names its body binds. */
export const functionScope = defineQuery<Scope>('function scope', (db, id) => scopeOfBody(db, id));

/** By path: the members of each class that is a block, by its id. */
const membersInFile = defineQuery<ReadonlyMap<string, readonly BlockShape[]>>(
  'members in file',
  (db, path) => {
    const found = new Map<string, readonly BlockShape[]>();
    const visit = (blocks: readonly BlockShape[]) => {
      for (const { id, members } of blocks) {
        if (members.length === 0) continue;
        found.set(id, members);
        visit(members);
      }
    };
    visit(db.get(fileShape, path));
    return found;
  },
);

/** By class id: an edit elsewhere in the file does not change it. */
const classMembers = defineQuery<readonly BlockShape[]>(
  'class members',
  (db, id) => db.get(membersInFile, pathOfBlock(id)).get(id) ?? [],
);

/** The blocks of a class's members, when they are blocks. */
export function memberBlocks(db: Reader, classId: string): readonly BlockShape[] {
  return db.get(classMembers, classId);
}

function merge(db: Reader, blocks: readonly BlockShape[]): Scope {
  const scope = emptyScope();
  for (const block of blocks) {
    const part = db.get(blockBindings, block.id);
    for (const name in part.names) {
      const list = part.names[name];
      for (const binding of list ?? []) bind(scope, name, binding);
    }
    scope.stars.push(...part.stars);
  }
  return scope;
}

function scopeOfBody(db: Reader, id: string): Scope {
  const scope = emptyScope();
  const definition = definitionOf(db, id);
  if (definition === undefined) return scope;
  const { node } = definition;
  if (node.type === 'function')
    node.parameters.forEach((parameter, index) => {
      bind(scope, parameter.name, { kind: 'parameter', parameter, index });
    });
  collect(node.body, { id, block: blockOf(id), parent: id, counts: new Map() }, scope);
  return scope;
}

function bind(scope: Building, name: string, binding: Binding): void {
  const list = scope.names[name];
  if (list === undefined) scope.names[name] = [binding];
  else list.push(binding);
}

function collect(body: readonly Statement[], owner: Owner, scope: Building): void {
  for (const statement of body) {
    for (const expression of expressionsIn(statement))
      collectInExpression(expression, owner.id, scope);
    switch (statement.type) {
      case 'function':
      case 'class': {
        const { name } = statement;
        const count = owner.counts.get(name) ?? 0;
        const isFirst = owner.parent === null && owner.counts.size === 0;
        owner.counts.set(name, count + 1);
        const id = definitionId(owner.block, owner.parent, name, count, isFirst);
        bind(scope, name, { kind: 'definition', id, form: statement.type });
        continue;
      }
      case 'import':
        for (const { name, alias } of statement.names) {
          if (alias !== undefined) bind(scope, alias, { kind: 'module', module: name });
          else {
            const [top = ''] = name.split('.');
            bind(scope, top, { kind: 'module', module: top });
          }
        }
        break;
      case 'import-from': {
        const { module, level } = statement;
        for (const { name, alias } of statement.names) {
          if (name === '*') scope.stars.push({ module, level });
          else bind(scope, alias ?? name, { kind: 'from', module, level, name });
        }
        break;
      }
      case 'assign':
        for (const target of statement.targets)
          bindTarget(scope, target, (unpack) => ({
            kind: 'value',
            scope: owner.id,
            ...(statement.annotation && { annotation: statement.annotation }),
            ...(statement.value && { value: statement.value }),
            ...(unpack.length > 0 && { unpack }),
          }));
        break;
      case 'type-alias':
        bind(scope, statement.name, { kind: 'value', scope: owner.id, value: statement.value });
        break;
      case 'augassign':
        bindTarget(scope, statement.target, () => ({ kind: 'other' }));
        break;
      case 'for':
        bindTarget(scope, statement.target, (unpack) => ({
          kind: 'item',
          scope: owner.id,
          iterable: statement.iterable,
          isAsync: statement.isAsync,
          ...(unpack.length > 0 && { unpack }),
        }));
        break;
      case 'with':
        for (const { context, target } of statement.items)
          if (target)
            bindTarget(scope, target, (unpack) =>
              unpack.length > 0
                ? { kind: 'other' }
                : { kind: 'entered', scope: owner.id, context, isAsync: statement.isAsync },
            );
        break;
      case 'try':
        for (const { name, exception } of statement.handlers)
          if (name)
            bind(scope, name, {
              kind: 'exception',
              scope: owner.id,
              ...(exception && { exception }),
            });
        break;
      case 'match':
        for (const one of statement.cases)
          for (const name of one.binds) bind(scope, name, { kind: 'other' });
        break;
      case 'global':
      case 'nonlocal':
        scope.outer.push(...statement.names);
        break;
      default:
    }
    for (const suite of suitesOf(statement)) collect(suite, owner, scope);
  }
}

/** Assignment expressions and comprehension targets; the latter are seen as the function's own names. */
function collectInExpression(expression: Expression, owner: string, scope: Building): void {
  for (const part of ownExpressions(expression)) {
    if (part.type === 'walrus')
      bind(scope, part.target.id, { kind: 'value', scope: owner, value: part.value });
    else if (part.type === 'comprehension')
      for (const { target, iterable, isAsync } of part.clauses)
        bindTarget(scope, target, (unpack) => ({
          kind: 'item',
          scope: owner,
          iterable,
          isAsync,
          ...(unpack.length > 0 && { unpack }),
        }));
  }
}

function bindTarget(
  scope: Building,
  target: Expression,
  make: (unpack: readonly number[]) => Binding,
  unpack: readonly number[] = [],
): void {
  switch (target.type) {
    case 'name':
      bind(scope, target.id, make(unpack));
      break;
    case 'tuple':
    case 'list':
      target.elements.forEach((element, index) => {
        bindTarget(scope, element, make, [...unpack, index]);
      });
      break;
    case 'starred':
      bindTarget(scope, target.value, () => ({ kind: 'other' }), unpack);
      break;
    default:
  }
}
