import { describe, expect, test } from 'vitest';
import { brief, lowerText, nodesIn } from '../../../test/support/nodes.ts';
import { wasmParser } from '../../../test/support/parser.ts';

const parser = await wasmParser();

/** What it is, the source, and each statement in short (an expression alone as just the expression). */
const table: readonly (readonly [string, string, ...string[]])[] = [
  ['a', 'a', 'a'],
  ['attribute', 'a.b.c', 'attribute(object=attribute(object=a, name="b"), name="c")'],
  [
    'call',
    'f(a, *b, c=1, **d)',
    'call(callee=f, args=[(value=a) (star="*", value=b) (name="c", value=1) (star="**", value=d)])',
  ],
  [
    'call of a generator',
    'f(x for x in y)',
    'call(callee=f, args=[(value=comprehension(form="generator", element=x, clauses=[(target=x, iterable=y)]))])',
  ],
  ['call with a trailing comma', 'f(a,)', 'call(callee=f, args=[(value=a)])'],
  [
    'a star before what is looked up',
    '[*a.b, *c.d(1)[0]], {*e.f}',
    'tuple(elements=[list(elements=[starred(star="*", value=attribute(object=a, name="b")) starred(star="*", value=subscript(object=call(callee=attribute(object=c, name="d"), args=[(value=1)]), indices=[0]))]) set(elements=[starred(star="*", value=attribute(object=e, name="f"))])])',
  ],
  ['numbers', '1, 0x_ff, 1_0.5e3, 2j', 'tuple(elements=[1 0x_ff 1_0.5e3 2j])'],
  ['constants', 'True, False, None, ...', 'tuple(elements=[true false none ellipsis])'],
  ['text', `'a' "b" '''c'''`, '"abc"'],
  [
    'an f-string',
    `f'a{b}c{d!r:>{w}}{{e}}'`,
    'fstring(parts=["a" b "c" d w "{e}"], specs=(3="!r:>{w}"))',
  ],
  ['a list', '[a, *b]', 'list(elements=[a starred(star="*", value=b)])'],
  [
    'a tuple',
    '(a,), (), (a, b)',
    'tuple(elements=[tuple(elements=[a]) tuple tuple(elements=[a b])])',
  ],
  ['a set', '{a, *b}', 'set(elements=[a starred(star="*", value=b)])'],
  [
    'a dictionary',
    `{'a': b, **c, d: e}`,
    'dict(entries=[(key="a", value=b) (value=c) (key=d, value=e)])',
  ],
  [
    'a list comprehension',
    '[x for x in y if a if b]',
    'comprehension(form="list", element=x, clauses=[(target=x, iterable=y, conditions=[a b])])',
  ],
  [
    'comprehensions in comprehensions',
    '{k: v for k, v in a for b in v}',
    'comprehension(form="dict", element=k, value=v, clauses=[(target=tuple(elements=[k v]), iterable=a) (target=b, iterable=v)])',
  ],
  [
    'an asynchronous comprehension',
    '{x async for x in y}',
    'comprehension(form="set", element=x, clauses=[(target=x, iterable=y, isAsync=true)])',
  ],
  [
    'a generator',
    '(x for x, in y)',
    'comprehension(form="generator", element=x, clauses=[(target=tuple(elements=[x]), iterable=y)])',
  ],
  ['a lambda', 'lambda: 1', 'lambda(body=1)'],
  [
    'a lambda with parameters',
    'lambda a, /, b=1, *c, d=2, **e: a',
    'lambda(parameters=[(name="a", kind="positional-only") (name="b", kind="normal", default=1) (name="c", kind="*") (name="d", kind="keyword-only", default=2) (name="e", kind="**")], body=a)',
  ],
  [
    'operators',
    'a + b * -c ** ~d // e @ f',
    'binary(operator="+", left=a, right=binary(operator="@", left=binary(operator="//", left=binary(operator="*", left=b, right=unary(operator="-", operand=binary(operator="**", left=c, right=unary(operator="~", operand=d)))), right=e), right=f))',
  ],
  [
    'boolean operators',
    'a and b or not c',
    'boolean(operator="or", left=boolean(operator="and", left=a, right=b), right=unary(operator="not", operand=c))',
  ],
  [
    'a chained comparison',
    'a < b <= c is not d not in e',
    'compare(operands=[a b c d e], operators=["<" "<=" "is not" "not in"])',
  ],
  ['a condition', 'a if b else c', 'conditional(body=a, condition=b, orelse=c)'],
  [
    'a subscript',
    'a[b], a[b, c], a[*b]',
    'tuple(elements=[subscript(object=a, indices=[b]) subscript(object=a, indices=[b c]) subscript(object=a, indices=[starred(star="*", value=b)])])',
  ],
  [
    'slices',
    'a[:], a[1:], a[1:2:3]',
    'tuple(elements=[subscript(object=a, indices=[slice]) subscript(object=a, indices=[slice(parts=[1])]) subscript(object=a, indices=[slice(parts=[1 2 3])])])',
  ],
  ['await', 'await a.b()', 'await(value=call(callee=attribute(object=a, name="b")))'],
  ['a walrus', '(a := b)', 'walrus(target=a, value=b)'],
  [
    'yields',
    '(yield), (yield a), (yield from b)',
    'tuple(elements=[yield yield(value=a) yield(isFrom=true, value=b)])',
  ],
  [
    'a tuple that is yielded',
    'x = yield a, b',
    'assign(targets=[x], value=yield(value=tuple(elements=[a b])))',
  ],
  ['parentheses', '((a))', 'a'],
  ['a starred tuple', 'a, *b', 'tuple(elements=[a starred(star="*", value=b)])'],
  ['statements on one line', 'a; b; pass', 'a', 'b', 'pass'],
  ['an assignment', 'a = b = c', 'assign(targets=[a b], value=c)'],
  ['an annotated assignment', 'a: int = 1', 'assign(targets=[a], annotation=int, value=1)'],
  [
    'an annotation alone',
    'self.a: list[int]',
    'assign(targets=[attribute(object=self, name="a")], annotation=subscript(object=list, indices=[int]))',
  ],
  [
    'an assignment in parts',
    '(a, *b), [c, d] = e',
    'assign(targets=[tuple(elements=[tuple(elements=[a starred(star="*", value=b)]) list(elements=[c d])])], value=e)',
  ],
  [
    'augmented assignments',
    'a += 1; b //= c; d >>= e',
    'augassign(target=a, operator="+", value=1)',
    'augassign(target=b, operator="//", value=c)',
    'augassign(target=d, operator=">>", value=e)',
  ],
  [
    'del and assert',
    "del a, b[0]\nassert a, 'm'",
    'delete(operands=[tuple(elements=[a subscript(object=b, indices=[0])])])',
    'assert(operands=[a "m"])',
  ],
  ['del of a tuple', 'del (a, b)', 'delete(operands=[tuple(elements=[a b])])'],
  [
    'raise',
    'raise\nraise A\nraise A(b) from c',
    'raise',
    'raise(exception=A)',
    'raise(exception=call(callee=A, args=[(value=b)]), cause=c)',
  ],
  ['return', 'return\nreturn a, b', 'return', 'return(value=tuple(elements=[a b]))'],
  ['simple statements', 'pass\nbreak\ncontinue', 'pass', 'break', 'continue'],
  [
    'global and nonlocal',
    'global a, b\nnonlocal c',
    'global(names=["a" "b"])',
    'nonlocal(names=["c"])',
  ],
  [
    'imports',
    'import a, b.c as d\nfrom . import e\nfrom ..f.g import (h, i as j,)\nfrom k import *',
    'import(names=[(name="a") (name="b.c", alias="d")])',
    'import-from(module="", level=1, names=[(name="e")])',
    'import-from(module="f.g", level=2, names=[(name="h") (name="i", alias="j")])',
    'import-from(module="k", level=0, names=[(name="*")])',
  ],
  [
    'a future import',
    'from __future__ import annotations, division as d',
    'import-from(module="__future__", level=0, names=[(name="annotations") (name="division", alias="d")])',
  ],
  [
    'a type alias',
    'type A = int | str',
    'type-alias(name="A", value=binary(operator="|", left=int, right=str))',
  ],
  [
    'a generic type alias',
    'type A[T] = list[T]',
    'type-alias(name="A", value=subscript(object=list, indices=[T]))',
  ],
  [
    'assignments that look like a type alias',
    'type(a).b = c\ntype(a, b)[0] = c\ntype(a.b).c.d().e = f',
    'assign(targets=[attribute(object=call(callee=type, args=[(value=a)]), name="b")], value=c)',
    'assign(targets=[subscript(object=call(callee=type, args=[(value=a) (value=b)]), indices=[0])], value=c)',
    'assign(targets=[attribute(object=call(callee=attribute(object=attribute(object=call(callee=type, args=[(value=attribute(object=a, name="b"))]), name="c"), name="d")), name="e")], value=f)',
  ],
  [
    'type as a name',
    'type = 1\ntype(a)\ntype.b = c',
    'assign(targets=[type], value=1)',
    'call(callee=type, args=[(value=a)])',
    'assign(targets=[attribute(object=type, name="b")], value=c)',
  ],
  [
    'if',
    'if a: b\nelif c: d\nelif e: f\nelse: g',
    'if(branches=[(condition=a, body=[expression(value=b)]) (condition=c, body=[expression(value=d)]) (condition=e, body=[expression(value=f)])], orelse=[expression(value=g)])',
  ],
  [
    'loops',
    'for a, b in c: d\nelse: e\nwhile a: b\nelse: c',
    'for(target=tuple(elements=[a b]), iterable=c, body=[expression(value=d)], orelse=[expression(value=e)])',
    'while(condition=a, body=[expression(value=b)], orelse=[expression(value=c)])',
  ],
  [
    'an asynchronous loop',
    'async for a in b: c',
    'for(isAsync=true, target=a, iterable=b, body=[expression(value=c)])',
  ],
  [
    'try',
    'try: a\nexcept A: b\nexcept (B, C) as e: c\nexcept: d\nelse: e\nfinally: f',
    'try(body=[expression(value=a)], handlers=[(body=[expression(value=b)], exception=A) (body=[expression(value=c)], exception=tuple(elements=[B C]), name="e") (body=[expression(value=d)])], orelse=[expression(value=e)], finalbody=[expression(value=f)])',
  ],
  [
    'except*',
    'try: a\nexcept* A as e: b\nexcept* (B, C): c',
    'try(body=[expression(value=a)], handlers=[(body=[expression(value=b)], exception=A, name="e") (body=[expression(value=c)], exception=tuple(elements=[B C]))])',
  ],
  [
    'with',
    'with a, b() as c, d as (e, f): g',
    'with(items=[(context=a) (context=call(callee=b), target=c) (context=d, target=tuple(elements=[e f]))], body=[expression(value=g)])',
  ],
  [
    'with in parentheses',
    'with (a as b, c as d,): e',
    'with(items=[(context=a, target=b) (context=c, target=d)], body=[expression(value=e)])',
  ],
  [
    'with of a tuple in parentheses',
    'with (a, b): c',
    'with(items=[(context=a) (context=b)], body=[expression(value=c)])',
  ],
  [
    'with one item in parentheses',
    'with (a() as b): c',
    'with(items=[(context=call(callee=a), target=b)], body=[expression(value=c)])',
  ],
  [
    'with one item and a comma in parentheses',
    'with (a() as b,): c',
    'with(items=[(context=call(callee=a), target=b)], body=[expression(value=c)])',
  ],
  [
    'with items in parentheses and others',
    'with (a as b), (c): d',
    'with(items=[(context=a, target=b) (context=c)], body=[expression(value=d)])',
  ],
  [
    'asynchronous with',
    'async with a.b() as c.d: e',
    'with(isAsync=true, items=[(context=call(callee=attribute(object=a, name="b")), target=attribute(object=c, name="d"))], body=[expression(value=e)])',
  ],
  [
    'with as an attribute',
    'with (open(a)) as self.f: b',
    'with(items=[(context=call(callee=open, args=[(value=a)]), target=attribute(object=self, name="f"))], body=[expression(value=b)])',
  ],
  [
    'match',
    "match a, b:\n    case [x, *r] if x: c\n    case {'k': v, **kw}: d\n    case A(b=c, d=[e]) | A(b=c, d=[e]): f\n    case (1 | 2) as n: g\n    case M.X | 'a' | -1 | None: h\n    case (p, (q)): i\n    case _: j",
    'match(subject=tuple(elements=[a b]), cases=[(binds=["x" "r"], source="[x, *r]", body=[expression(value=c)], guard=x) (binds=["v" "kw"], source="{\'k\': v, **kw}", body=[expression(value=d)]) (binds=["c" "e"], source="A(b=c, d=[e]) | A(b=c, d=[e])", body=[expression(value=f)]) (binds=["n"], source="(1 | 2) as n", body=[expression(value=g)]) (source="M.X | \'a\' | -1 | None", body=[expression(value=h)]) (binds=["p" "q"], source="(p, (q))", body=[expression(value=i)]) (isOpen=true, body=[expression(value=j)])])',
  ],
  [
    'match of literals',
    "match a:\n    case 'b' | 1: c\n    case None: d\n    case e: f",
    'match(subject=a, cases=[(values=["b" 1], body=[expression(value=c)]) (values=[none], body=[expression(value=d)]) (binds=["e"], isOpen=true, body=[expression(value=f)])])',
  ],
  [
    'match as a name',
    'match = 1\nmatch.a(case)',
    'assign(targets=[match], value=1)',
    'call(callee=attribute(object=match, name="a"), args=[(value=case)])',
  ],
  ['a function', 'def f(): pass', 'function(name="f", body=[pass])'],
  [
    'an asynchronous function',
    'async def f() -> A: return a',
    'function(name="f", isAsync=true, body=[return(value=a)], returns=A)',
  ],
  [
    'every kind of parameter',
    'def f(a, b: int, /, c=1, d: int = 2, *e: int, g, h: int = 3, **i: int): pass',
    'function(name="f", parameters=[(name="a", kind="positional-only") (name="b", kind="positional-only", annotation=int) (name="c", kind="normal", default=1) (name="d", kind="normal", annotation=int, default=2) (name="e", kind="*", annotation=int) (name="g", kind="keyword-only") (name="h", kind="keyword-only", annotation=int, default=3) (name="i", kind="**", annotation=int)], body=[pass])',
  ],
  [
    'keyword-only parameters',
    'def f(*, a, b=1): pass',
    'function(name="f", parameters=[(name="a", kind="keyword-only") (name="b", kind="keyword-only", default=1)], body=[pass])',
  ],
  [
    'a generic function',
    'def f[T: int, *Ts, **P](x: T) -> list[T]: pass',
    'function(name="f", parameters=[(name="x", kind="normal", annotation=T)], body=[pass], returns=subscript(object=list, indices=[T]))',
  ],
  [
    'a decorated function',
    '@a\n@b.c(d)\ndef f(): pass',
    'function(name="f", decorators=[a call(callee=attribute(object=b, name="c"), args=[(value=d)])], body=[pass])',
  ],
  [
    'a nested function',
    "def f():\n    '''Doc.'''\n    def g(): return 1\n    return g",
    'function(name="f", body=[expression(value="Doc.") function(name="g", body=[return(value=1)]) return(value=g)])',
  ],
  ['a class', 'class A: pass', 'class(name="A", body=[pass])'],
  [
    'a class with bases',
    'class A(B, C[int], metaclass=M, **k):\n    x: int = 1\n    def f(self): pass',
    'class(name="A", bases=[(value=B) (value=subscript(object=C, indices=[int])) (name="metaclass", value=M) (star="**", value=k)], body=[assign(targets=[x], annotation=int, value=1) function(name="f", parameters=[(name="self", kind="normal")], body=[pass])])',
  ],
  ['a generic class', 'class A[T](B): pass', 'class(name="A", bases=[(value=B)], body=[pass])'],
  [
    'a decorated class',
    '@a(b)\nclass A: ...',
    'class(name="A", decorators=[call(callee=a, args=[(value=b)])], body=[expression(value=ellipsis)])',
  ],
  [
    'annotations',
    "x: 'A' | None = None\ny: a.B[c.D, E]",
    'assign(targets=[x], annotation=binary(operator="|", left="A", right=none), value=none)',
    'assign(targets=[y], annotation=subscript(object=attribute(object=a, name="B"), indices=[attribute(object=c, name="D") E]))',
  ],
  [
    `a callable's annotation`,
    'f: Callable[[int], str]',
    'assign(targets=[f], annotation=subscript(object=Callable, indices=[list(elements=[int]) str]))',
  ],
  ['Python 2', 'print a\nexec b', 'unknown-statement', 'unknown-statement'],
  ['a comment at the end', 'a # b', 'a'],
  [
    'a loop over a tuple',
    'for a in b, c: d',
    'for(target=a, iterable=tuple(elements=[b c]), body=[expression(value=d)])',
  ],
  [
    'match of one in parentheses',
    'match (a):\n    case A.B(w, n=1): b\n    case {K.X: v}: c\n    case [*_]: d\n    case (): e',
    'match(subject=a, cases=[(binds=["w"], source="A.B(w, n=1)", body=[expression(value=b)]) (binds=["v"], source="{K.X: v}", body=[expression(value=c)]) (source="[*_]", body=[expression(value=d)]) (source="()", body=[expression(value=e)])])',
  ],
  [
    'a generator and other arguments',
    'f((x for x in y), a)',
    'call(callee=f, args=[(value=comprehension(form="generator", element=x, clauses=[(target=x, iterable=y)])) (value=a)])',
  ],
  ['a slice in a tuple', 'a[1:, b]', 'subscript(object=a, indices=[slice(parts=[1]) b])'],
  [
    'a conditional lambda',
    'lambda: a if b else c',
    'lambda(body=conditional(body=a, condition=b, orelse=c))',
  ],
  [
    'await in arithmetic',
    'await a + await b',
    'binary(operator="+", left=await(value=a), right=await(value=b))',
  ],
  [
    'a decorator that is any expression',
    '@a[0].b\ndef f(): ...',
    'function(name="f", decorators=[attribute(object=subscript(object=a, indices=[0]), name="b")], body=[expression(value=ellipsis)])',
  ],
  [
    'an import over lines',
    'from a import (  # note\n    b,\n    c as d,\n)',
    'import-from(module="a", level=0, names=[(name="b") (name="c", alias="d")])',
  ],
  [
    'print as a function',
    'print(a, file=b)',
    'call(callee=print, args=[(value=a) (name="file", value=b)])',
  ],
  [
    'else on try',
    'try: a\nfinally: b',
    'try(body=[expression(value=a)], finalbody=[expression(value=b)])',
  ],
  [
    'a unary plus of a number',
    '-1, +1',
    'tuple(elements=[unary(operator="-", operand=1) unary(operator="+", operand=1)])',
  ],
  ['a matrix product in place', 'a @= b', 'augassign(target=a, operator="@", value=b)'],
  ['comments everywhere', 'f(  # a\n    b,  # c\n    # d\n)', 'call(callee=f, args=[(value=b)])'],
  [
    'a class with comments',
    'class A:  # a\n    # b\n    x = 1',
    'class(name="A", body=[assign(targets=[x], value=1)])',
  ],
  [
    'a Python 2 exception',
    'try: a\nexcept A, e: b',
    'try(body=[expression(value=a)], handlers=[(body=[expression(value=b)], exception=tuple(elements=[A e]))])',
  ],
];

