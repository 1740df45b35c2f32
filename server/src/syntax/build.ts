/** One builder per kind of tree-sitter node: from a frame with its finished children to a typed node. */
import { buildStatement } from './build-statements.ts';
import { buildString, joinStrings } from './build-strings.ts';
import type { Child, Frame } from './lower.ts';
import type {
  Argument,
  ComprehensionClause,
  Expression,
  Parameter,
  Span,
  Statement,
} from './nodes.ts';

export interface Built {
  readonly expression?: Expression;
  readonly statements?: readonly Statement[];
  readonly parameter?: Parameter;
  readonly part?: unknown;
}

/** The source between two offsets relative to the block. */
export type TextOf = (start: number, end: number) => string;

/** `undefined` for tokens, comments and whatever carries no meaning of its own. */
export function build(frame: Frame, text: TextOf): Built | undefined {
  const expression = isCasePattern(frame) ? undefined : buildExpression(frame, text);
  if (expression !== undefined) {
    const items = withItems(frame);
    return items === undefined ? { expression } : { expression, part: items };
  }
  return buildPart(frame, text) ?? buildStatement(frame, text);
}

/** The grammar has one kind of node for `[a, b]` as a target and as a pattern of a `case`. */
function isCasePattern({ type, children }: Frame): boolean {
  const mayBe = type === 'list_pattern' || type === 'tuple_pattern';
  return mayBe && children.some((child) => child.type === 'case_pattern');
}

/** One of `with`'s items, as the grammar's `as_pattern` has it. */
export interface WithItem {
  readonly value: Expression;
  readonly alias?: Expression | undefined;
}

/** `with (a as b):` and `with (a as b,):` have their items inside what looks like one expression. */
function withItems({ type, children }: Frame): WithItem[] | undefined {
  if (type !== 'tuple' && type !== 'parenthesized_expression') return undefined;
  if (!children.some((child) => child.part !== undefined)) return undefined;
  return children.flatMap(({ part, expression }): WithItem | readonly WithItem[] => {
    if (part !== undefined) return part as WithItem | readonly WithItem[];
    return expression === undefined ? [] : { value: expression };
  });
}

/** The expression in a field; something unreadable when it is missing. */
export function fieldOf(frame: Frame, field: string): Expression {
  return optionalField(frame, field) ?? { type: 'unknown', start: frame.end, end: frame.end };
}

export function optionalField(frame: Frame, field: string): Expression | undefined {
  return frame.children.find((child) => child.field === field && child.expression)?.expression;
}

export function expressionsOf(frame: Frame): Expression[] {
  return frame.children.flatMap((child) => child.expression ?? []);
}

export function nth(expressions: readonly Expression[], index: number, at: Span): Expression {
  return expressions[index] ?? { type: 'unknown', start: at.end, end: at.end };
}

export function tokenOf(frame: Frame, field: string): string {
  return frame.children.find((child) => child.field === field)?.type ?? '';
}

