/** `inspect.signature`: what decorators read, change and set on functions and classes as `__signature__`. */
import { blockOf } from '../definitions.ts';
import { functionSignature } from '../signatures.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  type Class,
  external,
  type Func,
  type Instance,
  native,
  type Obj,
  text,
  textOf,
  UNKNOWN,
} from './objects.ts';

const EMPTY = external('inspect.Parameter.empty');
const KINDS: Readonly<Record<string, string>> = {
  positional: 'POSITIONAL_OR_KEYWORD',
  'positional-only': 'POSITIONAL_ONLY',
  'keyword-only': 'KEYWORD_ONLY',
  '*': 'VAR_POSITIONAL',
  '**': 'VAR_KEYWORD',
};

/** A parameter as a `__signature__` says. */
export interface SaidParameter {
  readonly name: string;
  readonly annotation: Obj | undefined;
  readonly default: Obj | undefined;
}

/** The parameters that a function or a class was given in `__signature__`; nothing where it has none. */
export function saidParameters(holder: Func | Class): SaidParameter[] | undefined {
  const signature = holder.attrs.get('__signature__');
  const parameters = signature?.kind === 'instance' ? signature.attrs.get('parameters') : undefined;
  if (parameters?.kind !== 'dict') return undefined;
  return parameters.entries.flatMap(([, one]) => {
    if (one.kind !== 'instance') return [];
    const kind = one.attrs.get('kind');
    if (kind?.kind === 'external' && /VAR_\w+$/.test(kind.name)) return [];
    const held = (name: string) => {
      const value = one.attrs.get(name);
      return value?.kind === 'external' && value.name.endsWith('.empty') ? undefined : value;
    };
    return {
      name: textOf(one.attrs.get('name')) ?? '',
      annotation: held('annotation'),
      default: held('default'),
    };
  });
}

function parameterObject(attrs: ReadonlyMap<string, Obj>): Instance {
  const own = new Map(attrs);
  own.set(
    'replace',
    native('replace', (_machine, { keywords }) =>
      parameterObject(new Map([...attrs, ...keywords])),
    ),
  );
  return { kind: 'instance', class: external('inspect.Parameter'), attrs: own };
}

function signatureObject(machine: Machine, parameters: readonly Obj[]): Instance {
  const entries = parameters.map((one): [Obj, Obj] => [machine.attribute(one, 'name'), one]);
  return {
    kind: 'instance',
    class: external('inspect.Signature'),
    attrs: new Map<string, Obj>([
      ['parameters', { kind: 'dict', entries }],
      ['return_annotation', UNKNOWN],
      [
        'replace',
        native('replace', (_machine, { keywords }) => {
          const given = keywords.get('parameters');
          const items = given ? machine.iterate(given) : parameters;
          return items ? signatureObject(machine, items) : UNKNOWN;
        }),
      ],
    ]),
  };
}

function parametersOf(machine: Machine, func: Func): Obj[] {
  const wrapped = func.attrs.get('__wrapped__');
  if (wrapped?.kind === 'function' && !func.attrs.has('__signature__'))
    return parametersOf(machine, wrapped);
  const block = blockOf(func.id);
  return (machine.db.get(functionSignature, func.id)?.parameters ?? []).map((parameter) =>
    parameterObject(
      new Map<string, Obj>([
        ['name', text(parameter.name)],
        ['kind', external(`inspect.Parameter.${KINDS[parameter.kind] ?? 'POSITIONAL_OR_KEYWORD'}`)],
        ['default', func.defaults.get(parameter.name) ?? EMPTY],
        [
          'annotation',
          parameter.annotation ? machine.evaluate(parameter.annotation, func.env, block) : EMPTY,
        ],
      ]),
    ),
  );
}

function signatureOf(machine: Machine, object: Obj): Obj {
  if ('attrs' in object && object.kind !== 'instance') {
    const said = object.attrs.get('__signature__');
    if (said !== undefined) return said;
  }
  switch (object.kind) {
    case 'function':
      return signatureObject(machine, parametersOf(machine, object));
    case 'bound':
      return object.target.kind === 'function'
        ? signatureObject(machine, parametersOf(machine, object.target).slice(1))
        : UNKNOWN;
    case 'class': {
      const init = machine.classMember(object, '__init__')?.value;
      return signatureObject(
        machine,
        init?.kind === 'function' ? parametersOf(machine, init).slice(1) : [],
      );
    }
    case 'native':
      return signatureObject(machine, []);
    default:
      return UNKNOWN;
  }
}

/** `get_type_hints(cls)`: the annotations of a class and of those above it. */
function typeHints(machine: Machine, { args: [object], keywords }: Arguments): Obj {
  if (object?.kind !== 'class') return UNKNOWN;
  const hints = new Map<string, Obj>();
  for (const cls of machine.mro(object).toReversed())
    if (cls.kind === 'class')
      for (const [name, { node, env, block }] of cls.annotations) {
        const value = machine.evaluate(node, env, block);
        const keeps = keywords.has('include_extras');
        hints.set(name, value.kind === 'annotated' && !keeps ? value.type : value);
      }
  return { kind: 'dict', entries: [...hints].map(([name, value]) => [text(name), value]) };
}

type Call = (machine: Machine, call: Arguments) => Obj;

export const SIGNATURES: Readonly<Record<string, Call>> = {
  'inspect.signature': (machine, { args: [object = UNKNOWN] }) => signatureOf(machine, object),
  'inspect.Parameter': (_machine, { args: [name, kind], keywords }) =>
    parameterObject(
      new Map<string, Obj>([
        ['name', name ?? UNKNOWN],
        ['kind', kind ?? UNKNOWN],
        ['default', EMPTY],
        ['annotation', EMPTY],
        ...keywords,
      ]),
    ),
  'inspect.Signature': (machine, { args: [given], keywords }) => {
    const parameters = given ?? keywords.get('parameters');
    const items = parameters ? machine.iterate(parameters) : [];
    return items ? signatureObject(machine, items) : UNKNOWN;
  },
  'typing.get_type_hints': typeHints,
};
