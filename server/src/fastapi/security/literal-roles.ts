/** What a literal is for, seen through what makes no difference to it, and whether it is only an example. */
import { EXAMPLE_KEYS } from '../../knowledge/secrets.ts';
import { type LiteralSite, type Role, targetName } from '../../python/sites.ts';
import type { Expression, Span, Statement } from '../../syntax/nodes.ts';
import { expressionsIn, operandsOf } from '../../syntax/walk.ts';

const OTHER: Role = { kind: 'other' };

/** Every name that a literal's statement gives it: `A = SECRET_KEY = "…"` gives two. */
export function namesGiven(site: LiteralSite): readonly string[] {
  const statement = site.statements.at(-1);
  if (roleOf(site).kind !== 'assigned' || statement?.type !== 'assign') return [];
  return statement.targets.map(targetName).filter((name) => name !== undefined);
}

/** The role of a literal; of `"…".encode()` that of the call, of an element of an unpacked tuple that of its target. */
export function roleOf(site: LiteralSite): Role {
  if (site.role.kind !== 'other') return site.role;
  const statement = site.statements.at(-1);
  const path = statement && pathTo(statement, site.node);
  if (statement === undefined || path === undefined) return OTHER;
  const [call, method] = [path.at(-2), path.at(-1)];
  const isEncoded =
    call?.type === 'call' && method?.type === 'attribute' && method.name === 'encode';
  const whole = isEncoded && call.callee === method ? call : site.node;
  const around = whole === site.node ? path : path.slice(0, -2);
  return roleIn(site, statement, around.at(-1), whole);
}

function roleIn(
  site: LiteralSite,
  statement: Statement,
  parent: Expression | undefined,
  whole: Expression,
): Role {
  switch (parent?.type) {
    case undefined:
      return roleInStatement(site, statement, whole);
    case 'call': {
      const argument = parent.args.find(({ value }) => value === whole);
      if (argument === undefined || argument.star !== undefined) return OTHER;
      if (argument.name !== undefined)
        return { kind: 'argument', call: parent, name: argument.name };
      const index = parent.args.filter(({ name }) => name === undefined).indexOf(argument);
      return { kind: 'argument', call: parent, index };
    }
    case 'dict': {
      const key = parent.entries.find(({ value }) => value === whole)?.key;
      return key?.type === 'string' ? { kind: 'entry', name: key.value } : OTHER;
    }
    case 'compare': {
      const others = parent.operands.filter((other) => other !== whole);
      const [operator = ''] = parent.operators.length === 1 ? parent.operators : [];
      return { kind: 'compared', others, operator };
    }
    case 'tuple': {
      if (statement.type !== 'assign' || statement.value !== parent) return OTHER;
      const [target] = statement.targets;
      if (target?.type !== 'tuple' && target?.type !== 'list') return OTHER;
      const name = targetName(target.elements[parent.elements.indexOf(whole)]);
      return name === undefined ? OTHER : assigned(site, name);
    }
    default:
      return OTHER;
  }
}

function roleInStatement(site: LiteralSite, statement: Statement, whole: Expression): Role {
  if (statement.type === 'assign' && statement.value === whole) {
    const name = targetName(statement.targets[0]);
    return name === undefined ? OTHER : assigned(site, name);
  }
  if (statement.type !== 'function') return OTHER;
  const parameter = statement.parameters.find((one) => one.default === whole);
  return parameter === undefined ? OTHER : { kind: 'default', name: parameter.name };
}

function assigned(site: LiteralSite, name: string): Role {
  const owner = site.function ? 'function' : site.classId ? 'class' : 'module';
  return { kind: 'assigned', name, owner };
}

/** Whether a literal is only used for want of something else: after an `or`, or as one of two branches. */
export function standsIn({ node, statements }: LiteralSite): 'or' | 'branch' | undefined {
  const statement = statements.at(-1);
  const around = ((statement && pathTo(statement, node)) ?? []).at(-1);
  if (around?.type === 'conditional') return 'branch';
  return around?.type === 'boolean' && around.operator === 'or' && around.right === node
    ? 'or'
    : undefined;
}

/** Whether a literal stands in an example for the docs: `examples=[...]`, `{"example": {...}}`, `schema_extra = {...}`. */
export function isExample({ node, statements }: LiteralSite): boolean {
  const statement = statements.at(-1);
  if (statement === undefined) return false;
  const isAssigned =
    statement.type === 'assign' &&
    statement.targets.some(
      (target) => EXAMPLE_KEYS.test(targetName(target) ?? '') || EXAMPLE_KEYS.test(rootOf(target)),
    );
  return isAssigned || (pathTo(statement, node) ?? []).some((one) => showsExample(one, node));
}

/** The name that an attribute or an entry is one of: `example.tokens = [...]`. */
function rootOf(target: Expression): string {
  if (target.type === 'name') return target.id;
  return target.type === 'attribute' || target.type === 'subscript' ? rootOf(target.object) : '';
}

function showsExample(around: Expression, node: Span): boolean {
  if (around.type === 'call')
    return around.args.some(
      ({ name, value }) => name !== undefined && EXAMPLE_KEYS.test(name) && contains(value, node),
    );
  if (around.type !== 'dict') return false;
  return around.entries.some(
    ({ key, value }) =>
      key?.type === 'string' && EXAMPLE_KEYS.test(key.value) && contains(value, node),
  );
}

/** The parameter whose default a call is. */
export function parameterWithDefault(site: LiteralSite, call: Expression): string | undefined {
  const statement = site.statements.at(-1);
  if (statement?.type !== 'function') return undefined;
  return statement.parameters.find((parameter) => parameter.default === call)?.name;
}

/** The expressions around a part of a statement, outermost first. */
function pathTo(statement: Statement, node: Span): readonly Expression[] | undefined {
  const path: Expression[] = [];
  let next = expressionsIn(statement).find((one) => contains(one, node));
  while (next !== undefined && next !== node) {
    path.push(next);
    next = operandsOf(next).find((one) => contains(one, node));
  }
  return next === undefined ? undefined : path;
}

function contains(whole: Span, part: Span): boolean {
  return whole.start <= part.start && part.end <= whole.end;
}
