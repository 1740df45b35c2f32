/** `run_in_threadpool(f())`: a function that is called where it should be handed over, or that has no use for a thread. */
import { isBlocking } from '../../knowledge/blocking.ts';
import { POSITIONAL_OFFLOADERS } from '../../knowledge/coroutines.ts';
import { functionOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import type { CallSite } from '../../python/sites.ts';
import type { Value } from '../../python/values.ts';
import type { Call, Expression, Statement } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { makesCoroutine } from '../effects/coroutines.ts';
import type { Plan } from '../effects/loop.ts';
import { offloadedPart } from '../effects/offload.ts';
import type { Subject } from '../subject.ts';

export interface Misuse {
  /** `called`: its result is handed over; `made`: that is a coroutine; `coroutine`: an `async def` is handed over. */
  readonly mistake: 'called' | 'made' | 'coroutine';
  /** The function, as it is spelled. */
  readonly inner: Expression;
  /** How the call is to be written: `f, ...`. */
  readonly handed: string;
  /** `likely` where it can't be told what the function gives. */
  readonly certainty: 'seen' | 'likely';
  readonly fix: Plan<'hand' | 'await'> | undefined;
}

export function misusedOffload(
  subject: Subject,
  site: CallSite,
  spell: (inner: Expression) => string,
): Misuse | undefined {
  const { node, scope } = site;
  if (node.args.length === 0) return undefined;
  const part = offloadedPart(subject, node, scope);
  if (part === undefined) return undefined;
  if (part.type !== 'call') {
    if (!makesCoroutine(subject, subject.meaningOf(part, scope))) return undefined;
    const fix = awaitedInstead(subject, site, part);
    return { mistake: 'coroutine', inner: part, handed: '', certainty: 'seen', fix };
  }
  const inner = part.callee;
  if (subject.nameOf(inner, scope) === 'functools.partial') {
    const [wrapped] = part.args;
    if (!wrapped || !makesCoroutine(subject, subject.meaningOf(wrapped.value, scope)))
      return undefined;
    const { value } = wrapped;
    return { mistake: 'coroutine', inner: value, handed: '', certainty: 'seen', fix: undefined };
  }
  const before = isExecutor(subject, site) ? 'None, ' : '';
  const handed = `${before}${spell(inner)}${part.args.length > 0 ? ', ...' : ''}`;
  if (makesCoroutine(subject, subject.meaningOf(inner, scope))) {
    const fix = unwrapped(site, part);
    return { mistake: 'made', inner, handed, certainty: 'seen', fix };
  }
  const again = givesCallable(subject, part, scope);
  if (again === 'yes') return undefined;
  const certainty = again === 'no' ? 'seen' : 'likely';
  return { mistake: 'called', inner, handed, certainty, fix: handedOver(subject, site, part) };
}

function isExecutor(subject: Subject, { node, scope }: CallSite): boolean {
  return subject.nameOf(node.callee, scope) === 'asyncio.AbstractEventLoop.run_in_executor';
}

/** `run(f(a, b=1))` becomes `run(f, a, b=1)`; where no keywords can be handed on, `run(lambda: f(a, b=1))`. */
function handedOver(subject: Subject, site: CallSite, part: Call): Plan<'hand'> | undefined {
  const { args, argsStart, start, end } = part;
  const name = subject.nameOf(site.node.callee, site.scope) ?? '';
  const position = site.node.args.findIndex(({ value }) => value === part);
  const others = site.node.args.slice(position + 1);
  const takesOptions = name === 'anyio.to_thread.run_sync';
  if (site.node.args[position]?.name !== undefined) return undefined;
  if (others.some((one) => !takesOptions || one.name === undefined)) return undefined;
  const plan = (replace: Plan<'hand'>['replace']) =>
    ({ fix: 'hand', replace, imports: [] }) as const;
  const last = args.at(-1);
  if (last === undefined) return plan([{ start: argsStart, end, text: '' }]);
  const hasKeywords = args.some((one) => one.name !== undefined || one.star === '**');
  const isGenerator = last.value.type === 'comprehension' && last.start === argsStart;
  const ends = subject.textOf({ start: last.end, end });
  if ((hasKeywords && POSITIONAL_OFFLOADERS.has(name)) || isGenerator || ends.includes('#'))
    return plan([{ start, end: start, text: 'lambda: ' }]);
  return plan([
    { start: argsStart, end: argsStart + 1, text: ', ' },
    { start: last.end, end, text: '' },
  ]);
}

/** `await run(f, a)` becomes `await f(a)`. */
function awaitedInstead(
  subject: Subject,
  { node, isAwaited }: CallSite,
  part: Expression,
): Plan<'await'> | undefined {
  const position = node.args.findIndex(({ value }) => value === part);
  const next = node.args[position + 1];
  const isPlain = node.args.every(({ name }) => name === undefined);
  if (!isAwaited || !isPlain) return undefined;
  const text = `${subject.textOf(part)}(`;
  const end = next?.start ?? node.end - 1;
  return { fix: 'await', replace: [{ start: node.start, end, text }], imports: [] };
}

/** `await run(f(a))` becomes `await f(a)`. */
function unwrapped({ node, isAwaited }: CallSite, part: Call): Plan<'await'> | undefined {
  if (!isAwaited || node.args.at(-1)?.value !== part) return undefined;
  return {
    fix: 'await',
    replace: [
      { start: node.start, end: part.start, text: '' },
      { start: part.end, end: node.end, text: '' },
    ],
    imports: [],
  };
}

type Certainty = 'yes' | 'no' | 'unknown';

/** Decorators that change nothing about what a function gives. */
const PLAIN_DECORATORS = ['builtins.staticmethod', 'builtins.classmethod'];

/** Whether what a call gives can be called again. What is not known at all counts as `yes`: it may be a factory. */
function givesCallable(subject: Subject, call: Call, scope: string): Certainty {
  const callee = subject.meaningOf(call.callee, scope);
  if (callee?.kind === 'external') return isBlocking(callee.name) ? 'no' : 'yes';
  if (callee?.kind === 'class') return isCallable(subject, { ...callee, kind: 'instance' });
  if (callee?.kind !== 'function') return 'yes';
  const signature = subject.db.get(functionSignature, callee.id);
  const node = functionOf(subject.db, callee.id);
  if (signature === null || node === undefined) return 'yes';
  const outer = outerScopeOf(callee.id);
  const isPlain = signature.decorators.every((decorator) => {
    const name = subject.nameOf(decorator, outer);
    return name !== undefined && PLAIN_DECORATORS.includes(name);
  });
  // A decorator may make anything of it.
  if (!isPlain || signature.isAsync) return 'yes';
  if (signature.isGenerator) return 'no';
  const result = subject.meaningOf(call, scope);
  if (result !== undefined) return isCallable(subject, result);
  if (signature.returns !== undefined)
    return kindOfAnnotation(subject, signature.returns, callee.id);
  const returned = returnsIn(node.body);
  if (returned.length === 0) return doesSomething(node.body) ? 'no' : 'yes';
  const kinds = returned.map((one) => kindOf(subject, one, callee.id));
  if (kinds.includes('yes')) return 'yes';
  return kinds.every((kind) => kind === 'no') ? 'no' : 'unknown';
}

/** Only what is a plain value without any doubt; `Callable`, `Any` and what is not known may be called. */
function kindOfAnnotation(subject: Subject, annotation: Expression, scope: string): Certainty {
  if (annotation.type === 'binary') {
    const sides = [annotation.left, annotation.right];
    return sides.every((side) => kindOfAnnotation(subject, side, scope) === 'no') ? 'no' : 'yes';
  }
  const value = subject.evaluator.annotated(annotation, scope);
  return value === undefined ? 'yes' : isCallable(subject, value);
}

function kindOf(subject: Subject, expression: Expression, scope: string): Certainty {
  switch (expression.type) {
    case 'lambda':
      return 'yes';
    case 'compare':
    case 'unary':
    case 'binary':
    case 'fstring':
      return 'no';
    default: {
      const value = subject.meaningOf(expression, scope);
      return value === undefined ? 'unknown' : isCallable(subject, value);
    }
  }
}

function isCallable(subject: Subject, value: Value): Certainty {
  switch (value.kind) {
    case 'function':
    case 'class':
      return 'yes';
    case 'none':
    case 'coroutine':
    case 'module':
    case 'namespace':
      return 'no';
    case 'external':
      return 'yes';
    case 'instance': {
      if (value.made !== undefined) return 'yes';
      if (value.class.kind === 'external')
        return PLAIN_VALUES.test(value.class.name) ? 'no' : 'yes';
      const method = subject.evaluator.attributeOf(value, '__call__');
      return method === undefined ? 'no' : 'yes';
    }
  }
}

/** Classes of other packages whose objects nobody calls. */
const PLAIN_VALUES =
  /^(?:builtins\.\w+|typing\.(?:List|Dict|Set|Tuple|Iterator|Iterable|Sequence|Mapping)|collections\.abc\.(?:Iterator|Iterable|Sequence|Mapping)|requests\.Response|httpx\.Response|pandas\.DataFrame|PIL\.Image\.Image|pathlib\.Path|datetime\.\w+|decimal\.Decimal|uuid\.UUID|subprocess\.CompletedProcess)$/;

/** Not only `...`, `pass` or `raise`: the body of an abstract method says nothing. */
function doesSomething(body: readonly Statement[]): boolean {
  return [...ownStatements(body)].some(
    (one) =>
      !(one.type === 'pass' || one.type === 'raise') &&
      !(one.type === 'expression' && ['string', 'ellipsis'].includes(one.value.type)),
  );
}
