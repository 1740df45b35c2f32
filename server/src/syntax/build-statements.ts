import type { Built, TextOf, WithItem } from './build.ts';
import { expressionsOf, fieldOf, nth, optionalField } from './build.ts';
import type { Child, Frame } from './lower.ts';
import type {
  Argument,
  Assign,
  ExceptHandler,
  Expression,
  FunctionDef,
  ImportedName,
  MatchCase,
  Parameter,
  Statement,
} from './nodes.ts';

type Suite = readonly Statement[];

function suiteOf(frame: Frame, field: string): Suite {
  return frame.children.find((child) => child.field === field)?.statements ?? [];
}

/** The statements of a clause whose block has no field name. */
function blockOf(frame: Frame): Suite {
  return frame.children.find((child) => child.type === 'block')?.statements ?? [];
}

function one(statement: Statement): Built {
  return { statements: [statement] };
}

export function buildStatement(frame: Frame, text: TextOf): Built | undefined {
  const { start, end } = frame;
  const span = { start, end };
  switch (frame.type) {
    case 'module':
      return { statements: frame.children.flatMap((child) => child.statements ?? []) };
    case 'block':
      return {
        statements: frame.children.flatMap((child) => child.statements ?? []),
        // The body of a `match` is a block of cases.
        part: frame.children.flatMap((child) => (child.type === 'case_clause' ? [child.part] : [])),
      };
    case 'ERROR':
      // What stands in a broken stretch has lost its surroundings: no statement of it is trusted.
      return { expression: { type: 'unknown', ...span } };
    case 'expression_statement':
      return buildExpressionStatement(frame, text);
    case 'assignment': {
      const inner = frame.children.find((child) => child.field === 'right')?.statements?.[0];
      const annotation = optionalField(frame, 'type');
      const value = optionalField(frame, 'right');
      const left = fieldOf(frame, 'left');
      if (inner?.type === 'assign')
        return one({ ...inner, ...span, targets: [left, ...inner.targets] });
      return one({
        type: 'assign',
        targets: [left],
        ...span,
        ...(annotation && { annotation }),
        ...(value && { value }),
      } satisfies Assign);
    }
    case 'augmented_assignment': {
      const operator = frame.children.find((child) => child.field === 'operator')?.type ?? '';
      return one({
        type: 'augassign',
        target: fieldOf(frame, 'left'),
        operator: operator.replace(/=$/, ''),
        value: fieldOf(frame, 'right'),
        ...span,
      });
    }
    case 'return_statement': {
      const value = expressionsOf(frame)[0];
      return one({ type: 'return', ...span, ...(value && { value }) });
    }
    case 'raise_statement': {
      const cause = optionalField(frame, 'cause');
      const exception = expressionsOf(frame).find((expression) => expression !== cause);
      return one({
        type: 'raise',
        ...span,
        ...(exception && { exception }),
        ...(cause && { cause }),
      });
    }
    case 'delete_statement':
      return one({ type: 'delete', operands: expressionsOf(frame), ...span });
    case 'assert_statement':
      return one({ type: 'assert', operands: expressionsOf(frame), ...span });
    case 'global_statement':
    case 'nonlocal_statement':
      return one({
        type: frame.type === 'global_statement' ? 'global' : 'nonlocal',
        names: expressionsOf(frame).flatMap((name) => (name.type === 'name' ? name.id : [])),
        ...span,
      });
    case 'pass_statement':
      return one({ type: 'pass', ...span });
    case 'break_statement':
      return one({ type: 'break', ...span });
    case 'continue_statement':
      return one({ type: 'continue', ...span });
    case 'print_statement':
    case 'exec_statement':
      return one({ type: 'unknown-statement', ...span });
    case 'type_alias_statement': {
      const name = fieldOf(frame, 'left');
      const value = fieldOf(frame, 'right');
      if (text(name.start, name.start + 1) === '(') {
        const target = ofTypeCall(name, name.start, span.start);
        return one({ type: 'assign', targets: [target], value, ...span });
      }
      const plain = name.type === 'subscript' ? name.object : name;
      return one(
        plain.type === 'name'
          ? { type: 'type-alias', name: plain.id, value, ...span }
          : { type: 'unknown-statement', ...span },
      );
    }
    case 'dotted_name':
      return { part: text(start, end).replace(/[\s\\]/g, '') };
    case 'aliased_import': {
      const name = frame.children.find((child) => child.field === 'name');
      const alias = optionalField(frame, 'alias');
      return {
        part: {
          name: typeof name?.part === 'string' ? name.part : '',
          ...span,
          ...(alias?.type === 'name' && { alias: alias.id }),
        } satisfies ImportedName,
      };
    }
    case 'import_statement':
      return one({ type: 'import', names: importedNames(frame), ...span });
    case 'future_import_statement':
      return one({
        type: 'import-from',
        module: '__future__',
        level: 0,
        names: importedNames(frame),
        ...span,
      });
    case 'import_prefix':
      return { part: text(start, end).replace(/\s/g, '').length };
    case 'relative_import': {
      const dots = frame.children.find((child) => child.type === 'import_prefix')?.part;
      const module = frame.children.find((child) => child.type === 'dotted_name')?.part;
      return { part: { level: dots ?? 1, module: module ?? '' } };
    }
    case 'import_from_statement':
      return buildImportFrom(frame);
    case 'decorator':
      return { part: nth(expressionsOf(frame), 0, frame) };
    case 'decorated_definition': {
      const decorators = frame.children.flatMap((child) =>
        child.type === 'decorator' ? (child.part as Expression) : [],
      );
      const definition = suiteOf(frame, 'definition')[0];
      if (definition?.type !== 'function' && definition?.type !== 'class')
        return one({ type: 'unknown-statement', ...span });
      return one({ ...definition, decorators, start });
    }
    case 'function_definition':
      return one(buildFunction(frame));
    case 'class_definition': {
      const name = fieldOf(frame, 'name');
      const bases = frame.children.find((child) => child.field === 'superclasses')?.part;
      return one({
        type: 'class',
        name: name.type === 'name' ? name.id : '',
        nameStart: name.start,
        decorators: [],
        bases: (bases as readonly Argument[] | undefined) ?? [],
        body: suiteOf(frame, 'body'),
        ...span,
      });
    }
    default:
      return buildCompound(frame, text);
  }
}

