/** Every call, return and text literal of a block, each with where it stands: in which function, which loops, awaited or not. */
import type { Reader } from '../query/database.ts';
import type {
  Assign,
  Attribute,
  Call,
  ClassDef,
  Comprehension,
  Expression,
  For,
  FString,
  FunctionDef,
  Import,
  ImportFrom,
  Lambda,
  Name,
  Return,
  Statement,
  StringLiteral,
} from '../syntax/nodes.ts';
import { lowered } from '../syntax/source.ts';
import { expressionsIn, operandsOf, suitesOf } from '../syntax/walk.ts';
import {
  type Definition,
  definitionsIn,
  enclosingOf,
  moduleScopeId,
  pathOf,
} from './definitions.ts';

/** A loop around a place, within the same function. */
export interface Loop {
  readonly node: For | Comprehension;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly isAsync: boolean;
}

export interface Place {
  /** The id of the function, class or block whose names the place sees. */
  readonly scope: string;
  /** The function whose own body the place is in; none at the level of a module or class, or inside a lambda. */
  readonly function: FunctionDef | undefined;
  /** Loops of that function around the place, outermost first. */
  readonly loops: readonly Loop[];
  /** The statements around the place in that function, outermost first. */
  readonly statements: readonly Statement[];
  /** The lambda that the place is in. */
  readonly lambda: LambdaPlace | undefined;
}

/** A lambda, what is done with it, and what it stands in. */
export interface LambdaPlace {
  readonly node: Lambda;
  readonly use: Use;
  readonly function: FunctionDef | undefined;
  readonly outer: LambdaPlace | undefined;
}

export interface CallSite extends Place {
  readonly node: Call;
  readonly isAwaited: boolean;
  /** The call (or its `await`) is a statement of its own: its result is dropped. */
  readonly isStatement: boolean;
  /** What is done with the value of the call (of its `await`, if it has one). */
  readonly use: Use;
}

/** How an expression's value is used, where it stands. */
export type Use =
  | {
      readonly kind: 'dropped' | 'returned' | 'tested' | 'iterated' | 'entered' | 'other';
    }
  | { readonly kind: 'yielded'; readonly isFrom: boolean }
  | { readonly kind: 'assigned'; readonly target: Expression }
  | { readonly kind: 'argument'; readonly call: Call }
  /** An attribute of it is read, or it is called, subscripted, computed with. */
  | { readonly kind: 'operand' }
  /** It is put into a list, tuple, set or dict. */
  | { readonly kind: 'collected' };

/** An attribute chain that is not called: `datetime.utcnow` in `default=datetime.utcnow`. */
export interface ReferenceSite extends Place {
  readonly node: Attribute;
  readonly use: Use;
}

/** A name that is read, alone or as the start of a chain. */
export interface NameSite extends Place {
  readonly node: Name;
  readonly use: Use;
}

export interface ImportSite extends Place {
  readonly node: Import | ImportFrom;
  /** It is inside a `try` or behind a condition: it may be a shim. */
  readonly isConditional: boolean;
}

export interface ClassSite {
  readonly id: string;
  readonly node: ClassDef;
  /** The scope that its bases and decorators are read in. */
  readonly outer: string;
}

export interface ReturnSite extends Place {
  readonly node: Return;
}

/** What a literal is for, with the name that says so. */
export type Role =
  | {
      readonly kind: 'assigned';
      readonly name: string;
      readonly owner: 'module' | 'class' | 'function';
    }
  | { readonly kind: 'default'; readonly name: string }
  | {
      readonly kind: 'argument';
      readonly call: Call;
      readonly name?: string;
      readonly index?: number;
    }
  | { readonly kind: 'entry'; readonly name: string }
  | { readonly kind: 'compared'; readonly others: readonly Expression[]; readonly operator: string }
  | { readonly kind: 'other' };

export interface LiteralSite extends Place {
  readonly node: StringLiteral | FString;
  readonly role: Role;
  /** The class that a literal stands in, when it is in a class's own body. */
  readonly classId: string | undefined;
}

