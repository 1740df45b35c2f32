/** Whether the pattern of a `case` fits, and what it binds. Patterns are written like the expressions that would build what they fit. */
import { defineQuery } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { parseExpression } from '../../syntax/read-block.ts';
import { parserInput } from '../../syntax/source.ts';
import type { Machine } from './machine.ts';
import { bool, type Env, equal, list, NONE, type Obj, textOf, UNKNOWN } from './objects.ts';

/** By its text: a pattern as an expression, without the `as` at its end; `null` where it can't be read as one. */
const patternExpression = defineQuery<Expression | null>('pattern', (db, source) => {
  const parser = db.get(parserInput, '');
  return (parser && parseExpression(parser, source)) ?? null;
});

const ALIAS = /^(.*\S)\s+as\s+(\w+)$/s;

type Bind = (name: string, value: Obj) => void;

/** Nothing where it can't be known. */
export function fitsPattern(
  machine: Machine,
  source: string,
  subject: Obj,
  scope: { readonly env: Env; readonly block: string },
  bind: Bind,
): boolean | undefined {
  const [, inner, alias] = ALIAS.exec(source) ?? [];
  if (alias !== undefined) bind(alias, subject);
  const pattern = machine.db.get(patternExpression, inner ?? source);
  return pattern === null ? undefined : fits(pattern, subject);

  function fits(node: Expression, value: Obj): boolean | undefined {
    switch (node.type) {
      case 'name':
        if (node.id !== '_') bind(node.id, value);
        return true;
      case 'list':
      case 'tuple':
        return fitsSequence(node.elements, value);
      case 'dict':
        return fitsMapping(node.entries, value);
      case 'call':
        return fitsClass(node, value);
      case 'binary': {
        if (node.operator !== '|') return undefined;
        const left = fits(node.left, value);
        if (left === true) return true;
        const right = fits(node.right, value);
        return right === true ? true : left === false && right === false ? false : undefined;
      }
      case 'none':
      case 'true':
      case 'false': {
        if (value.kind === 'unknown') return undefined;
        const wanted = node.type === 'none' ? NONE : bool(node.type === 'true');
        return value.kind === wanted.kind && equal(value, wanted) === true;
      }
      case 'string':
      case 'number':
      case 'unary':
      case 'attribute':
        return equal(machine.evaluate(node, scope.env, scope.block), value);
      default:
        return undefined;
    }
  }

  function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
    if (answers.includes(false)) return false;
    return answers.includes(undefined) ? undefined : true;
  }

  function fitsSequence(elements: readonly Expression[], value: Obj): boolean | undefined {
    if (value.kind === 'unknown' || value.kind === 'external') return undefined;
    const items =
      textOf(value) !== undefined || value.kind === 'dict' ? undefined : machine.iterate(value);
    if (items === undefined)
      return value.kind === 'instance' && !value.attrs.has('_text_value_') ? undefined : false;
    const star = elements.findIndex((element) => element.type === 'starred');
    if (star < 0)
      return elements.length === items.length
        ? all(elements.map((element, index) => fits(element, items[index] ?? UNKNOWN)))
        : false;
    const after = elements.length - star - 1;
    if (items.length < star + after) return false;
    return all(
      elements.map((element, index) => {
        if (index < star) return fits(element, items[index] ?? UNKNOWN);
        if (element.type === 'starred')
          return fits(element.value, list(items.slice(star, items.length - after)));
        return fits(element, items[items.length - (elements.length - index)] ?? UNKNOWN);
      }),
    );
  }

  function fitsMapping(
    entries: readonly { readonly key?: Expression; readonly value: Expression }[],
    value: Obj,
  ): boolean | undefined {
    if (value.kind !== 'dict')
      return value.kind === 'unknown' || value.kind === 'instance' ? undefined : false;
    const taken: Obj[] = [];
    return all(
      entries.map(({ key, value: inner }) => {
        if (key === undefined) {
          const rest = value.entries.filter(
            ([one]) => !taken.some((used) => equal(one, used) === true),
          );
          return fits(inner, { kind: 'dict', entries: rest });
        }
        const wanted = machine.evaluate(key, scope.env, scope.block);
        taken.push(wanted);
        const found = machine.item({ kind: 'dict', entries: value.entries }, wanted);
        return found === undefined ? false : fits(inner, found);
      }),
    );
  }

  function fitsClass(
    { callee, args }: Extract<Expression, { type: 'call' }>,
    value: Obj,
  ): boolean | undefined {
    const cls = machine.evaluate(callee, scope.env, scope.block);
    const isOne = machine.isInstance(value, cls);
    if (isOne === false) return false;
    const order = positions(cls);
    const parts = args.map(({ name, value: inner }, index) => {
      if (name === undefined && order === undefined) return fits(inner, value);
      const attribute = name ?? order?.[index];
      const held = attribute === undefined ? UNKNOWN : machine.attributeIfAny(value, attribute);
      return held === undefined ? false : fits(inner, held);
    });
    return all([isOne, ...parts]);
  }

  /** The attributes that positional patterns mean; nothing for Python's own classes, which mean the object itself. */
  function positions(cls: Obj): readonly string[] | undefined {
    if (cls.kind !== 'class') return undefined;
    const given = machine.classMember(cls, '__match_args__')?.value;
    const names = given && machine.iterate(given);
    if (names) return names.flatMap((one) => textOf(one) ?? []);
    const classes = machine.mro(cls).toReversed();
    return [...new Set(classes.flatMap((one) => (one.kind === 'class' ? one.fields : [])))];
  }
}