function buildExpression(frame: Frame, text: TextOf): Expression | undefined {
  const { type, start, end } = frame;
  switch (type) {
    case 'identifier': {
      const id = text(start, end);
      return id === '' ? { type: 'unknown', start, end } : { type: 'name', id, start, end };
    }
    case 'integer':
    case 'float':
      return { type: 'number', text: text(start, end), start, end };
    case 'true':
    case 'false':
    case 'none':
    case 'ellipsis':
      return { type, start, end };
    case 'string':
      return buildString(frame, text);
    case 'concatenated_string':
      return joinStrings(expressionsOf(frame), start, end);
    case 'attribute': {
      const name = frame.children.find((child) => child.field === 'attribute');
      return afterStar(fieldOf(frame, 'object'), start, (object, from) => ({
        type: 'attribute',
        object,
        name: name === undefined ? '' : text(name.start, name.end),
        nameStart: name?.start ?? end,
        start: from,
        end,
      }));
    }
    case 'call': {
      const call = buildCall(frame);
      return call.type === 'call'
        ? afterStar(call.callee, call.start, (callee, from) => ({ ...call, callee, start: from }))
        : call;
    }
    case 'list':
    case 'tuple':
    case 'set':
      return { type, elements: expressionsOf(frame), start, end };
    case 'expression_list':
    case 'pattern_list':
    case 'tuple_pattern':
      return { type: 'tuple', elements: expressionsOf(frame), start, end };
    case 'list_pattern':
      return { type: 'list', elements: expressionsOf(frame), start, end };
    case 'dictionary':
      return {
        type: 'dict',
        entries: frame.children.flatMap((child) =>
          child.part === undefined
            ? child.expression?.type === 'starred'
              ? [{ value: child.expression.value }]
              : []
            : [child.part as { key: Expression; value: Expression }],
        ),
        start,
        end,
      };
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
    case 'dictionary_comprehension':
      return buildComprehension(frame);
    case 'lambda':
      return {
        type: 'lambda',
        parameters: frame.children.flatMap((child) =>
          child.type === 'lambda_parameters' ? (child.part as Parameter[]) : [],
        ),
        body: fieldOf(frame, 'body'),
        start,
        end,
      };
    case 'binary_operator':
      return {
        type: 'binary',
        operator: tokenOf(frame, 'operator'),
        left: fieldOf(frame, 'left'),
        right: fieldOf(frame, 'right'),
        start,
        end,
      };
    case 'union_type': {
      const [left, right] = expressionsOf(frame);
      if (left === undefined || right === undefined) return { type: 'unknown', start, end };
      return { type: 'binary', operator: '|', left, right, start, end };
    }
    case 'unary_operator':
      return {
        type: 'unary',
        operator: tokenOf(frame, 'operator'),
        operand: fieldOf(frame, 'argument'),
        start,
        end,
      };
    case 'not_operator':
      return { type: 'unary', operator: 'not', operand: fieldOf(frame, 'argument'), start, end };
    case 'boolean_operator':
      return {
        type: 'boolean',
        operator: tokenOf(frame, 'operator') === 'or' ? 'or' : 'and',
        left: fieldOf(frame, 'left'),
        right: fieldOf(frame, 'right'),
        start,
        end,
      };
    case 'comparison_operator':
      return {
        type: 'compare',
        operands: expressionsOf(frame),
        operators: frame.children.flatMap((child) =>
          child.field === 'operators' ? child.type : [],
        ),
        start,
        end,
      };
    case 'conditional_expression': {
      const [body, condition, orelse] = expressionsOf(frame);
      if (body === undefined || condition === undefined || orelse === undefined)
        return { type: 'unknown', start, end };
      return { type: 'conditional', body, condition, orelse, start, end };
    }
    case 'subscript':
      return afterStar(fieldOf(frame, 'value'), start, (object, from) => ({
        type: 'subscript',
        object,
        indices: frame.children.flatMap((child) =>
          child.field === 'subscript' && child.expression ? child.expression : [],
        ),
        start: from,
        end,
      }));
    case 'generic_type': {
      const object = nth(expressionsOf(frame), 0, frame);
      const indices = frame.children.flatMap((child) =>
        child.type === 'type_parameter' ? (child.part as Expression[]) : [],
      );
      return { type: 'subscript', object, indices, start, end };
    }
    case 'member_type': {
      const object = nth(expressionsOf(frame), 0, frame);
      const name = frame.children[frame.children.length - 1];
      return {
        type: 'attribute',
        object,
        name: name === undefined ? '' : text(name.start, name.end),
        nameStart: name?.start ?? end,
        start,
        end,
      };
    }
    case 'slice':
      return buildSlice(frame, text);
    case 'list_splat':
    case 'list_splat_pattern':
    case 'splat_type':
      return {
        type: 'starred',
        star: '*',
        value: nth(expressionsOf(frame), 0, frame),
        start,
        end,
      };
    case 'dictionary_splat':
    case 'dictionary_splat_pattern':
      return {
        type: 'starred',
        star: '**',
        value: nth(expressionsOf(frame), 0, frame),
        start,
        end,
      };
    case 'await':
      return { type: 'await', value: nth(expressionsOf(frame), 0, frame), start, end };
    case 'yield': {
      const value = expressionsOf(frame)[0];
      const isFrom = frame.children.some((child) => child.type === 'from');
      return { type: 'yield', isFrom, start, end, ...(value && { value }) };
    }
    case 'named_expression': {
      const target = fieldOf(frame, 'name');
      const value = fieldOf(frame, 'value');
      return target.type === 'name' ? { type: 'walrus', target, value, start, end } : value;
    }
    case 'parenthesized_expression':
    case 'parenthesized_list_splat':
    case 'type':
    case 'constrained_type':
    case 'as_pattern_target':
      return nth(expressionsOf(frame), 0, frame);
    default:
      return undefined;
  }
}