export interface Sites {
  readonly calls: readonly CallSite[];
  readonly returns: readonly ReturnSite[];
  readonly literals: readonly LiteralSite[];
  readonly functions: readonly FunctionSite[];
  readonly classes: readonly ClassSite[];
  readonly imports: readonly ImportSite[];
  readonly references: readonly ReferenceSite[];
  readonly names: readonly NameSite[];
}

export interface FunctionSite {
  readonly id: string;
  readonly node: FunctionDef;
  /** The scope that its decorators, defaults and annotations are read in. */
  readonly outer: string;
}

interface Mutable {
  calls: CallSite[];
  returns: ReturnSite[];
  literals: LiteralSite[];
  functions: FunctionSite[];
  classes: ClassSite[];
  imports: ImportSite[];
  references: ReferenceSite[];
  names: NameSite[];
}

interface Here extends Place {
  /** Parameters of the lambdas around: names that mean nothing else here. */
  readonly hidden: readonly string[];
  readonly classId: string | undefined;
}

/** How many blocks' sites are remembered: what asks about a block asks often, and soon. */
const REMEMBERED = 32;

/** By what a block was lowered to, which no other block shares; the oldest first. */
const remembered = new Map<readonly Statement[], Sites>();

/** The sites of a block, in source order within each kind. */
export function sitesOf(db: Reader, block: string): Sites {
  const definitions = db.get(definitionsIn, block);
  const { body } = db.get(lowered, block);
  const known = remembered.get(body);
  if (known !== undefined) return known;
  const found = findSites(block, body, definitions);
  remembered.set(body, found);
  if (remembered.size > REMEMBERED)
    for (const oldest of remembered.keys()) {
      remembered.delete(oldest);
      break;
    }
  return found;
}

