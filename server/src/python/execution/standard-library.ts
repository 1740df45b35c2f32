/** What the parts of Python's own library do that build applications out of modules. */
import { parentOf } from '../modules.ts';
import { formatted, represent, show } from './formatting.ts';
import { importByName, iterModules } from './imports.ts';
import { type Machine, modulesIn } from './machine.ts';
import {
  type Arguments,
  bool,
  type Class,
  external,
  FALSE,
  list,
  NONE,
  native,
  number,
  type Obj,
  shown,
  TRUE,
  text,
  textOf,
  truth,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
  UNSET,
} from './objects.ts';
import { joinPaths, makePath } from './paths.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const first = ({ args }: Arguments): Obj => args[0] ?? UNKNOWN;

/** A new container of what another holds; unknown when that can't be known. */
const collect =
  (kind: 'list' | 'tuple' | 'set'): Call =>
  (machine, { args: [items] }) => {
    if (items === undefined) return { kind, items: [] };
    const found = machine.iterate(items);
    return found ? { kind, items: found } : UNKNOWN;
  };

const mapped =
  (change: (items: Obj[]) => Obj[]): Call =>
  (machine, call) => {
    const items = machine.iterate(first(call));
    return items ? list(change(items)) : UNKNOWN;
  };

const CALLS: Readonly<Record<string, Call>> = {
  'builtins.list': collect('list'),
  'builtins.tuple': collect('tuple'),
  'builtins.set': collect('set'),
  'builtins.frozenset': collect('set'),
  'builtins.iter': collect('list'),
  'builtins.reversed': mapped((items) => items.reverse()),
  'builtins.sorted': sorted,
  'builtins.enumerate': (machine, { args: [items, start], keywords }) => {
    const found = items && machine.iterate(items);
    const given = start ?? keywords.get('start');
    const offset = given?.kind === 'number' ? given.value : 0;
    return found
      ? list(found.map((item, index) => tuple([number(index + offset), item])))
      : UNKNOWN;
  },
  'builtins.zip': (machine, { args }) => {
    const columns = args.map((items) => machine.iterate(items));
    const shortest = Math.min(...columns.map((column) => column?.length ?? 0));
    if (columns.includes(undefined)) return UNKNOWN;
    const rows = Array.from({ length: shortest }, (_, row) =>
      tuple(columns.map((column) => column?.[row] ?? UNKNOWN)),
    );
    return list(rows);
  },
  'builtins.map': (machine, { args: [callee, items], site }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    return list(
      found.map((item) =>
        machine.call(callee, { args: [item], keywords: new Map(), isPartial: false, site }),
      ),
    );
  },
  'builtins.filter': (machine, { args: [callee, items], site }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    const keeps = (item: Obj) =>
      callee.kind === 'none'
        ? truth(item)
        : truth(
            machine.call(callee, { args: [item], keywords: new Map(), isPartial: false, site }),
          );
    return list(found.filter((item) => keeps(item) !== false));
  },
  'builtins.range': (_machine, { args }) => {
    const numbers = args.flatMap((one) => (one.kind === 'number' ? one.value : []));
    if (numbers.length !== args.length || numbers.length === 0) return UNKNOWN;
    const [from, to, step] =
      numbers.length === 1
        ? [0, numbers[0] ?? 0, 1]
        : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
    const items: Obj[] = [];
    for (let i = from; step > 0 ? i < to : i > to; i += step || 1) {
      if (items.length >= 2_000) break;
      items.push(number(i));
    }
    return list(items);
  },
  'builtins.len': (machine, call) => {
    const one = first(call);
    if (one.kind === 'str')
      return one.value.includes(UNKNOWN_PART) ? UNKNOWN : number(one.value.length);
    const items = machine.iterate(one);
    return items ? number(items.length) : UNKNOWN;
  },
  'builtins.str': (machine, call) => text(call.args.length === 0 ? '' : show(machine, first(call))),
  'builtins.repr': (machine, call) => text(represent(machine, first(call))),
  'builtins.format': (machine, { args: [value = UNKNOWN, spec] }) =>
    text(formatted(machine, value, textOf(spec) ?? '')),
  'builtins.int': (_machine, call) => {
    const one = first(call);
    if (one.kind === 'number') return number(Math.trunc(one.value));
    if (one.kind === 'bool') return number(Number(one.value));
    return one.kind === 'str' && /^\s*-?\d+\s*$/.test(one.value)
      ? number(Number(one.value))
      : UNKNOWN;
  },
  'builtins.bool': (_machine, call) => {
    const holds = call.args.length === 0 ? false : truth(first(call));
    return holds === undefined ? UNKNOWN : bool(holds);
  },
  'builtins.any': (machine, call) => {
    const found = machine.iterate(first(call))?.map(truth);
    if (found === undefined) return UNKNOWN;
    if (found.includes(true)) return TRUE;
    return found.includes(undefined) ? UNKNOWN : FALSE;
  },
  'builtins.all': (machine, call) => {
    const found = machine.iterate(first(call))?.map(truth);
    if (found === undefined) return UNKNOWN;
    if (found.includes(false)) return FALSE;
    return found.includes(undefined) ? UNKNOWN : TRUE;
  },
  'builtins.dict': (machine, { args: [from], keywords }) => {
    const entries: [Obj, Obj][] = from?.kind === 'dict' ? [...from.entries] : [];
    const pairs = from && from.kind !== 'dict' ? machine.iterate(from) : [];
    for (const pair of pairs ?? []) {
      const [key, value] = machine.iterate(pair) ?? [];
      if (key && value) entries.push([key, value]);
    }
    for (const [key, value] of keywords) entries.push([text(key), value]);
    return { kind: 'dict', entries };
  },
  'builtins.next': (machine, { args: [items, otherwise] }) =>
    machine.iterate(items ?? UNKNOWN)?.[0] ?? otherwise ?? UNKNOWN,
  'builtins.getattr': (machine, { args: [object, name, otherwise] }) => {
    const wanted = textOf(name);
    if (object === undefined || wanted === undefined) return UNKNOWN;
    const value = machine.attributeIfAny(object, wanted);
    return value ?? otherwise ?? UNKNOWN;
  },
  'builtins.hasattr': (machine, { args: [object, name] }) => {
    const wanted = textOf(name);
    if (object === undefined || wanted === undefined) return UNKNOWN;
    const value = machine.attributeIfAny(object, wanted);
    return value?.kind === 'unknown' ? UNKNOWN : bool(value !== undefined);
  },
  'builtins.setattr': (_machine, { args: [object, name, value] }) => {
    const wanted = textOf(name);
    if (wanted !== undefined && value && object && 'attrs' in object)
      object.attrs.set(wanted, value);
    return NONE;
  },
  'builtins.vars': (machine, call) => {
    const one = first(call);
    return one.kind === 'module' || one.kind === 'class'
      ? {
          kind: 'dict',
          entries: [...one.attrs].map(([key, value]): [Obj, Obj] => [text(key), value]),
        }
      : machine.attribute(one, '__dict__');
  },
  'builtins.dir': (_machine, call) => {
    const one = first(call);
    if (one.kind === 'class') return list([...one.attrs.keys()].sort().map(text));
    if (one.kind === 'module') return list([...one.attrs.keys()].sort().map(text));
    if (one.kind === 'instance' && one.class.kind === 'class')
      return list([...new Set([...one.attrs.keys(), ...one.class.attrs.keys()])].sort().map(text));
    return UNKNOWN;
  },
  'builtins.callable': (_machine, call) => {
    const { kind } = first(call);
    if (kind === 'unknown' || kind === 'external' || kind === 'instance') return UNKNOWN;
    return bool(['function', 'lambda', 'bound', 'native', 'partial', 'class'].includes(kind));
  },
  'builtins.isinstance': (machine, { args: [object, classes] }) =>
    isInstance(machine, object, classes),
  'builtins.issubclass': (machine, { args: [one, classes] }) =>
    one?.kind === 'class'
      ? isInstance(machine, { kind: 'instance', class: one, attrs: new Map() }, classes)
      : UNKNOWN,
  'builtins.type': (_machine, call) => {
    const [one, bases, attrs] = call.args;
    const name = textOf(one);
    if (name !== undefined && bases?.kind === 'tuple' && attrs?.kind === 'dict')
      return madeClass(name, bases.items, attrs.entries);
    return one?.kind === 'instance' ? one.class : UNKNOWN;
  },
  'builtins.print': () => NONE,
  'functools.partial': (_machine, { args: [target, ...args], keywords }) =>
    target ? { kind: 'partial', target, args, keywords } : UNKNOWN,
  'functools.partialmethod': () => UNKNOWN,
  'functools.wraps': (_machine, { args: [wrapped] }) =>
    native('wraps', (_inner, { args: [wrapper] }) => {
      if (wrapper?.kind === 'function' && wrapped) wrapper.attrs.set('__wrapped__', wrapped);
      return wrapper ?? UNKNOWN;
    }),
  'functools.update_wrapper': (_machine, { args: [wrapper, wrapped] }) => {
    if (wrapper?.kind === 'function' && wrapped) wrapper.attrs.set('__wrapped__', wrapped);
    return wrapper ?? UNKNOWN;
  },
  'functools.lru_cache': (_machine, { args: [target] }) =>
    target?.kind === 'function' ? target : native('lru_cache', (_inner, call) => first(call)),
  'functools.cache': (_machine, call) => first(call),
  'functools.reduce': (machine, { args: [callee, items, start], site }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    const all = start ? [start, ...found] : found;
    return all.reduce((left, right) =>
      machine.call(callee, { args: [left, right], keywords: new Map(), isPartial: false, site }),
    );
  },
  'contextlib.asynccontextmanager': (_machine, call) => first(call),
  'contextlib.contextmanager': (_machine, call) => first(call),
  'contextlib.suppress': () => NONE,
  'dataclasses.dataclass': (_machine, { args: [target] }) =>
    target ?? native('dataclass', (_inner, call) => first(call)),
  'dataclasses.field': fieldDefault,
  'typing.cast': (_machine, { args: [, value] }) => value ?? UNKNOWN,
  'typing.overload': (_machine, call) => first(call),
  'typing.final': (_machine, call) => first(call),
  'itertools.chain': (machine, { args }) => {
    const parts = args.map((items) => machine.iterate(items));
    return parts.includes(undefined) ? UNKNOWN : list(parts.flatMap((part) => part ?? []));
  },
  'itertools.chain.from_iterable': (machine, call) => {
    const parts = machine.iterate(first(call))?.map((items) => machine.iterate(items));
    return !parts || parts.includes(undefined)
      ? UNKNOWN
      : list(parts.flatMap((part) => part ?? []));
  },
  'itertools.product': (machine, { args }) => {
    const columns = args.map((items) => machine.iterate(items));
    if (columns.includes(undefined)) return UNKNOWN;
    const rows = columns.reduce<Obj[][]>(
      (sofar, column) => sofar.flatMap((row) => (column ?? []).map((item) => [...row, item])),
      [[]],
    );
    return list(rows.map((row) => tuple(row)));
  },
  'operator.attrgetter': (_machine, { args: [name] }) =>
    native('attrgetter', (machine, call) => machine.attribute(first(call), textOf(name) ?? '')),
  'os.getenv': environment,
  'os.environ.get': environment,
  'os.path.join': joinPaths,
  'posixpath.join': joinPaths,
  'os.path.dirname': (_machine, call) => {
    const path = textOf(first(call));
    return path === undefined ? UNKNOWN : text(parentOf(path));
  },
  'os.path.abspath': (_machine, call) => first(call),
  'os.listdir': (machine, call) => {
    const folder = textOf(first(call));
    if (folder === undefined) return UNKNOWN;
    return list(
      modulesIn(machine.db, folder).map(({ name, isPackage }) =>
        text(isPackage ? name : `${name}.py`),
      ),
    );
  },
  'importlib.import_module': importByName,
  'builtins.__import__': (machine, call) => {
    const listed = call.args[3] ?? call.keywords.get('fromlist');
    const last = importByName(machine, { ...call, args: call.args.slice(0, 1) });
    if (listed && truth(listed) === true) return last;
    const [top = ''] = (textOf(call.args[0]) ?? '').split('.');
    return importByName(machine, { ...call, args: [text(top)] });
  },
  'pkgutil.iter_modules': iterModules,
  'pkgutil.walk_packages': iterModules,
  'inspect.getmembers': (machine, { args: [object, predicate], site }) => {
    if (object === undefined || !('attrs' in object)) return UNKNOWN;
    const all = [...object.attrs].sort(([a], [b]) => (a < b ? -1 : 1));
    const kept = all.filter(
      ([, value]) =>
        predicate === undefined ||
        truth(
          machine.call(predicate, { args: [value], keywords: new Map(), isPartial: false, site }),
        ) === true,
    );
    return list(kept.map(([name, value]) => tuple([text(name), value])));
  },
  'inspect.isfunction': (_machine, call) => bool(first(call).kind === 'function'),
  'inspect.ismethod': (_machine, call) => bool(first(call).kind === 'bound'),
  'inspect.isclass': (_machine, call) => bool(first(call).kind === 'class'),
  'collections.namedtuple': (machine, { args: [name, fields] }) => {
    const listed =
      textOf(fields)?.split(/[\s,]+/) ??
      machine.iterate(fields ?? UNKNOWN)?.map((one) => shown(one));
    if (!listed) return UNKNOWN;
    return {
      kind: 'class',
      name: textOf(name) ?? '',
      id: undefined,
      bases: [],
      attrs: new Map(),
      fields: listed,
      isDataclass: true,
    };
  },
  'collections.OrderedDict': (machine, call) => (CALLS['builtins.dict'] as Call)(machine, call),
  'collections.defaultdict': (_machine, { args: [factory] }) => ({
    kind: 'dict',
    entries: [],
    ...(factory && factory.kind !== 'none' && { factory }),
  }),
  'types.SimpleNamespace': (_machine, { keywords }) => ({
    kind: 'instance',
    class: external('types.SimpleNamespace'),
    attrs: new Map(keywords),
  }),
  'types.MappingProxyType': (_machine, call) => first(call),
  'pathlib.Path': makePath,
  'pathlib.PurePosixPath': makePath,
  'pathlib.PurePath': makePath,
  'enum.auto': () => ({ kind: 'instance', class: external('enum.auto'), attrs: new Map() }),
  'copy.copy': (_machine, call) => first(call),
  'copy.deepcopy': (_machine, call) => first(call),
  'builtins.property': (_machine, call) => ({
    kind: 'descriptor',
    form: 'property',
    target: first(call),
  }),
  'builtins.staticmethod': (_machine, call) => ({
    kind: 'descriptor',
    form: 'staticmethod',
    target: first(call),
  }),
  'builtins.classmethod': (_machine, call) => ({
    kind: 'descriptor',
    form: 'classmethod',
    target: first(call),
  }),
};

