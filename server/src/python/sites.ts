/** Every call, return and text literal of a block, each with where it stands: in which function, which loops, awaited or not. */
import type { Reader } from '../query/database.ts';
import type {
  Call,
  Comprehension,
  Expression,
  For,
  FString,
  FunctionDef,
  Return,
  Statement,
  StringLiteral,
} from '../syntax/nodes.ts';
import { lowered } from '../syntax/source.ts';
import { expressionsIn, operandsOf, suitesOf } from '../syntax/walk.ts';
import { definitionsIn, enclosingOf, moduleScopeId, pathOf } from './definitions.ts';

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
}

export interface CallSite extends Place {
  readonly node: Call;
  readonly isAwaited: boolean;
  /** The call (or its `await`) is a statement of its own: its result is dropped. */
  readonly isStatement: boolean;
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
}

interface Here extends Place {
  readonly classId: string | undefined;
}

/** The sites of a block, in source order within each kind. */
export function sitesOf(db: Reader, block: string): Sites {
  const found: Mutable = { calls: [], returns: [], literals: [], functions: [] };
  const definitions = db.get(definitionsIn, block);
  const owner = enclosingOf(block);
  const outermost: Here = {
    scope: block,
    function: undefined,
    loops: [],
    statements: [],
    classId: owner ?? undefined,
  };
  // Definitions come outer ones first and in source order, just as this walk meets them.
  let next = 0;
  visitBody(db.get(lowered, block).body, outermost);
  return found;

  function visitBody(body: readonly Statement[], here: Here): void {
    for (const statement of body) visitStatement(statement, here);
  }

  function visitStatement(statement: Statement, around: Here): void {
    const here: Here = { ...around, statements: [...around.statements, statement] };
    switch (statement.type) {
      case 'function':
      case 'class': {
        const id = definitions[next++]?.id ?? block;
        if (statement.type === 'class') {
          for (const expression of expressionsIn(statement)) visit(expression, here, OTHER);
          visitBody(statement.body, {
            ...here,
            scope: id,
            function: undefined,
            loops: [],
            classId: id,
          });
          return;
        }
        found.functions.push({
          id,
          node: statement,
          outer: enclosingOf(id) ?? moduleScopeId(pathOf(id)),
        });
        for (const decorator of statement.decorators) visit(decorator, here, OTHER);
        for (const { name, annotation, default: value } of statement.parameters) {
          if (annotation) visit(annotation, here, OTHER);
          if (value) visit(value, here, { kind: 'default', name });
        }
        if (statement.returns) visit(statement.returns, here, OTHER);
        visitBody(statement.body, {
          scope: id,
          function: statement,
          loops: [],
          statements: [],
          classId: undefined,
        });
        return;
      }
      case 'return':
        found.returns.push({ node: statement, ...here });
        if (statement.value) visit(statement.value, here, OTHER);
        return;
      case 'expression':
        visitDropped(statement.value, here);
        return;
      case 'assign': {
        for (const target of statement.targets) visit(target, here, OTHER);
        if (statement.value === undefined) return;
        const name = targetName(statement.targets[0]);
        const kind = here.function ? 'function' : here.classId ? 'class' : 'module';
        visit(statement.value, here, name ? { kind: 'assigned', name, owner: kind } : OTHER);
        return;
      }
      case 'for': {
        visit(statement.iterable, here, OTHER);
        const { target, iterable, isAsync } = statement;
        const loop: Loop = { node: statement, target, iterable, isAsync };
        visitBody(statement.body, { ...here, loops: [...here.loops, loop] });
        visitBody(statement.orelse, here);
        return;
      }
      default:
        for (const expression of expressionsIn(statement)) visit(expression, here, OTHER);
        for (const suite of suitesOf(statement)) visitBody(suite, here);
    }
  }

  function visitDropped(value: Expression, here: Here): void {
    if (value.type === 'call') visitCall(value, here, false, true);
    else if (value.type === 'await' && value.value.type === 'call')
      visitCall(value.value, here, true, true);
    // A text alone is a docstring or a comment.
    else if (value.type !== 'string') visit(value, here, OTHER);
  }

  function visit(expression: Expression, here: Here, role: Role): void {
    noteLiteral(expression, here, role);
    switch (expression.type) {
      case 'call':
        visitCall(expression, here, false, false);
        return;
      case 'await':
        if (expression.value.type === 'call') visitCall(expression.value, here, true, false);
        else visit(expression.value, here, OTHER);
        return;
      case 'lambda':
        for (const { default: value } of expression.parameters)
          if (value) visit(value, here, OTHER);
        visit(expression.body, { ...here, function: undefined, loops: [] }, OTHER);
        return;
      case 'comprehension':
        visitComprehension(expression, here);
        return;
      case 'dict':
        for (const { key, value } of expression.entries) {
          if (key) visit(key, here, OTHER);
          visit(value, here, key?.type === 'string' ? { kind: 'entry', name: key.value } : OTHER);
        }
        return;
      case 'compare':
        for (const operand of expression.operands) {
          const others = expression.operands.filter((other) => other !== operand);
          const operator = expression.operators.length === 1 ? (expression.operators[0] ?? '') : '';
          visit(operand, here, { kind: 'compared', others, operator });
        }
        return;
      case 'conditional':
      case 'boolean':
        // `x = given or "literal"`: the literal is for the same thing.
        for (const operand of operandsOf(expression)) visit(operand, here, role);
        return;
      default:
        for (const operand of operandsOf(expression)) visit(operand, here, OTHER);
    }
  }

  function visitCall(node: Call, here: Here, isAwaited: boolean, isStatement: boolean): void {
    found.calls.push({ node, isAwaited, isStatement, ...here });
    visit(node.callee, here, OTHER);
    let index = 0;
    for (const { name, star, value } of node.args) {
      const role: Role =
        name !== undefined
          ? { kind: 'argument', call: node, name }
          : star === undefined
            ? { kind: 'argument', call: node, index: index++ }
            : OTHER;
      visit(value, here, role);
    }
  }

  function visitComprehension(expression: Comprehension, here: Here): void {
    let inside = here;
    for (const { target, iterable, isAsync, conditions } of expression.clauses) {
      // The first iterable is evaluated once, before the loop.
      visit(iterable, inside, OTHER);
      const loop: Loop = { node: expression, target, iterable, isAsync };
      inside = { ...inside, loops: [...inside.loops, loop] };
      for (const condition of conditions) visit(condition, inside, OTHER);
    }
    visit(expression.element, inside, OTHER);
    if (expression.value) visit(expression.value, inside, OTHER);
  }

  function noteLiteral(expression: Expression, here: Here, role: Role): void {
    if (expression.type === 'string' || expression.type === 'fstring')
      found.literals.push({ node: expression, role, ...here });
  }
}

const OTHER: Role = { kind: 'other' };

function targetName(target: Expression | undefined): string | undefined {
  if (target?.type === 'name') return target.id;
  if (target?.type === 'attribute') return target.name;
  // `config["SECRET_KEY"] = …`
  if (target?.type === 'subscript' && target.indices[0]?.type === 'string')
    return target.indices[0].value;
  return undefined;
}