test.each(table)('%s', (_, source, ...expected) => {
  const { body, errors } = lowerText(parser, `${source}\n`);
  expect(body.map((one) => brief(one.type === 'expression' ? one.value : one))).toEqual(expected);
  expect(errors).toEqual([]);
});

test('every kind of node is in the table', () => {
  const kinds = new Set(
    table.flatMap(([, source]) =>
      [...nodesIn(lowerText(parser, source).body)].map((node) => node.type),
    ),
  );
  expect([...kinds].sort()).toEqual(
    (
      'assert assign attribute augassign await binary boolean break call class compare comprehension ' +
      'conditional continue delete dict ellipsis expression false for fstring function global if import ' +
      'import-from lambda list match name none nonlocal number pass raise return set slice starred ' +
      'string subscript true try tuple type-alias unary unknown-statement walrus while with yield'
    ).split(' '),
  );
});

describe('what can not be read', () => {
  test.each([
    ['x = = 1', 'assign(targets=[x], value=1)'],
    ['f(a, b='],
    ['class'],
    ['def f(:\n    pass', 'function(name="f", body=[pass])'],
    ['a.'],
    ['x = 1 +'],
  ])('%j says so', (source, ...expected) => {
    const { body, errors } = lowerText(parser, source);
    expect(body.map(brief)).toEqual(expected);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('what nests too deep is unknown, and what is beside it is read', () => {
    const deep = '['.repeat(2_000) + ']'.repeat(2_000);
    const { body } = lowerText(parser, `a = ${deep}\nb = f(1)\n`);
    expect([...nodesIn(body)].some((node) => node.type === 'unknown')).toBe(true);
    expect(brief(body[1])).toBe('assign(targets=[b], value=call(callee=f, args=[(value=1)]))');
  });
});

describe('places', () => {
  const source = '한 = 1\n@a.b\nasync def f(x, y=(1)) -> A:\n    return x.get("k", r"é")["i"]\n';
  const { body } = lowerText(parser, source);
  const nodes = [...nodesIn(body)];
  const at = (start: number, end?: number) => source.slice(start, end);

  test('of a definition: from its decorators, its name, the end of its parameters', () => {
    const [node] = nodes.filter((one) => one.type === 'function');
    expect(node && at(node.start, node.end)).toBe(source.slice(source.indexOf('@')).trimEnd());
    expect(node && at(node.nameStart).startsWith('f(')).toBe(true);
    expect(node && at(0, node.parametersEnd).endsWith('y=(1))')).toBe(true);
  });

  test('of an attribute and of arguments', () => {
    const [call] = nodes.filter((one) => one.type === 'call');
    expect(call && at(call.argsStart, call.end)).toBe('("k", r"é")');
    const callee = call?.callee.type === 'attribute' ? call.callee : undefined;
    expect(callee && at(callee.nameStart, callee.end)).toBe('get');
    expect(call?.args.map(({ start, end }) => at(start, end))).toEqual(['"k"', 'r"é"']);
  });

  test('of what stands in a string letter for letter', () => {
    const strings = nodes.filter((one) => one.type === 'string');
    expect(strings.map((one) => one.contentStart && at(one.contentStart, one.end))).toEqual([
      'k"',
      'é"',
      'i"',
    ]);
    const [escaped] = [...nodesIn(lowerText(parser, '"a\\n"').body)].slice(1);
    expect(escaped).not.toHaveProperty('contentStart');
  });

  test('children lie inside their parents', () => {
    for (const node of nodes)
      for (const inner of nodesIn(node)) {
        expect(inner.start).toBeGreaterThanOrEqual(node.start);
        expect(inner.end).toBeLessThanOrEqual(node.end);
      }
  });
});