function sorted(machine: Machine, { args: [items], keywords, site }: Arguments): Obj {
  const found = items && machine.iterate(items);
  if (!found) return UNKNOWN;
  const key = keywords.get('key');
  const keyed = found.map((item) => {
    const by = key
      ? machine.call(key, { args: [item], keywords: new Map(), isPartial: false, site })
      : item;
    return { item, by: by.kind === 'number' ? by.value : (textOf(by) ?? '') };
  });
  keyed.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
  const reverse = keywords.get('reverse');
  if (reverse && truth(reverse) === true) keyed.reverse();
  return list(keyed.map(({ item }) => item));
}

function fieldDefault(machine: Machine, { keywords, site }: Arguments): Obj {
  const factory = keywords.get('default_factory');
  if (factory)
    return machine.call(factory, { args: [], keywords: new Map(), isPartial: false, site });
  return keywords.get('default') ?? UNKNOWN;
}

/** What is used when a variable is not set; without that it can't be known. */
function environment(_machine: Machine, { args: [, otherwise], keywords }: Arguments): Obj {
  return otherwise ?? keywords.get('default') ?? UNSET;
}

function isInstance(machine: Machine, object: Obj | undefined, classes: Obj | undefined): Obj {
  const wanted = classes?.kind === 'tuple' ? classes.items : [classes ?? UNKNOWN];
  const answers = wanted.map((one) => isOne(machine, object ?? UNKNOWN, one));
  if (answers.includes(true)) return TRUE;
  return answers.includes(undefined) ? UNKNOWN : FALSE;
}