function buildExpressionStatement(frame: Frame, text: TextOf): Built {
  const { start, end } = frame;
  const statements = frame.children.flatMap((child) => child.statements ?? []);
  if (statements.length > 0) return { statements };
  const values = expressionsOf(frame);
  const [value] = values;
  if (value === undefined) return one({ type: 'unknown-statement', start, end });
  // `a,` is a tuple, too.
  const isTuple = values.length > 1 || text(value.end, end).includes(',');
  return one({
    type: 'expression',
    value: isTuple ? { type: 'tuple', elements: values, start, end } : value,
    start,
    end,
  });
}

function importedNames(frame: Frame): ImportedName[] {
  return frame.children.flatMap((child): ImportedName | readonly ImportedName[] => {
    const { start, end } = child;
    if (child.type === 'wildcard_import') return { name: '*', start, end };
    if (child.field !== 'name') return [];
    if (typeof child.part === 'string') return { name: child.part, start, end };
    return child.part === undefined ? [] : (child.part as ImportedName);
  });
}

function buildImportFrom(frame: Frame): Built {
  const source = frame.children.find((child) => child.field === 'module_name')?.part;
  const { level, module } =
    typeof source === 'string'
      ? { level: 0, module: source }
      : ((source as { level: number; module: string } | undefined) ?? { level: 0, module: '' });
  const { start, end } = frame;
  return one({ type: 'import-from', module, level, names: importedNames(frame), start, end });
}

function buildFunction(frame: Frame): FunctionDef {
  const { start, end } = frame;
  const name = fieldOf(frame, 'name');
  const parameters = frame.children.find((child) => child.field === 'parameters');
  const returns = optionalField(frame, 'return_type');
  return {
    type: 'function',
    name: name.type === 'name' ? name.id : '',
    nameStart: name.start,
    isAsync: frame.children.some((child) => child.type === 'async'),
    decorators: [],
    parameters: (parameters?.part as readonly Parameter[] | undefined) ?? [],
    parametersEnd: parameters?.end ?? name.end,
    body: suiteOf(frame, 'body'),
    start,
    end,
    ...(returns && { returns }),
  };
}