function findSites(
  block: string,
  body: readonly Statement[],
  definitions: readonly Definition[],
): Sites {
  const found: Mutable = {
    calls: [],
    returns: [],
    literals: [],
    functions: [],
    classes: [],
    imports: [],
    references: [],
    names: [],
  };
  const owner = enclosingOf(block);
  // Definitions come outer ones first and in source order, just as this walk meets them.
  let next = 0;
  visitBody(body, {
    scope: owner ?? moduleScopeId(pathOf(block)),
    function: undefined,
    loops: [],
    statements: [],
    lambda: undefined,
    classId: owner ?? undefined,
    hidden: [],
  });
  return found;

  function visitBody(body: readonly Statement[], here: Here): void {
    for (const statement of body) visitStatement(statement, here);
  }

  function visitStatement(statement: Statement, around: Here): void {
    const here: Here = { ...around, statements: [...around.statements, statement] };
    switch (statement.type) {
      case 'function':
        visitFunction(statement, here);
        return;
      case 'class': {
        const id = definitions[next++]?.id ?? block;
        found.classes.push({ id, node: statement, outer: here.scope });
        for (const expression of expressionsIn(statement)) visit(expression, here);
        const inside = { ...here, scope: id, function: undefined, loops: [], classId: id };
        visitBody(statement.body, inside);
        return;
      }
      case 'import':
      case 'import-from': {
        const isConditional = here.statements.some(({ type }) => type === 'try' || type === 'if');
        found.imports.push({ ...placeOf(here), node: statement, isConditional });
        return;
      }
      case 'return':
        found.returns.push({ ...placeOf(here), node: statement });
        if (statement.value) visit(statement.value, here, NO_ROLE, { kind: 'returned' });
        return;
      case 'expression':
        // A text alone is a docstring or a comment.
        if (statement.value.type !== 'string')
          visit(statement.value, here, NO_ROLE, { kind: 'dropped' });
        return;
      case 'assign':
        visitAssignment(statement, here);
        return;
      case 'for': {
        visit(statement.iterable, here, NO_ROLE, { kind: 'iterated' });
        const { target, iterable, isAsync } = statement;
        const loop: Loop = { node: statement, target, iterable, isAsync };
        visitBody(statement.body, { ...here, loops: [...here.loops, loop] });
        visitBody(statement.orelse, here);
        return;
      }
      case 'with':
        for (const { context, target } of statement.items) {
          visit(context, here, NO_ROLE, { kind: 'entered' });
          // A name that is bound is not read.
          if (target && target.type !== 'name') visit(target, here);
        }
        visitBody(statement.body, here);
        return;
      default: {
        const tests = statement.type === 'if' || statement.type === 'while';
        const use: Use = tests ? TESTED : OTHER;
        for (const expression of expressionsIn(statement)) visit(expression, here, NO_ROLE, use);
        for (const suite of suitesOf(statement)) visitBody(suite, here);
      }
    }
  }

  function visitFunction(statement: FunctionDef, here: Here): void {
    const id = definitions[next++]?.id ?? block;
    found.functions.push({ id, node: statement, outer: here.scope });
    for (const decorator of statement.decorators) visit(decorator, here);
    for (const { name, annotation, default: value } of statement.parameters) {
      if (annotation) visit(annotation, here);
      if (value) visit(value, here, { kind: 'default', name });
    }
    if (statement.returns) visit(statement.returns, here);
    visitBody(statement.body, {
      scope: id,
      function: statement,
      loops: [],
      statements: [],
      lambda: undefined,
      classId: undefined,
      hidden: [],
    });
  }

  function visitAssignment(statement: Assign, here: Here): void {
    const [target] = statement.targets;
    // A name that is bound is not read.
    for (const one of statement.targets) if (one.type !== 'name') visit(one, here);
    if (statement.annotation) visit(statement.annotation, here);
    if (statement.value === undefined || target === undefined) return;
    const name = targetName(target);
    const owner = here.function ? 'function' : here.classId ? 'class' : 'module';
    const role: Role = name ? { kind: 'assigned', name, owner } : NO_ROLE;
    visit(statement.value, here, role, { kind: 'assigned', target });
  }

  function visit(expression: Expression, here: Here, role: Role = NO_ROLE, use: Use = OTHER): void {
    switch (expression.type) {
      case 'name':
        found.names.push(siteOf(expression, use, here));
        return;
      case 'string':
        found.literals.push(literalOf(expression, role, here));
        return;
      case 'fstring':
        found.literals.push(literalOf(expression, role, here));
        for (const part of operandsOf(expression)) visit(part, here, NO_ROLE, OPERAND);
        return;
      case 'call':
        visitCall(expression, here, false, use);
        return;
      case 'attribute':
        found.references.push(siteOf(expression, use, here));
        visitInside(expression, here);
        return;
      case 'await':
        if (expression.value.type === 'call') visitCall(expression.value, here, true, use);
        else visit(expression.value, here);
        return;
      case 'lambda':
        for (const { default: value } of expression.parameters) if (value) visit(value, here);
        visit(expression.body, {
          ...here,
          function: undefined,
          loops: [],
          lambda: { node: expression, use, function: here.function, outer: here.lambda },
          hidden: [...here.hidden, ...expression.parameters.map(({ name }) => name)],
        });
        return;
      case 'comprehension':
        visitComprehension(expression, here);
        return;
      case 'dict':
        for (const { key, value } of expression.entries) {
          if (key) visit(key, here);
          const entry: Role = key?.type === 'string' ? { kind: 'entry', name: key.value } : NO_ROLE;
          visit(value, here, entry, COLLECTED);
        }
        return;
      case 'list':
      case 'tuple':
      case 'set':
        for (const element of expression.elements) visit(element, here, NO_ROLE, COLLECTED);
        return;
      case 'compare':
        for (const operand of expression.operands) {
          if (operand.type !== 'string') {
            visit(operand, here, NO_ROLE, OPERAND);
            continue;
          }
          const others = expression.operands.filter((other) => other !== operand);
          const operator = expression.operators.length === 1 ? (expression.operators[0] ?? '') : '';
          visit(operand, here, { kind: 'compared', others, operator }, OPERAND);
        }
        return;
      case 'conditional':
        visit(expression.condition, here, NO_ROLE, TESTED);
        visit(expression.body, here, role, use);
        visit(expression.orelse, here, role, use);
        return;
      case 'boolean':
        // `x = given or "literal"`: both are for the same thing, and the left one is tested.
        visit(expression.left, here, role, TESTED);
        visit(expression.right, here, role, use);
        return;
      case 'unary': {
        const isNot = expression.operator === 'not';
        visit(expression.operand, here, NO_ROLE, isNot ? TESTED : OPERAND);
        return;
      }
      case 'yield':
        if (expression.value)
          visit(expression.value, here, NO_ROLE, { kind: 'yielded', isFrom: expression.isFrom });
        return;
      case 'walrus':
        visit(expression.value, here, role, { kind: 'assigned', target: expression.target });
        return;
      case 'starred':
        visit(expression.value, here, NO_ROLE, { kind: 'iterated' });
        return;
      default:
        visitInside(expression, here);
    }
  }

  /** The operands of an attribute, a subscript, an operator. Only the whole of an attribute chain is a reference. */
  function visitInside(expression: Expression, here: Here): void {
    for (const operand of operandsOf(expression)) {
      if (operand.type === 'attribute' && expression.type === 'attribute')
        visitInside(operand, here);
      else visit(operand, here, NO_ROLE, OPERAND);
    }
  }

  function visitCall(node: Call, here: Here, isAwaited: boolean, use: Use): void {
    const isStatement = use.kind === 'dropped';
    if (!here.hidden.includes(rootName(node.callee)))
      found.calls.push({ ...placeOf(here), node, use, isAwaited, isStatement });
    if (node.callee.type === 'attribute') visitInside(node.callee, here);
    else visit(node.callee, here, NO_ROLE, OPERAND);
    let index = 0;
    const handed: Use = { kind: 'argument', call: node };
    for (const { name, star, value } of node.args) {
      const role: Role =
        name !== undefined
          ? { kind: 'argument', call: node, name }
          : star === undefined
            ? { kind: 'argument', call: node, index: index++ }
            : NO_ROLE;
      visit(value, here, role, star === undefined ? handed : { kind: 'iterated' });
    }
  }

  function visitComprehension(expression: Comprehension, here: Here): void {
    let inside = here;
    for (const { target, iterable, isAsync, conditions } of expression.clauses) {
      // The first iterable is evaluated once, before the loop.
      visit(iterable, inside, NO_ROLE, { kind: 'iterated' });
      const loop: Loop = { node: expression, target, iterable, isAsync };
      inside = { ...inside, loops: [...inside.loops, loop] };
      for (const condition of conditions) visit(condition, inside, NO_ROLE, TESTED);
    }
    visit(expression.element, inside, NO_ROLE, COLLECTED);
    if (expression.value) visit(expression.value, inside, NO_ROLE, COLLECTED);
  }
}

