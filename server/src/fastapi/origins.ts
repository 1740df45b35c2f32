/** Where a value comes from: what a stranger sent, what stands in the source, what the environment says, or unknown. */
import type { Binding } from '../python/bindings.ts';
import { blockOf, definitionOf, functionOf, outerScopeOf, pathOf } from '../python/definitions.ts';
import { createEvaluator } from '../python/evaluate.ts';
import { sitesOf } from '../python/sites.ts';
import { externalClassOf } from '../python/values.ts';
import { defineQuery } from '../query/database.ts';
import type { Expression, Parameter } from '../syntax/nodes.ts';
import { allIds, fileShape } from '../syntax/source.ts';
import { isSettingsClass } from './classes.ts';
import { isDependency } from './dependencies.ts';
import { routesHandledBy } from './handlers.ts';
import { type Subject, subjectOf } from './subject.ts';

export type Origin = 'request' | 'constant' | 'settings' | 'unknown';

/** Which part of a whole decides: one stranger's word makes the whole a stranger's. */
const STRENGTH: readonly Origin[] = ['constant', 'settings', 'unknown', 'request'];

/** Objects that FastAPI hands over which are, or hold, what was sent. */
const REQUEST_CLASSES: ReadonlySet<string> = new Set([
  'fastapi.Request',
  'starlette.requests.HTTPConnection',
  'fastapi.WebSocket',
  'fastapi.UploadFile',
  'starlette.datastructures.UploadFile',
  'fastapi.security.OAuth2PasswordRequestForm',
  'fastapi.security.HTTPBasicCredentials',
  'fastapi.security.HTTPAuthorizationCredentials',
]);

/** Objects that FastAPI hands over and that hold nothing of the request. */
const OWN_CLASSES: ReadonlySet<string> = new Set([
  'fastapi.Response',
  'fastapi.BackgroundTasks',
  'starlette.background.BackgroundTasks',
]);

/** How many assignments, and calls of helpers in the same file, are gone back through. */
const HOPS = 3;

/** The origin of an expression, read in a scope. */
export function originOf(subject: Subject, expression: Expression, scope: string): Origin {
  return originWithin(subject, expression, scope, HOPS);
}

function strongest(origins: readonly Origin[]): Origin {
  return origins.reduce<Origin>(
    (sofar, one) => (STRENGTH.indexOf(one) > STRENGTH.indexOf(sofar) ? one : sofar),
    'constant',
  );
}

function originWithin(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops: number,
): Origin {
  const of = (one: Expression) => originWithin(subject, one, scope, hops);
  switch (expression.type) {
    case 'string':
    case 'number':
    case 'true':
    case 'false':
    case 'none':
      return 'constant';
    case 'fstring':
      return strongest(
        expression.parts.flatMap((part) => (typeof part === 'string' ? [] : of(part))),
      );
    case 'binary':
    case 'boolean':
      return strongest([of(expression.left), of(expression.right)]);
    case 'conditional':
      return strongest([of(expression.body), of(expression.orelse)]);
    case 'list':
    case 'tuple':
    case 'set':
      return strongest(expression.elements.map(of));
    case 'dict':
      return strongest(expression.entries.map(({ value }) => of(value)));
    case 'await':
    case 'walrus':
    case 'starred':
      return of(expression.value);
    case 'subscript':
      return isEnvironment(subject, expression.object, scope) ? 'settings' : of(expression.object);
    case 'attribute':
      return attributeOrigin(subject, expression.object, scope, hops);
    case 'call':
      return callOrigin(subject, expression, scope, hops);
    case 'name':
      return nameOrigin(subject, expression.id, scope, hops);
    default:
      return 'unknown';
  }
}

function isEnvironment(subject: Subject, expression: Expression, scope: string): boolean {
  return subject.nameOf(expression, scope) === 'os.environ';
}

function attributeOrigin(
  subject: Subject,
  object: Expression,
  scope: string,
  hops: number,
): Origin {
  const value = subject.meaningOf(object, scope);
  if (value?.kind === 'instance' && isSettingsClass(subject.evaluator, value.class))
    return 'settings';
  return originWithin(subject, object, scope, hops);
}

const ENVIRONMENT: ReadonlySet<string> = new Set(['os.getenv', 'os.environ.get']);
/** What changes how a value is written, and not whose it is. */
const PASSING =
  /^builtins\.(?:str|repr|bytes|list|tuple|dict|set|sorted)$|^(?:json\.loads|urllib\.parse\.\w+|os\.path\.(?:join|normpath)|pathlib\.\w+)$/;

function callOrigin(
  subject: Subject,
  call: Extract<Expression, { type: 'call' }>,
  scope: string,
  hops: number,
): Origin {
  const args = () =>
    strongest(call.args.map(({ value }) => originWithin(subject, value, scope, hops)));
  const name = subject.nameOf(call.callee, scope);
  if (name !== undefined && ENVIRONMENT.has(name)) return 'settings';
  if (name !== undefined && PASSING.test(name)) return args();
  if (call.callee.type !== 'attribute') return 'unknown';
  // `name.strip()`, `await request.json()`, `"…".format(name)`: of whom the receiver or an argument is.
  const receiver = attributeOrigin(subject, call.callee.object, scope, hops);
  if (receiver === 'request') return 'request';
  const isText = call.callee.object.type === 'string' || call.callee.object.type === 'fstring';
  return isText ? strongest([receiver, args()]) : receiver === 'constant' ? 'unknown' : receiver;
}

