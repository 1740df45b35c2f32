/** Which driver the URL of a database loads. */
import {
  ASYNC_DRIVERS,
  ASYNC_SINCE_2_1,
  DEFAULT_DRIVERS,
  SYNC_DRIVERS,
} from '../../knowledge/drivers.ts';
import { classScope } from '../../python/bindings.ts';
import { blockOf } from '../../python/definitions.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { writtenValue } from '../constants.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow, versionOf } from '../versions.ts';

export interface SyncUrl {
  /** Where the engine is told the URL. */
  readonly given: Expression;
  /** `postgresql`, `mysql+pymysql`. */
  readonly scheme: string;
  readonly driver: string;
  /** The scheme with a driver that is asynchronous. */
  readonly better: string;
  /** Only what is used when a variable of the environment is missing. */
  readonly isFallback: boolean;
  /** Where the scheme stands in the source. */
  readonly place:
    | { readonly start: number; readonly end: number; readonly block: string }
    | undefined;
}

const MAKERS: ReadonlySet<string> = new Set(['sqlalchemy.ext.asyncio.create_async_engine']);

/** The URL that `create_async_engine` is given, when the driver that it loads is not asynchronous. */
export function syncUrl(
  subject: Subject,
  call: { readonly node: Call; readonly name: string; readonly scope: string },
): SyncUrl | undefined {
  if (!MAKERS.has(call.name)) return undefined;
  const [first] = call.node.args;
  const given =
    argumentOf(call.node, 'url') ??
    (first?.name === undefined && !first?.star ? first?.value : undefined);
  const text = given && urlText(subject, given, call.scope);
  const [scheme, dialect = '', own] =
    /^([a-z]\w*)(?:\+(\w+))?(?=:\/\/|$)/.exec(text?.start ?? '') ?? [];
  if (given === undefined || text === undefined || scheme === undefined) return undefined;
  const isOld = isPinnedBelow(subject.db, subject.path, 'sqlalchemy', '2.1.0');
  if (own === undefined && ASYNC_SINCE_2_1.has(dialect) && !isOld) return undefined;
  const driver = own ?? DEFAULT_DRIVERS[dialect] ?? '';
  if (!SYNC_DRIVERS.has(driver)) return undefined;
  const known = ASYNC_DRIVERS[dialect] ?? [];
  const asynchronous =
    known.find((one) => versionOf(subject.db, subject.path, one) !== undefined) ?? known[0];
  if (asynchronous === undefined) return undefined;
  const better = `${dialect}+${asynchronous}`;
  const { isFallback } = text;
  return {
    given,
    scheme,
    driver,
    better,
    isFallback,
    place: placeOf(subject, text, call.scope, scheme),
  };
}

export interface UrlText {
  /** How it begins. */
  readonly start: string;
  readonly literal: Expression;
  readonly scope: string;
  readonly isFallback: boolean;
}

const FALLBACKS: ReadonlySet<string> = new Set(['os.getenv', 'os.environ.get']);

/** How a URL begins, as far as the source says it. */
export function urlText(subject: Subject, given: Expression, from: string): UrlText | undefined {
  const written = writtenValue(subject, given, from);
  if (written === undefined) return undefined;
  const { expression, scope, isDefault } = written;
  if (isDefault && isChanged(subject, given, from)) return undefined;
  const begins = (start: string) => ({ start, literal: expression, scope, isFallback: isDefault });
  if (expression.type === 'string') return begins(expression.value);
  if (expression.type === 'fstring') {
    const [head] = expression.parts;
    return typeof head === 'string' && head.includes('://') ? begins(head) : undefined;
  }
  if (expression.type !== 'call') return undefined;
  const name = subject.nameOf(expression.callee, scope);
  const [first, second] = expression.args;
  if (expression.callee.type === 'attribute' && expression.callee.name === 'replace') {
    const before = urlText(subject, expression.callee.object, scope);
    if (first?.value.type !== 'string' || second?.value.type !== 'string') return undefined;
    return (
      before && { ...before, start: before.start.replace(first.value.value, second.value.value) }
    );
  }
  if (
    name === 'builtins.str' ||
    name === 'sqlalchemy.make_url' ||
    name === 'sqlalchemy.engine.make_url'
  )
    return first && urlText(subject, first.value, scope);
  if (name !== undefined && FALLBACKS.has(name)) {
    const fallback = second && urlText(subject, second.value, scope);
    return fallback && { ...fallback, isFallback: true };
  }
  if (!/^sqlalchemy\.(?:engine\.)?(?:url\.)?URL\.create$/.test(name ?? '')) return undefined;
  const drivername = argumentOf(expression, 'drivername') ?? first?.value;
  return drivername?.type === 'string'
    ? { start: drivername.value, literal: drivername, scope, isFallback: isDefault }
    : undefined;
}

const VALIDATORS = ['field_validator', 'model_validator', 'validator', 'root_validator'].map(
  (name) => `pydantic.${name}`,
);

/** A validator of the settings may put in another driver. */
function isChanged({ db, evaluator, meaningOf }: Subject, given: Expression, scope: string) {
  const owner = given.type === 'attribute' ? meaningOf(given.object, scope) : undefined;
  if (owner?.kind !== 'instance' && owner?.kind !== 'class') return false;
  const bindings = evaluator
    .lineage(owner.class)
    .flatMap((one) =>
      one.kind === 'project' ? Object.values(db.get(classScope, one.id).names).flat() : [],
    );
  return bindings.some(
    (binding) =>
      binding.kind === 'definition' &&
      VALIDATORS.some((name) => evaluator.hasDecorator(binding.id, name)),
  );
}

function placeOf(
  subject: Subject,
  { literal, scope }: UrlText,
  from: string,
  scheme: string,
): SyncUrl['place'] {
  if (literal.type !== 'string' || literal.contentStart === undefined) return undefined;
  const start = literal.contentStart;
  const block = scope === from ? subject.block : blockOf(scope);
  const place = { start, end: start + scheme.length, block };
  return subject.sourceOf(place) === scheme ? place : undefined;
}
