/** Methods whose cache holds on to the objects that they are called on. */
import { moduleScope } from '../../python/bindings.ts';
import { definitionOf, nameOf, outerScopeOf, pathOf } from '../../python/definitions.ts';
import { classSignature } from '../../python/signatures.ts';
import type { FunctionSite } from '../../python/sites.ts';
import type { ClassRef } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { isBelow } from '../classes.ts';
import type { Subject } from '../subject.ts';

interface KeptForEver {
  readonly decorator: Expression;
  /** How the decorator is written, without its arguments. */
  readonly name: string;
  readonly className: string;
}

const CACHES: ReadonlySet<string> = new Set(['functools.lru_cache', 'functools.cache']);
const NO_SELF = ['builtins.staticmethod', 'builtins.classmethod'];

/** Classes whose objects live as long as the program anyway. */
const LASTING: ReadonlySet<string> = new Set([
  ...'Enum StrEnum IntEnum Flag IntFlag'.split(' ').map((name) => `enum.${name}`),
  'builtins.type',
]);

/** They leave it to callers how often the class is called. */
const PLAIN_DECORATORS: ReadonlySet<string> = new Set(
  'dataclasses.dataclass attr.s attrs.define attrs.frozen typing.final functools.total_ordering'.split(
    ' ',
  ),
);

/** `@lru_cache` on a method that takes `self`. Of an `async def` the cache is wrong for another reason. */
export function keptForEver(
  subject: Subject,
  { id, node, outer }: FunctionSite,
): KeptForEver | undefined {
  const [self] = node.parameters;
  if (node.decorators.length === 0 || node.isAsync || self === undefined) return undefined;
  if (definitionOf(subject.db, outer)?.node.type !== 'class') return undefined;
  const { evaluator } = subject;
  if (NO_SELF.some((name) => evaluator.hasDecorator(id, name))) return undefined;
  const ref: ClassRef = { kind: 'project', id: outer };
  if (isBelow(evaluator, ref, LASTING) || isMadeOnce(subject, outer)) return undefined;
  for (const decorator of node.decorators) {
    const head = headOf(decorator);
    if (!CACHES.has(subject.nameOf(head, outer) ?? '')) continue;
    return { decorator: head, name: subject.textOf(head), className: nameOf(outer) };
  }
  return undefined;
}

/** Somebody sees to it that there is one object: the module makes it, `__new__`, a metaclass or a decorator does. */
function isMadeOnce(subject: Subject, id: string): boolean {
  const { db, evaluator } = subject;
  const ref: ClassRef = { kind: 'project', id };
  const metaclass = evaluator.classKeyword(ref, 'metaclass');
  const outer = outerScopeOf(id);
  if (metaclass !== undefined && subject.nameOf(metaclass, outer) !== 'abc.ABCMeta') return true;
  const isDecorated = (db.get(classSignature, id)?.decorators ?? []).some((decorator) => {
    return !PLAIN_DECORATORS.has(subject.nameOf(headOf(decorator), outer) ?? '');
  });
  if (isDecorated) return true;
  if (evaluator.attributeOf({ kind: 'class', class: ref }, '__new__')?.kind === 'function')
    return true;
  return Object.values(db.get(moduleScope, pathOf(id)).names).some((bindings) =>
    bindings.some(
      (binding) =>
        binding.kind === 'value' &&
        binding.value?.type === 'call' &&
        binding.value.callee.type === 'name' &&
        binding.value.callee.id === nameOf(id),
    ),
  );
}
