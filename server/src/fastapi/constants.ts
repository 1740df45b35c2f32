/** What a name stands for when it is written out in the source: here, as a constant, or as the default of a setting. */
import { type Binding, classScope } from '../python/bindings.ts';
import type { Value } from '../python/values.ts';
import type { Expression } from '../syntax/nodes.ts';
import { isModelClass, isSettingsClass } from './classes.ts';
import { argumentOf } from './routes.ts';
import type { Subject } from './subject.ts';

export interface Written {
  readonly expression: Expression;
  /** The scope to read it in. */
  readonly scope: string;
  /** The environment can say something else. */
  readonly isDefault: boolean;
}

const MODEL_FIELDS: ReadonlySet<string> = new Set(['pydantic.Field']);

/** The expression that gives a value: itself, or what its one binding says. Two hops at most. */
export function writtenValue(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops = 2,
): Written | undefined {
  const here: Written = { expression, scope, isDefault: false };
  const isName = expression.type === 'name' || expression.type === 'attribute';
  if (!isName) return here;
  if (hops === 0) return undefined;
  if (expression.type === 'name') {
    const traced = subject.evaluator.trace(expression.id, scope);
    return traced?.kind === 'bindings' ? bound(subject, traced.bindings, hops) : undefined;
  }
  const object = subject.meaningOf(expression.object, scope);
  if (object?.kind === 'module') {
    const traced = subject.evaluator.traceExport(object.path, expression.name);
    return traced?.kind === 'bindings' ? bound(subject, traced.bindings, hops) : undefined;
  }
  return object && member(subject, object, expression.name, hops);
}

/** What the one binding of a name says, as it stands there. */
export function boundValue(
  subject: Subject,
  name: string,
  scope: string,
): Pick<Written, 'expression' | 'scope'> | undefined {
  const traced = subject.evaluator.trace(name, scope);
  const [binding, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
  if (binding?.kind !== 'value' || binding.value === undefined || others.length > 0)
    return undefined;
  return binding.unpack === undefined
    ? { expression: binding.value, scope: binding.scope }
    : undefined;
}

function bound(subject: Subject, bindings: readonly Binding[], hops: number): Written | undefined {
  const [binding] = bindings;
  if (bindings.length !== 1 || binding?.kind !== 'value' || binding.value === undefined)
    return undefined;
  if (binding.unpack !== undefined) return undefined;
  return writtenValue(subject, binding.value, binding.scope, hops - 1);
}

/** What a class's body gives an attribute; for a setting, its default. */
function member(subject: Subject, object: Value, name: string, hops: number): Written | undefined {
  if (object.kind !== 'class' && object.kind !== 'instance') return undefined;
  const { evaluator, db } = subject;
  for (const one of evaluator.lineage(object.class)) {
    if (one.kind !== 'project') continue;
    const bindings = db.get(classScope, one.id).names[name];
    if (bindings === undefined) continue;
    const found = bound(subject, bindings, hops);
    const given = found && fieldDefault(subject, found);
    const isDefault =
      isModelClass(evaluator, object.class) || isSettingsClass(evaluator, object.class);
    return given && { ...given, isDefault };
  }
  return undefined;
}

/** `Field(["*"])`, `Field(default=["*"])`, `Field(default_factory=lambda: ["*"])` give `["*"]`. */
function fieldDefault(subject: Subject, written: Written): Written | undefined {
  const { expression, scope } = written;
  if (expression.type !== 'call') return written;
  const name = subject.nameOf(expression.callee, scope);
  if (name === undefined || !MODEL_FIELDS.has(name)) return written;
  const [first] = expression.args;
  const given =
    argumentOf(expression, 'default') ?? (first?.name === undefined ? first?.value : undefined);
  if (given !== undefined) return { ...written, expression: given };
  const factory = argumentOf(expression, 'default_factory');
  return factory?.type === 'lambda' ? { ...written, expression: factory.body } : undefined;
}
