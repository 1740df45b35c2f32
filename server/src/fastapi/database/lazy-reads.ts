/** Reads of relationships that send a query of their own, because nothing loaded them before. */
import { LOADERS } from '../../knowledge/relationships.ts';
import { classScope, functionScope } from '../../python/bindings.ts';
import { nameOf } from '../../python/definitions.ts';
import {
  type CallSite,
  type Loop,
  type Place,
  type ReferenceSite,
  sitesOf,
} from '../../python/sites.ts';
import { itemsOf, type Value } from '../../python/values.ts';
import type { Attribute, Expression } from '../../syntax/nodes.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import { fieldsOf } from '../declared-models.ts';
import { repeatingLoop } from '../loops/repeating.ts';
import type { Subject } from '../subject.ts';
import { type Fetch, fetchOf } from './fetches.ts';
import { type Relationship, relationshipOf } from './relationships.ts';

export interface LazyRead {
  /** `order.items`. */
  readonly node: Attribute;
  /** The name of the mapped class that has it. */
  readonly owner: string;
  readonly relationship: Relationship;
  readonly fetch: Fetch;
  /** The object is what the query itself gives, and not something related to that. */
  readonly isDirect: boolean;
}

/** The first part of an attribute chain that reads a relationship which neither the class nor the query loads. */
export function lazyRead(subject: Subject, site: ReferenceSite | CallSite): LazyRead | undefined {
  if (site.function === undefined || subject.purpose !== 'application') return undefined;
  if (isAssigned(site)) return undefined;
  for (const node of attributesIn(site)) {
    const found = lazyAttribute(subject, node, site);
    if (found === undefined) continue;
    return isHandled(subject, found, site) ? undefined : found;
  }
  return undefined;
}

/** The loop that repeats a read, when its object is what the loop goes over. */
export function loopOfRead(
  subject: Subject,
  site: ReferenceSite | CallSite,
  { node }: LazyRead,
): Loop | undefined {
  const { start, end } = node;
  const call = { type: 'call', callee: node, args: [], argsStart: end, start, end } as const;
  const loop = repeatingLoop(subject, {
    ...site,
    node: call,
    name: '',
    isAwaited: false,
    isStatement: false,
  });
  const root = rootOf(node);
  const isItem = loop && [...ownExpressions(loop.target)].some((one) => isName(one, root));
  return isItem ? loop : undefined;
}

/** `a.b` and `a.b.c` of `a.b.c`, shortest first; of what is called, only what stands before the method. */
function attributesIn({ node }: ReferenceSite | CallSite): readonly Attribute[] {
  const found: Attribute[] = [];
  let part: Expression =
    node.type === 'call' && node.callee.type === 'attribute' ? node.callee.object : node;
  for (; part.type === 'attribute'; part = part.object) found.unshift(part);
  return found;
}

function isAssigned({ node, statements }: Place & { readonly node: Expression }): boolean {
  const last = statements.at(-1);
  if (last?.type === 'delete') return true;
  return last?.type === 'assign' && last.targets.some((one) => one === node);
}

function lazyAttribute(subject: Subject, node: Attribute, { scope }: Place): LazyRead | undefined {
  const value = subject.meaningOf(node.object, scope);
  if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
  const relationship = relationshipOf(subject, value.class, node.name);
  if (relationship?.loading !== 'lazy') return undefined;
  const fetch = fetchOf(subject, node.object, scope);
  if (fetch === undefined || isLoaded(fetch, node.name)) return undefined;
  const isDirect = node.object.type === 'name';
  return { node, owner: nameOf(value.class.id), relationship, fetch, isDirect };
}

/** `selectinload("*")` speaks of every relationship. */
function isLoaded({ loads }: Fetch, name: string): boolean {
  return loads.includes(name) || loads.includes('*');
}

/** The function says otherwise how it is loaded, or set; or it has the related object already. */
function isHandled(subject: Subject, { node, relationship }: LazyRead, { scope }: Place): boolean {
  const { calls, literals, references } = sitesOf(subject.db, subject.block);
  const { name } = node;
  const isAsked = calls.some(
    (site) =>
      site.scope === scope &&
      LOADERS.has(subject.nameOf(site.node.callee, scope) ?? '') &&
      site.node.args.some(({ value }) => value.type === 'attribute' && value.name === name),
  );
  // `db.refresh(user, ["posts"])`, `set_committed_value(user, "posts", [])`.
  const isNamed = literals.some(
    (site) => site.scope === scope && site.node.type === 'string' && site.node.value === name,
  );
  const isSet = references.some(
    (site) => site.scope === scope && site.node.name === name && isAssigned(site),
  );
  if (isAsked || isNamed || isSet || isHandedOn(calls, node, scope)) return true;
  return relationship.isList !== true && isAtHand(subject, relationship.target, scope);
}

