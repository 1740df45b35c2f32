/** Relationships between mapped classes, as the project declares them: what they lead to, and when it is loaded. */
import { LAZY, QUERY_RELATIONSHIPS, RELATIONSHIPS } from '../../knowledge/relationships.ts';
import { classScope } from '../../python/bindings.ts';
import {
  blockOf,
  definitionOf,
  enclosingOf,
  functionOf,
  nameOf,
} from '../../python/definitions.ts';
import { returnsIn } from '../../python/signatures.ts';
import type { ClassRef, Value } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { everywhere } from '../everywhere.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';

export interface Relationship {
  readonly name: string;
  /** The name of the class that it leads to, where it is written. */
  readonly target: string | undefined;
  /** Whether it holds several objects; unknown for some that have no annotation. */
  readonly isList: boolean | undefined;
  /** `lazy`: by a query of its own, when it is first read. `other`: a query, an error, nothing, or unknown. */
  readonly loading: 'lazy' | 'eager' | 'other';
}

/** The relationship that an attribute of a mapped class is, if it is one. */
export function relationshipOf(
  { evaluator, db }: Subject,
  ref: ClassRef,
  name: string,
): Relationship | undefined {
  for (const one of evaluator.lineage(ref)) {
    if (one.kind !== 'project') continue;
    if (db.get(classScope, one.id).names[name] !== undefined)
      return db.get(declared, `${one.id}\n${name}`) ?? undefined;
  }
  if (ref.kind !== 'project') return undefined;
  return db.get(backrefsTo, nameOf(ref.id)).find((one) => one.name === name);
}

/** By `class id\nname`: what the class's own body declares by that name. */
const declared = defineQuery<Relationship | null>('relationship', (db, key) => {
  const [classId = '', name = ''] = key.split('\n');
  const [binding, ...others] = db.get(classScope, classId).names[name] ?? [];
  if (binding === undefined || others.length > 0) return null;
  const subject = subjectOf(db, blockOf(classId));
  if (binding.kind === 'value') {
    const { value, annotation, scope } = binding;
    if (value?.type !== 'call' || !isRelationship(subject, value, scope)) return null;
    return described(subject, name, value, annotation, scope);
  }
  // `@declared_attr def owner(cls): return relationship(...)`.
  const node = binding.kind === 'definition' ? functionOf(db, binding.id) : undefined;
  if (binding.kind !== 'definition' || !node?.decorators.length) return null;
  const [returned] = returnsIn(node.body);
  if (returned?.type !== 'call' || !isRelationship(subject, returned, binding.id)) return null;
  return described(subject, name, returned, node.returns, binding.id);
});

function isRelationship(subject: Subject, call: Call, scope: string): boolean {
  return RELATIONSHIPS.has(subject.nameOf(call.callee, scope) ?? '');
}

function described(
  subject: Subject,
  name: string,
  call: Call,
  annotation: Expression | undefined,
  scope: string,
): Relationship {
  const own = argumentOf(call, 'sa_relationship');
  const inner = own?.type === 'call' ? own : call;
  const isQuery =
    annotation?.type === 'subscript' &&
    QUERY_RELATIONSHIPS.test(subject.nameOf(annotation.object, scope) ?? '');
  return {
    name,
    ...leadsTo(subject, inner, annotation, scope),
    loading: isQuery ? 'other' : loadingOf(inner),
  };
}

/** What `lazy=` says, in SQLModel's `sa_relationship_kwargs` too. */
function loadingOf(call: Call): Relationship['loading'] {
  if (call.args.some(({ star }) => star === '**')) return 'other';
  const kwargs = argumentOf(call, 'sa_relationship_kwargs');
  if (kwargs === undefined) return loadingBy(argumentOf(call, 'lazy'));
  if (kwargs.type !== 'dict') return 'other';
  if (kwargs.entries.some(({ key }) => key?.type !== 'string')) return 'other';
  const entry = kwargs.entries.find(({ key }) => key?.type === 'string' && key.value === 'lazy');
  return loadingBy(entry?.value);
}