function buildCall(frame: Frame): Expression {
  const { start, end } = frame;
  const list = frame.children.find((child) => child.field === 'arguments');
  const callee = fieldOf(frame, 'function');
  const argsStart = list?.start ?? end;
  const generator = list?.expression;
  const args =
    generator === undefined
      ? ((list?.part as Argument[] | undefined) ?? [])
      : [{ value: generator, start: generator.start, end: generator.end }];
  return { type: 'call', callee, args, argsStart, start, end };
}

function buildComprehension(frame: Frame): Expression {
  const { start, end, type } = frame;
  const clauses: {
    target: Expression;
    iterable: Expression;
    isAsync: boolean;
    conditions: Expression[];
  }[] = [];
  for (const child of frame.children) {
    if (child.type === 'for_in_clause')
      clauses.push({ ...(child.part as ComprehensionClause), conditions: [] });
    else if (child.type === 'if_clause')
      clauses[clauses.length - 1]?.conditions.push(child.part as Expression);
  }
  const pair = frame.children.find((child) => child.type === 'pair')?.part as
    | { key: Expression; value: Expression }
    | undefined;
  const form =
    type === 'list_comprehension'
      ? 'list'
      : type === 'set_comprehension'
        ? 'set'
        : type === 'dictionary_comprehension'
          ? 'dict'
          : 'generator';
  if (pair !== undefined)
    return {
      type: 'comprehension',
      form,
      element: pair.key,
      value: pair.value,
      clauses,
      start,
      end,
    };
  return { type: 'comprehension', form, element: fieldOf(frame, 'body'), clauses, start, end };
}

/** The grammar reads `[*a.b]` as `[(*a).b]`: the star goes around what it is followed by. */
function afterStar(
  head: Expression,
  start: number,
  build: (head: Expression, start: number) => Expression,
): Expression {
  if (head.type !== 'starred') return build(head, start);
  const value = build(head.value, head.value.start);
  return { ...head, value, end: value.end };
}

function buildSlice(frame: Frame, text: TextOf): Expression {
  const { start, end } = frame;
  const parts = expressionsOf(frame);
  let colons = 0;
  const places = parts.map((part, index) => {
    const before = text(parts[index - 1]?.end ?? start, part.start);
    colons += before.split(':').length - 1;
    return colons;
  });
  const isPlain = places.every((place, index) => place === index);
  return { type: 'slice', parts, ...(!isPlain && { places }), start, end };
}