function buildCompound(frame: Frame, text: TextOf): Built | undefined {
  const { start, end } = frame;
  const span = { start, end };
  const clause = (type: string): Suite =>
    (frame.children.find((child) => child.type === type)?.part as Suite | undefined) ?? [];
  switch (frame.type) {
    case 'if_statement': {
      const first = { condition: fieldOf(frame, 'condition'), body: suiteOf(frame, 'consequence') };
      const others = frame.children.flatMap((child) =>
        child.type === 'elif_clause' ? (child.part as typeof first) : [],
      );
      return one({
        type: 'if',
        branches: [first, ...others],
        orelse: clause('else_clause'),
        ...span,
      });
    }
    case 'elif_clause':
      return {
        part: { condition: fieldOf(frame, 'condition'), body: suiteOf(frame, 'consequence') },
      };
    case 'else_clause':
      return { part: suiteOf(frame, 'body') };
    case 'finally_clause':
      return { part: blockOf(frame) };
    case 'for_statement':
      return one({
        type: 'for',
        isAsync: frame.children.some((child) => child.type === 'async'),
        target: fieldOf(frame, 'left'),
        iterable: fieldOf(frame, 'right'),
        body: suiteOf(frame, 'body'),
        orelse: clause('else_clause'),
        ...span,
      });
    case 'while_statement':
      return one({
        type: 'while',
        condition: fieldOf(frame, 'condition'),
        body: suiteOf(frame, 'body'),
        orelse: clause('else_clause'),
        ...span,
      });
    case 'try_statement':
      return one({
        type: 'try',
        body: suiteOf(frame, 'body'),
        handlers: frame.children.flatMap((child) =>
          child.type === 'except_clause' || child.type === 'except_group_clause'
            ? (child.part as ExceptHandler)
            : [],
        ),
        orelse: clause('else_clause'),
        finalbody: clause('finally_clause'),
        ...span,
      });
    case 'except_clause':
    case 'except_group_clause':
      return { part: buildHandler(frame, text) };
    case 'as_pattern': {
      const alias = optionalField(frame, 'alias');
      const pattern = patternNames(frame, text);
      return {
        part: { value: nth(expressionsOf(frame), 0, frame), alias, names: pattern },
      };
    }
    case 'with_item': {
      const item = frame.children.find((child) => child.field === 'value');
      const part = item?.part as WithItem | readonly WithItem[] | undefined;
      const items = part === undefined ? [{ value: nth(expressionsOf(frame), 0, frame) }] : [part];
      return {
        part: items.flat().map(({ value, alias }: WithItem) => ({
          context: value,
          ...(alias && { target: alias }),
        })),
      };
    }
    case 'with_clause':
      return { part: frame.children.flatMap((c) => (c.type === 'with_item' ? c.part : [])) };
    case 'with_statement':
      return one({
        type: 'with',
        isAsync: frame.children.some((child) => child.type === 'async'),
        items: (frame.children.find((child) => child.type === 'with_clause')?.part ?? []) as {
          context: Expression;
          target?: Expression;
        }[],
        body: suiteOf(frame, 'body'),
        ...span,
      });
    case 'match_statement': {
      const cases = frame.children.find((child) => child.field === 'body');
      const subjects = frame.children.filter((child) => child.field === 'subject');
      const elements = expressionsOf({ ...frame, children: subjects });
      return one({
        type: 'match',
        // `match a, b:` has no node for the tuple.
        subject:
          elements.length > 1
            ? { type: 'tuple', elements, start: startOf(elements), end: endOf(elements) }
            : nth(elements, 0, frame),
        cases: (cases?.part as readonly MatchCase[] | undefined) ?? [],
        ...span,
      });
    }
    case 'case_clause': {
      const guard = frame.children.find((child) => child.type === 'if_clause')?.part;
      return {
        part: {
          ...patternOf(frame, text),
          body: suiteOf(frame, 'consequence'),
          ...(guard !== undefined && { guard: guard as Expression }),
        } satisfies MatchCase,
      };
    }
    case 'case_pattern':
    case 'class_pattern':
    case 'dict_pattern':
    case 'keyword_pattern':
    case 'list_pattern':
    case 'splat_pattern':
    case 'tuple_pattern':
    case 'union_pattern':
      return { part: { names: patternNames(frame, text), values: patternValues(frame) } };
    default:
      return undefined;
  }
}