const PLAIN: Readonly<Record<string, string>> = {
  str: 'builtins.str',
  list: 'builtins.list',
  tuple: 'builtins.tuple',
  dict: 'builtins.dict',
  set: 'builtins.set',
  bool: 'builtins.bool',
};

function isOne(machine: Machine, object: Obj, wanted: Obj): boolean | undefined {
  if (object.kind === 'unknown' || object.kind === 'external') return undefined;
  if (wanted.kind === 'external') {
    if (object.kind === 'instance')
      return machine
        .externalBases(object.class)
        .some((name) => machine.library.isSubclass(name, wanted.name));
    const plain = PLAIN[object.kind];
    if (plain !== undefined) return plain === wanted.name;
    if (object.kind === 'number')
      return wanted.name === (object.isFloat ? 'builtins.float' : 'builtins.int');
    return false;
  }
  if (wanted.kind !== 'class') return undefined;
  if (object.kind !== 'instance' || object.class.kind !== 'class') return false;
  return isBelow(object.class, wanted);
}

function isBelow(cls: Class, wanted: Class): boolean {
  return cls === wanted || cls.bases.some((base) => base.kind === 'class' && isBelow(base, wanted));
}

function madeClass(
  name: string,
  bases: readonly Obj[],
  entries: readonly (readonly [Obj, Obj])[],
): Class {
  const attrs = new Map<string, Obj>();
  for (const [key, value] of entries) attrs.set(textOf(key) ?? '', value);
  return { kind: 'class', name, id: undefined, bases, attrs, fields: [], isDataclass: false };
}

/** Calls a function of Python's own library; nothing when it is not one that is followed. */
export function callStandard(machine: Machine, name: string, call: Arguments): Obj | undefined {
  return CALLS[name]?.(machine, call);
}

const CONSTANTS: Readonly<Record<string, Obj>> = {
  'typing.TYPE_CHECKING': FALSE,
  'sys.version_info': tuple([number(3), number(12), number(0)]),
  'sys.platform': text('linux'),
  'os.name': text('posix'),
  'os.sep': text('/'),
};

export function standardConstant(name: string): Obj | undefined {
  return CONSTANTS[name];
}