function buildPart(frame: Frame, text: TextOf): Built | undefined {
  const { start, end } = frame;
  switch (frame.type) {
    case 'argument_list':
      return {
        part: frame.children.flatMap((child): Argument | readonly Argument[] => {
          if (child.part !== undefined) return child.part as Argument;
          const value = child.expression;
          if (value === undefined) return [];
          const span = { start: child.start, end: child.end };
          return value.type === 'starred'
            ? { star: value.star, value: value.value, ...span }
            : { value, ...span };
        }),
      };
    case 'keyword_argument': {
      const name = frame.children.find((child) => child.field === 'name');
      const value = fieldOf(frame, 'value');
      return {
        part: {
          name: name ? text(name.start, name.end) : '',
          value,
          start,
          end,
        } satisfies Argument,
      };
    }
    case 'pair':
      return { part: { key: fieldOf(frame, 'key'), value: fieldOf(frame, 'value') } };
    case 'for_in_clause': {
      const iterables = frame.children.flatMap((child) =>
        child.field === 'right' && child.expression ? child.expression : [],
      );
      return {
        part: {
          target: fieldOf(frame, 'left'),
          iterable: nth(iterables, 0, frame),
          isAsync: frame.children.some((child) => child.type === 'async'),
        },
      };
    }
    case 'if_clause':
      return { part: nth(expressionsOf(frame), 0, frame) };
    case 'interpolation':
    case 'format_expression': {
      const format = frame.children.find((child) => child.type === 'format_specifier');
      const inside = (format?.part as readonly Expression[] | undefined) ?? [];
      const value = fieldOf(frame, 'expression');
      const values = [value, ...inside];
      const [conversion = ''] = /^\s*![rsa]/.exec(text(value.end, frame.end)) ?? [];
      const written = format ? text(format.start, format.end) : '';
      const spec = conversion === '' ? written.replace(/^:/, '') : conversion.trim() + written;
      return { part: spec === '' ? { values } : { values, spec } };
    }
    case 'format_specifier':
      return {
        part: frame.children.flatMap((child) =>
          child.type === 'format_expression'
            ? (child.part as { values: readonly Expression[] }).values
            : [],
        ),
      };
    case 'type_parameter':
      return { part: expressionsOf(frame) };
    case 'typed_parameter':
    case 'default_parameter':
    case 'typed_default_parameter':
      return buildParameter(frame, text);
    case 'keyword_separator':
    case 'positional_separator':
      return {};
    case 'parameters':
    case 'lambda_parameters':
      return { part: parametersOf(frame) };
    default:
      return undefined;
  }
}

function buildParameter(frame: Frame, text: TextOf): Built {
  const { start, end } = frame;
  const named = frame.children.find(
    (child) => child.field === 'name' || (child.field === null && child.expression !== undefined),
  )?.expression;
  const target = named?.type === 'starred' ? named.value : named;
  const annotation = optionalField(frame, 'type');
  const value = optionalField(frame, 'value');
  return {
    parameter: {
      name: target?.type === 'name' ? target.id : target ? text(target.start, target.end) : '',
      kind: named?.type === 'starred' ? named.star : 'normal',
      start,
      end,
      ...(annotation && { annotation }),
      ...(value && { default: value }),
    },
  };
}

/** Puts together what stands between the parentheses and gives each parameter its kind. */
function parametersOf(frame: Frame): Parameter[] {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const child of frame.children) {
    if (child.type === 'keyword_separator') keywordOnly = true;
    else if (child.type === 'positional_separator') {
      for (const [index, parameter] of parameters.entries())
        parameters[index] = { ...parameter, kind: 'positional-only' };
    } else {
      const parameter = child.parameter ?? plainParameter(child);
      if (parameter === undefined) continue;
      const named = parameter.kind === 'normal' && keywordOnly;
      parameters.push(named ? { ...parameter, kind: 'keyword-only' } : parameter);
      if (parameter.kind === '*') keywordOnly = true;
    }
  }
  return parameters;
}

function plainParameter(child: Child): Parameter | undefined {
  const { expression, start, end } = child;
  if (expression?.type === 'name') return { name: expression.id, kind: 'normal', start, end };
  if (expression?.type !== 'starred' || expression.value.type !== 'name') return undefined;
  return { name: expression.value.id, kind: expression.star, start, end };
}