function placeOf({ scope, function: around, loops, statements, lambda }: Here): Place {
  return { scope, function: around, loops, statements, lambda };
}

/** Names are most of all sites: each is made at once, with nothing to copy. */
function siteOf<N>(node: N, use: Use, here: Here): Place & { readonly node: N; readonly use: Use } {
  const { scope, function: around, loops, statements, lambda } = here;
  return { scope, function: around, loops, statements, lambda, node, use };
}

function literalOf(node: StringLiteral | FString, role: Role, here: Here): LiteralSite {
  return { ...placeOf(here), node, role, classId: here.classId };
}

/** The name that an attribute chain starts with. */
function rootName(expression: Expression): string {
  if (expression.type === 'name') return expression.id;
  return expression.type === 'attribute' ? rootName(expression.object) : '';
}

const NO_ROLE: Role = { kind: 'other' };
const OTHER: Use = { kind: 'other' };
const OPERAND: Use = { kind: 'operand' };
const TESTED: Use = { kind: 'tested' };
const COLLECTED: Use = { kind: 'collected' };

/** The name that a target says: of a variable, an attribute, a key of a dict. */
export function targetName(target: Expression | undefined): string | undefined {
  if (target?.type === 'name') return target.id;
  if (target?.type === 'attribute') return target.name;
  // `config["SECRET_KEY"] = …`
  if (target?.type === 'subscript' && target.indices[0]?.type === 'string')
    return target.indices[0].value;
  return undefined;
}