/** `type(a).b = c` looks like a type alias to the grammar: puts the call of `type` back into what should be a target. */
function ofTypeCall(target: Expression, open: number, start: number): Expression {
  const isInner = target.start === open && target.type !== 'tuple';
  if (isInner && (target.type === 'attribute' || target.type === 'subscript'))
    return { ...target, start, object: ofTypeCall(target.object, open, start) };
  if (isInner && target.type === 'call')
    return { ...target, start, callee: ofTypeCall(target.callee, open, start) };
  const values = target.type === 'tuple' ? target.elements : [target];
  const end = target.type === 'tuple' ? target.end : target.end + 1;
  return {
    type: 'call',
    callee: { type: 'name', id: 'type', start, end: start + 4 },
    args: values.map((value) => ({ value, start: value.start, end: value.end })),
    argsStart: open,
    start,
    end,
  };
}

function startOf(expressions: readonly Expression[]): number {
  return expressions[0]?.start ?? 0;
}

function endOf(expressions: readonly Expression[]): number {
  return expressions[expressions.length - 1]?.end ?? 0;
}

function buildHandler(frame: Frame, text: TextOf): ExceptHandler {
  const values = expressionsOf(frame).filter((value) => value !== optionalField(frame, 'alias'));
  const aliased = (frame.children.find((child) => child.type === 'as_pattern')?.part ?? {}) as {
    value?: Expression;
    alias?: Expression;
  };
  // `except A, B:` needs no parentheses since Python 3.14.
  const several = values.length > 1 && aliased.value === undefined;
  const exception: Expression | undefined = several
    ? { type: 'tuple', elements: values, start: startOf(values), end: endOf(values) }
    : (aliased.value ?? values[0]);
  const alias = aliased.alias ?? optionalField(frame, 'alias');
  return {
    body: blockOf(frame),
    start: frame.start,
    end: frame.end,
    ...(exception && { exception }),
    ...(alias && { name: text(alias.start, alias.end) }),
  };
}

const LITERALS: ReadonlySet<string> = new Set(['string', 'number', 'true', 'false', 'none']);

function patternOf(frame: Frame, text: TextOf): Omit<MatchCase, 'body' | 'guard'> {
  const binds = patternNames(frame, text);
  const patterns = frame.children.filter((child) => child.type === 'case_pattern');
  const [only] = patterns;
  const values = (only?.part as { values?: Expression[] } | undefined)?.values;
  const source = only ? text(only.start, only.end) : '';
  const isOpen =
    patterns.length === 1 && /^\w+$/.test(source) && (source === '_' || binds.includes(source));
  if (patterns.length === 1 && values) return { binds, isOpen, values };
  const written = text(patterns[0]?.start ?? 0, patterns.at(-1)?.end ?? 0);
  return { binds, isOpen, ...(!isOpen && { source: written }) };
}

/** The literals of a pattern that holds nothing else. */
function patternValues(frame: Frame): Expression[] | undefined {
  const found: Expression[] = [];
  for (const child of frame.children) {
    const inner = (child.part as { values?: Expression[] } | undefined)?.values;
    if (inner) found.push(...inner);
    else if (child.expression && LITERALS.has(child.expression.type)) found.push(child.expression);
    else if (child.expression || child.part !== undefined) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

/** The names a match pattern binds. A dotted name with no dot is a capture, except as the name of a class. */
function patternNames(frame: Frame, text: TextOf): string[] {
  const isClass = frame.type === 'class_pattern';
  const isKeyword = frame.type === 'keyword_pattern';
  const names = frame.children.flatMap((child: Child, index) => {
    if (child.field === 'key') return [];
    const part = child.part as { names?: string[]; alias?: Expression } | string | undefined;
    if (typeof part === 'string')
      return part.includes('.') || part === '_' || (isClass && index === 0) ? [] : [part];
    if (Array.isArray(part?.names)) return part.names;
    const isName = child.expression?.type === 'name';
    if (!isName || (isKeyword && index === 0)) return [];
    const name = text(child.start, child.end);
    return name === '_' ? [] : [name];
  });
  // Each side of an `|` binds the same names.
  return [...new Set(names)];
}
