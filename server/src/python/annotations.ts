/** What something with an annotation is. */
import { CONTAINERS } from '../knowledge/results.ts';
import type { Reader } from '../query/database.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { parseExpression } from '../syntax/read-block.ts';
import { parserInput } from '../syntax/source.ts';
import type { Parts } from './evaluate.ts';
import type { Traced, Tracer } from './trace.ts';
import { agree, externalInstance, instanceOf, lastPart, type Value } from './values.ts';

export interface Annotations {
  /** What something with this annotation is. */
  annotated(annotation: Expression, scope: string): Value | undefined;
}

/** Wrappers that say more about a type without changing it. */
const TRANSPARENT: ReadonlySet<string> = new Set(
  'Annotated Optional ClassVar Final Required NotRequired ReadOnly Mapped'.split(' '),
);
const MAPPINGS: ReadonlySet<string> = new Set(
  'dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict'.split(' '),
);
/** Annotations that say nothing about what it is. */
const VAGUE: ReadonlySet<string> = new Set('Any object Callable TypeVar Self Literal'.split(' '));

/** Calls that give a type another name. */
const RENAMING: ReadonlySet<string> = new Set(['NewType', 'TypeAliasType']);

export function createAnnotations(db: Reader, tracer: Tracer, self: Parts): Annotations {
  function annotated(annotation: Expression, scope: string): Value | undefined {
    return self.bounded(() => annotationValue(annotation, scope));
  }

  function annotationValue(annotation: Expression, scope: string): Value | undefined {
    switch (annotation.type) {
      case 'none':
        return { kind: 'none' };
      case 'string': {
        const parser = db.get(parserInput, '');
        const parsed = parser && parseExpression(parser, annotation.value);
        return parsed && annotated(parsed, scope);
      }
      case 'name':
      case 'attribute': {
        const aliases = aliasesOf(annotation, scope);
        if (aliases.length > 0)
          return agree(aliases.map(({ expression, scope: home }) => annotated(expression, home)));
        const value = self.meaningOf(annotation, scope);
        if (value?.kind === 'external' && VAGUE.has(lastPart(value.name))) return undefined;
        return value && instanceOf(value);
      }
      case 'binary':
        if (annotation.operator !== '|') return undefined;
        return agree([annotated(annotation.left, scope), annotated(annotation.right, scope)]);
      case 'subscript':
        return genericValue(annotation.object, annotation.indices, scope);
      default:
        return undefined;
    }
  }

  function genericValue(
    object: Expression,
    indices: readonly Expression[],
    scope: string,
  ): Value | undefined {
    const head = self.meaningOf(object, scope);
    // `X[A, B]` may come as one tuple or as two indices.
    const [only] = indices;
    const parameters = only?.type === 'tuple' && indices.length === 1 ? only.elements : indices;
    const [first] = parameters;
    if (head?.kind === 'class') return { kind: 'instance', class: head.class };
    if (head?.kind !== 'external' || first === undefined) return undefined;
    const name = lastPart(head.name);
    if (TRANSPARENT.has(name)) return annotated(first, scope);
    if (name === 'Union') return agree(parameters.map((one) => annotated(one, scope)));
    if (name === 'Type' || name === 'type') {
      const value = annotated(first, scope);
      return value?.kind === 'instance' ? { kind: 'class', class: value.class } : undefined;
    }
    if (name === 'Coroutine' || name === 'Awaitable') {
      const last = parameters[parameters.length - 1];
      return { kind: 'coroutine', result: (last && annotated(last, scope)) ?? null };
    }
    if (VAGUE.has(name)) return undefined;
    if (MAPPINGS.has(name)) {
      const values = parameters[1] && annotated(parameters[1], scope);
      const mapping = { kind: 'instance', class: { kind: 'external', name: head.name } } as const;
      return { ...mapping, ...(values && { values }) };
    }
    if (!CONTAINERS.has(name)) return externalInstance(head.name);
    const several = /^[Tt]uple$/.test(name)
      ? parameters.filter((one) => one.type !== 'ellipsis')
      : [first];
    const items = agree(several.map((one) => annotated(one, scope)));
    return {
      kind: 'instance',
      class: { kind: 'external', name: head.name },
      ...(items && { items }),
    };
  }

  /** What a name of a type alias stands for, and the scope to read it in; of `if TYPE_CHECKING: ... else: ...` both. */
  function aliasesOf(
    annotation: Expression,
    scope: string,
  ): { expression: Expression; scope: string }[] {
    let traced: Traced | undefined;
    if (annotation.type === 'name') traced = tracer.trace(annotation.id, scope);
    else if (annotation.type === 'attribute') {
      const object = self.meaningOf(annotation.object, scope);
      if (object?.kind === 'module') traced = tracer.exported(object.path, annotation.name);
    }
    const bindings = traced?.kind === 'bindings' ? traced.bindings : [];
    const found = bindings.flatMap((binding) => {
      if (binding.kind !== 'value' || binding.value === undefined) return [];
      const { value, scope: home } = binding;
      const expression = value.type === 'call' ? renamedIn(value, home) : value;
      return expression ? { expression, scope: home } : [];
    });
    return found.length === bindings.length ? found : [];
  }

  /** `UserId = NewType("UserId", int)`: another name for type checkers, the same thing when it runs. */
  function renamedIn({ callee, args }: Call, scope: string): Expression | undefined {
    const made = self.meaningOf(callee, scope);
    const isRenaming = made?.kind === 'external' && RENAMING.has(lastPart(made.name));
    return isRenaming ? args[1]?.value : undefined;
  }

  return { annotated };
}