function nameOrigin(subject: Subject, name: string, scope: string, hops: number): Origin {
  const traced = subject.evaluator.trace(name, scope);
  if (traced?.kind !== 'bindings') return 'unknown';
  const origins = traced.bindings.map((binding) =>
    bindingOrigin(subject, binding, traced.scope, hops),
  );
  return origins.length === 0 ? 'unknown' : strongest(origins);
}

function bindingOrigin(subject: Subject, binding: Binding, scope: string, hops: number): Origin {
  switch (binding.kind) {
    case 'parameter':
      return parameterOrigin(subject, binding.parameter, binding.index, scope, hops);
    case 'value': {
      const value = subject.meaningOf(
        binding.value ?? { type: 'unknown', start: 0, end: 0 },
        binding.scope,
      );
      if (value?.kind === 'instance' && isSettingsClass(subject.evaluator, value.class))
        return 'settings';
      if (binding.value === undefined || hops <= 0) return 'unknown';
      return originWithin(subject, binding.value, binding.scope, hops - 1);
    }
    case 'item':
      return hops <= 0
        ? 'unknown'
        : originWithin(subject, binding.iterable, binding.scope, hops - 1);
    case 'entered':
      return hops <= 0
        ? 'unknown'
        : originWithin(subject, binding.context, binding.scope, hops - 1);
    default:
      return 'unknown';
  }
}

function parameterOrigin(
  subject: Subject,
  parameter: Parameter,
  index: number,
  functionId: string,
  hops: number,
): Origin {
  const isCalledByFastApi =
    routesHandledBy(subject, functionId).length > 0 || isDependency(subject.db, functionId);
  if (!isCalledByFastApi)
    return hops <= 0 ? 'unknown' : givenOrigin(subject, functionId, parameter.name, index, hops);
  const value = subject.evaluator.parameterValue(parameter, index, functionId);
  const external = externalClassOf(value);
  if (external !== undefined && REQUEST_CLASSES.has(external)) return 'request';
  if (external !== undefined && OWN_CLASSES.has(external)) return 'unknown';
  return isInjected(subject, parameter, functionId) ? 'unknown' : 'request';
}

/** Filled by a dependency: what that gives is its own affair. */
function isInjected(
  subject: Subject,
  { annotation, default: value }: Parameter,
  functionId: string,
): boolean {
  const scope = outerScopeOf(functionId);
  const isDepends = (one: Expression) =>
    one.type === 'call' &&
    /^fastapi\.(?:Depends|Security)$/.test(subject.nameOf(one.callee, scope) ?? '');
  if (value !== undefined && isDepends(value)) return true;
  if (annotation?.type === 'subscript') return annotation.indices.some(isDepends);
  if (annotation?.type !== 'name') return false;
  const traced = subject.evaluator.trace(annotation.id, scope);
  const [binding] = traced?.kind === 'bindings' ? traced.bindings : [];
  const alias = binding?.kind === 'value' ? binding.value : undefined;
  return (
    alias?.type === 'subscript' &&
    alias.indices.some(
      (one) =>
        one.type === 'call' &&
        /Depends|Security/.test(one.callee.type === 'name' ? one.callee.id : ''),
    )
  );
}

interface Given {
  readonly position: number;
  readonly name: string | undefined;
  readonly value: Expression;
  readonly scope: string;
}

/** By function id: what the calls in its own file hand to it. */
const givenInFile = defineQuery<readonly Given[]>('given in file', (db, functionId) => {
  const found: Given[] = [];
  const { name } = functionOf(db, functionId) ?? {};
  if (name === undefined) return found;
  const evaluator = createEvaluator(db);
  for (const block of allIds(db.get(fileShape, pathOf(functionId)))) {
    for (const { node, scope } of sitesOf(db, block).calls) {
      const spelled =
        node.callee.type === 'name'
          ? node.callee.id
          : node.callee.type === 'attribute'
            ? node.callee.name
            : '';
      if (spelled !== name) continue;
      const callee = evaluator.meaningOf(node.callee, scope);
      if (callee?.kind !== 'function' || callee.id !== functionId) continue;
      let position = callee.bound ? 1 : 0;
      for (const argument of node.args) {
        const { value } = argument;
        if (argument.star === undefined)
          found.push({
            position: argument.name === undefined ? position++ : -1,
            name: argument.name,
            value,
            scope,
          });
      }
    }
  }
  return found;
});

function givenOrigin(
  subject: Subject,
  functionId: string,
  name: string,
  index: number,
  hops: number,
): Origin {
  const given = subject.db
    .get(givenInFile, functionId)
    .filter((one) => one.name === name || (one.name === undefined && one.position === index));
  if (given.length === 0) return 'unknown';
  return strongest(
    given.map(({ value, scope }) => {
      const own = definitionOf(subject.db, scope) ? subjectOf(subject.db, blockOf(scope)) : subject;
      return originWithin(own, value, scope, hops - 1);
    }),
  );
}
