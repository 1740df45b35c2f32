/**
 * Python as plain, immutable data: what the rest of the project knows of syntax. The names follow Python's own `ast`.
 * `start` and `end` are UTF-16 offsets relative to the start of the block that the node was lowered from (see
 * blocks.ts), so a block that moves keeps its nodes. Parentheses leave no node of their own. Nesting is bounded (see
 * lower.ts), so code that walks nodes may recurse.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Name extends Span {
  readonly type: 'name';
  readonly id: string;
}
export interface Attribute extends Span {
  readonly type: 'attribute';
  readonly object: Expression;
  readonly name: string;
  /** Where the attribute's own name starts; it ends where the node ends. */
  readonly nameStart: number;
}
export interface Argument extends Span {
  /** The keyword of `key=value`. */
  readonly name?: string;
  readonly star?: '*' | '**';
  readonly value: Expression;
}
export interface Call extends Span {
  readonly type: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** The `(` of the argument list (of the generator expression when that is the only argument). */
  readonly argsStart: number;
}
/** A string or bytes literal without interpolation; implicit concatenation is joined. `value` has escapes decoded. */
export interface StringLiteral extends Span {
  readonly type: 'string';
  readonly value: string;
  readonly bytes: boolean;
  /** One plain part with no escapes: offset `start + prefix` is where `value` starts in the source. */
  readonly contentStart?: number;
}
export interface FString extends Span {
  readonly type: 'fstring';
  /** Text and interpolated expressions in order. */
  readonly parts: readonly (string | Expression)[];
  /**
   * The format of each part (`02d` of `{n:02d}`, `!r:>{w}` of `{n!r:>{w}}`), by its index; what it interpolates itself
   * are the parts that follow. Absent when no part has one.
   */
  readonly specs?: Readonly<Record<number, string>>;
}
export interface NumberLiteral extends Span {
  readonly type: 'number';
  readonly text: string;
}
export interface Constant extends Span {
  readonly type: 'true' | 'false' | 'none' | 'ellipsis';
}
export interface Sequence extends Span {
  readonly type: 'list' | 'tuple' | 'set';
  readonly elements: readonly Expression[];
}
export interface Dict extends Span {
  readonly type: 'dict';
  /** `key` is absent for `**value`. */
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly isAsync: boolean;
  readonly conditions: readonly Expression[];
}
export interface Comprehension extends Span {
  readonly type: 'comprehension';
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expression;
  /** Of a dict comprehension: `element` is the key. */
  readonly value?: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface Lambda extends Span {
  readonly type: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface Binary extends Span {
  readonly type: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary extends Span {
  readonly type: 'unary';
  readonly operator: string;
  readonly operand: Expression;
}
export interface BooleanOperation extends Span {
  readonly type: 'boolean';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Compare extends Span {
  readonly type: 'compare';
  readonly operands: readonly Expression[];
  /** One fewer than the operands: `==`, `in`, `not in`, `is`, `is not`, … */
  readonly operators: readonly string[];
}
export interface Conditional extends Span {
  readonly type: 'conditional';
  readonly condition: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}
export interface Subscript extends Span {
  readonly type: 'subscript';
  readonly object: Expression;
  readonly indices: readonly Expression[];
}
export interface Slice extends Span {
  readonly type: 'slice';
  readonly parts: readonly Expression[];
  /** Which of start, stop and step each part is, where that is not simply their order. */
  readonly places?: readonly number[];
}
export interface Starred extends Span {
  readonly type: 'starred';
  readonly star: '*' | '**';
  readonly value: Expression;
}
export interface Await extends Span {
  readonly type: 'await';
  readonly value: Expression;
}
export interface Yield extends Span {
  readonly type: 'yield';
  readonly isFrom: boolean;
  readonly value?: Expression;
}
export interface NamedExpression extends Span {
  readonly type: 'walrus';
  readonly target: Name;
  readonly value: Expression;
}
/** What could not be read: a syntax error, or nesting deeper than Python itself allows. */
export interface Unknown extends Span {
  readonly type: 'unknown';
}

export type Expression =
  | Name
  | Attribute
  | Call
  | StringLiteral
  | FString
  | NumberLiteral
  | Constant
  | Sequence
  | Dict
  | Comprehension
  | Lambda
  | Binary
  | Unary
  | BooleanOperation
  | Compare
  | Conditional
  | Subscript
  | Slice
  | Starred
  | Await
  | Yield
  | NamedExpression
  | Unknown;

export interface Parameter extends Span {
  readonly name: string;
  readonly kind: 'positional-only' | 'normal' | 'keyword-only' | '*' | '**';
  readonly annotation?: Expression;
  readonly default?: Expression;
}

export interface FunctionDef extends Span {
  readonly type: 'function';
  readonly name: string;
  readonly nameStart: number;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly parametersEnd: number;
  readonly returns?: Expression;
  readonly body: readonly Statement[];
}
export interface ClassDef extends Span {
  readonly type: 'class';
  readonly name: string;
  readonly nameStart: number;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  /** Empty for a class that is a block of its own: its members are blocks below it. */
  readonly body: readonly Statement[];
}
export interface Return extends Span {
  readonly type: 'return';
  readonly value?: Expression;
}
export interface Assign extends Span {
  readonly type: 'assign';
  /** `a = b = value` has two targets. */
  readonly targets: readonly Expression[];
  readonly annotation?: Expression;
  /** Absent for a bare annotation `x: int`. */
  readonly value?: Expression;
}
export interface AugmentedAssign extends Span {
  readonly type: 'augassign';
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}
export interface For extends Span {
  readonly type: 'for';
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface While extends Span {
  readonly type: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface If extends Span {
  readonly type: 'if';
  /** `if` and every `elif`, in order. */
  readonly branches: readonly {
    readonly condition: Expression;
    readonly body: readonly Statement[];
  }[];
  readonly orelse: readonly Statement[];
}
export interface With extends Span {
  readonly type: 'with';
  readonly isAsync: boolean;
  readonly items: readonly { readonly context: Expression; readonly target?: Expression }[];
  readonly body: readonly Statement[];
}
export interface ExceptHandler extends Span {
  readonly exception?: Expression;
  readonly name?: string;
  readonly body: readonly Statement[];
}
export interface Try extends Span {
  readonly type: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}
export interface Raise extends Span {
  readonly type: 'raise';
  readonly exception?: Expression;
  readonly cause?: Expression;
}
export interface ImportedName extends Span {
  /** Dotted for `import a.b`; `*` for a star import. */
  readonly name: string;
  readonly alias?: string;
}
export interface Import extends Span {
  readonly type: 'import';
  readonly names: readonly ImportedName[];
}
export interface ImportFrom extends Span {
  readonly type: 'import-from';
  /** Without the leading dots; empty for `from . import x`. */
  readonly module: string;
  /** How many leading dots. */
  readonly level: number;
  readonly names: readonly ImportedName[];
}
export interface ExpressionStatement extends Span {
  readonly type: 'expression';
  readonly value: Expression;
}
export interface MatchCase {
  readonly guard?: Expression;
  /** The literals of a pattern that is nothing but one, or several with `|`. */
  readonly values?: readonly Expression[];
  /** As it is written, of any other pattern. */
  readonly source?: string;
  /** `case _:` or a bare name: always taken. */
  readonly isOpen: boolean;
  /** Names that the pattern binds. */
  readonly binds: readonly string[];
  readonly body: readonly Statement[];
}
export interface Match extends Span {
  readonly type: 'match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface Scoping extends Span {
  readonly type: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
export interface Operands extends Span {
  readonly type: 'delete' | 'assert';
  readonly operands: readonly Expression[];
}
export interface TypeAlias extends Span {
  readonly type: 'type-alias';
  readonly name: string;
  readonly value: Expression;
}
export interface Simple extends Span {
  readonly type: 'pass' | 'break' | 'continue' | 'unknown-statement';
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Assign
  | AugmentedAssign
  | For
  | While
  | If
  | With
  | Try
  | Raise
  | Import
  | ImportFrom
  | ExpressionStatement
  | Match
  | Scoping
  | Operands
  | TypeAlias
  | Simple;

export type Node = Expression | Statement;