const EAGER: ReadonlySet<string> = new Set('selectin joined subquery immediate'.split(' '));

function loadingBy(lazy: Expression | undefined): Relationship['loading'] {
  if (lazy === undefined || lazy.type === 'true') return 'lazy';
  if (lazy.type === 'false') return 'eager';
  if (lazy.type !== 'string') return 'other';
  return LAZY.has(lazy.value) ? 'lazy' : EAGER.has(lazy.value) ? 'eager' : 'other';
}

function leadsTo(
  subject: Subject,
  call: Call,
  annotation: Expression | undefined,
  scope: string,
): Pick<Relationship, 'target' | 'isList'> {
  const value = annotation && subject.evaluator.annotated(annotation, scope);
  const isContainer = value?.kind === 'instance' && value.class.kind === 'external';
  const item = isContainer ? value.items : value;
  const [first] = call.args;
  const named = first?.name === undefined || first.name === 'argument' ? first?.value : undefined;
  const target = classNameOf(item) ?? (named && classNamed(named)) ?? nameIn(annotation);
  const uselist = argumentOf(call, 'uselist')?.type;
  if (uselist === 'false' || uselist === 'true') return { target, isList: uselist === 'true' };
  if (value !== undefined) return { target, isList: isContainer };
  return { target, isList: nameIn(annotation) === undefined ? undefined : false };
}

function classNameOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
  return nameOf(value.class.id);
}

/** `User`, `models.User`, `"User"`, `"app.models.User"`, `lambda: User`. */
function classNamed(expression: Expression): string | undefined {
  if (expression.type === 'name') return expression.id;
  if (expression.type === 'attribute') return expression.name;
  if (expression.type === 'lambda') return classNamed(expression.body);
  return expression.type === 'string' ? /\w+$/.exec(expression.value)?.[0] : undefined;
}

/** `User` of `Mapped["User"]` and `Optional["User"]`, where nothing says what it is. */
function nameIn(annotation: Expression | undefined): string | undefined {
  if (annotation?.type === 'string') return /^(\w+)(?:\s*\|\s*None)?$/.exec(annotation.value)?.[1];
  if (annotation?.type !== 'subscript') return undefined;
  const head = classNamed(annotation.object);
  const [inner] = annotation.indices;
  return head === 'Mapped' || head === 'Optional' ? nameIn(inner) : undefined;
}

interface Backref extends Relationship {
  /** The name of the class that gets it. */
  readonly owner: string;
}

const BACKREF = defineGlance(/\bbackref\s*=/, ['backref']);

/** By class id: the relationships that its own declare on other classes. */
const backrefsOfClass = defineQuery<readonly Backref[]>('backrefs of class', (db, classId) => {
  const subject = subjectOf(db, blockOf(classId));
  return Object.values(db.get(classScope, classId).names).flatMap((bindings): Backref[] => {
    const [binding] = bindings;
    if (binding?.kind !== 'value' || binding.value?.type !== 'call') return [];
    const { value: call, annotation, scope } = binding;
    if (!isRelationship(subject, call, scope)) return [];
    const given = argumentOf(call, 'backref');
    const made = given?.type === 'call' ? given : undefined;
    const spelled = made?.args[0]?.value ?? given;
    const owner = leadsTo(subject, call, annotation, scope).target;
    if (spelled?.type !== 'string' || owner === undefined) return [];
    const loading = made === undefined ? 'lazy' : loadingOf(made);
    return [{ name: spelled.value, owner, target: nameOf(classId), isList: undefined, loading }];
  });
});

/** By block id: the class that it is, or is a member of. */
const classAround = defineQuery<readonly string[]>('class around', (db, block) => {
  const owner = enclosingOf(block) ?? block;
  return definitionOf(db, owner)?.node.type === 'class' ? [owner] : [];
});

/** By the name of a class. A registry of mapped classes has each name once. */
const backrefsTo = defineQuery<readonly Backref[]>('backrefs to', (db, name) =>
  [...new Set(everywhere(db, BACKREF, classAround))].flatMap((owner) =>
    db.get(backrefsOfClass, owner).filter((one) => one.owner === name),
  ),
);