/** Something that was awaited before was given the object, and may have loaded more of it; a plain `refresh` loads no relationship. */
function isHandedOn(
  calls: readonly CallSite[],
  { object, start }: Attribute,
  scope: string,
): boolean {
  const root = rootOf(object);
  return calls.some(({ node, scope: own, isAwaited }) => {
    if (own !== scope || !isAwaited || node.end > start) return false;
    const { callee, args } = node;
    const isRefresh = callee.type === 'attribute' && callee.name === 'refresh' && args.length === 1;
    if (isRefresh) return false;
    return rootOf(callee) === root || args.some(({ value }) => isName(value, root));
  });
}

/** A single object that the session holds already is found without a query. */
function isAtHand(subject: Subject, target: string | undefined, scope: string): boolean {
  if (target === undefined) return true;
  const { names } = subject.db.get(functionScope, scope);
  return Object.keys(names).some((name) => {
    const value = subject.meaningOf({ type: 'name', id: name, start: 0, end: 0 }, scope);
    return [value, itemsOf(value)].some((one) => isObjectOf(one, target));
  });
}

function isObjectOf(value: Value | undefined, className: string): boolean {
  return (
    value?.kind === 'instance' &&
    value.class.kind === 'project' &&
    nameOf(value.class.id) === className
  );
}

/** Whether the same is read before, in the same function and loop: one cause is told once. */
export function isReadBefore(
  subject: Subject,
  site: ReferenceSite | CallSite,
  { node }: LazyRead,
): boolean {
  const text = subject.textOf(node);
  const loop = site.loops.at(-1)?.node;
  const { calls, references } = sitesOf(subject.db, subject.block);
  return [...references, ...calls].some(
    (other) =>
      other.scope === site.scope &&
      other.function !== undefined &&
      other.loops.at(-1)?.node === loop &&
      attributesIn(other).some((one) => one.start < node.start && subject.textOf(one) === text),
  );
}

function rootOf(expression: Expression): string {
  if (expression.type === 'name') return expression.id;
  return expression.type === 'attribute' ? rootOf(expression.object) : '';
}

function isName(expression: Expression, name: string): boolean {
  return expression.type === 'name' && expression.id === name;
}

/** A field of a model that reads a relationship of the object it is made of. */
export interface FieldRead {
  readonly model: string;
  readonly owner: string;
  readonly name: string;
}

/** What making a model of an object reads and nothing has loaded: `UserOut.model_validate(user)`, a `response_model`. */
export function lazyField(
  subject: Subject,
  modelId: string,
  { expression, scope }: { readonly expression: Expression; readonly scope: string },
  place: Place,
): (LazyRead & FieldRead) | undefined {
  const value = subject.meaningOf(expression, scope);
  const given = itemsOf(value) ?? value;
  if (given?.kind !== 'instance' || given.class.kind !== 'project') return undefined;
  const fetch = fetchOf(subject, expression, scope);
  if (fetch === undefined || isReadOtherwise(subject, modelId)) return undefined;
  for (const { name, value: field } of fieldsOf(subject, modelId)) {
    // An alias may read something else.
    if (field?.type === 'call' && field.args.some((one) => /alias/.test(one.name ?? ''))) continue;
    const relationship = relationshipOf(subject, given.class, name);
    if (relationship?.loading !== 'lazy' || isLoaded(fetch, name)) continue;
    const { start, end } = expression;
    const node = {
      type: 'attribute',
      object: expression,
      name,
      nameStart: end,
      start,
      end,
    } as const;
    const owner = nameOf(given.class.id);
    const read = { node, owner, relationship, fetch, isDirect: true };
    if (!isHandled(subject, read, place)) return { ...read, model: nameOf(modelId), name };
  }
  return undefined;
}

/** A validator of the whole model may be given the object, and make something else of it. */
function isReadOtherwise({ db, evaluator }: Subject, modelId: string): boolean {
  return evaluator
    .lineage({ kind: 'project', id: modelId })
    .some(
      (one) =>
        one.kind === 'project' &&
        Object.values(db.get(classScope, one.id).names).some((bindings) =>
          bindings.some(
            (binding) =>
              binding.kind === 'definition' &&
              evaluator.hasDecorator(binding.id, 'pydantic.model_validator'),
          ),
        ),
    );
}
