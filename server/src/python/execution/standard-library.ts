/** What the parts of Python's own library do that build applications out of modules. */
import { parentOf } from '../modules.ts';
import { BUILTIN_CALLS } from './builtins.ts';
import { fieldValue, makeField } from './fields.ts';
import { show } from './formatting.ts';
import { FUNCTIONS } from './functions.ts';
import { modulesIn } from './importing.ts';
import { importByName, iterModules } from './imports.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  type Dict,
  external,
  FALSE,
  type Instance,
  list,
  NONE,
  native,
  number,
  type Obj,
  shown,
  text,
  textOf,
  truth,
  tuple,
  UNKNOWN,
  UNSET,
} from './objects.ts';
import { joinPaths, makePath } from './paths.ts';
import { REGULAR_EXPRESSIONS } from './regular-expressions.ts';
import { SEQUENCES } from './sequences.ts';
import { SIGNATURES } from './signature-objects.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const first = ({ args }: Arguments): Obj => args[0] ?? UNKNOWN;

const isOfKind =
  (...kinds: readonly string[]): Call =>
  (_machine, call) =>
    first(call).kind === 'unknown' ? UNKNOWN : bool(kinds.includes(first(call).kind));

const CALLS: Readonly<Record<string, Call>> = {
  ...BUILTIN_CALLS,
  ...SEQUENCES,
  ...FUNCTIONS,
  ...REGULAR_EXPRESSIONS,
  ...SIGNATURES,
  'dataclasses.dataclass': (_machine, { args: [target] }) =>
    target ?? native('dataclass', (_inner, call) => first(call)),
  'typing.cast': (_machine, { args: [, value] }) => value ?? UNKNOWN,
  'typing.overload': (_machine, call) => first(call),
  'typing.final': (_machine, call) => first(call),
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
      annotations: new Map(),
      isDataclass: true,
    };
  },
  'collections.OrderedDict': (machine, call) => (CALLS['builtins.dict'] as Call)(machine, call),
  'types.SimpleNamespace': (_machine, { keywords }) => ({
    kind: 'instance',
    class: external('types.SimpleNamespace'),
    attrs: new Map(keywords),
  }),
  'pathlib.Path': makePath,
  'pathlib.PurePosixPath': makePath,
  'pathlib.PurePath': makePath,
  'enum.auto': () => ({ kind: 'instance', class: external('enum.auto'), attrs: new Map() }),
  'copy.deepcopy': (_machine, call) => first(call),
  'builtins.object.__new__': (machine, { args: [cls] }) =>
    cls?.kind === 'class' ? machine.allocate(cls) : UNKNOWN,
  'collections.defaultdict': (machine, { args: [factory, ...rest], ...call }) => {
    const filled = callStandard(machine, 'builtins.dict', { ...call, args: rest });
    const entries = filled?.kind === 'dict' ? filled.entries : [];
    return {
      kind: 'dict',
      entries,
      ...(factory && factory.kind !== 'none' && { factory }),
    };
  },
  'builtins.dict.fromkeys': (machine, { args: [keys, value = NONE] }) => {
    const found = keys && machine.iterate(keys);
    return found ? { kind: 'dict', entries: found.map((key) => [key, value]) } : UNKNOWN;
  },
  'collections.ChainMap': (_machine, { args }) => ({
    kind: 'dict',
    entries: args.flatMap((one) => (one.kind === 'dict' ? one.entries : [])).reverse(),
  }),
  'collections.deque': (machine, { args: [items] }) =>
    list((items && machine.iterate(items)) ?? []),
  'copy.copy': (_machine, call) => copied(first(call)),
  'dataclasses.field': (_machine, call) => makeField(call),
  'dataclasses.replace': (machine, { args: [object], keywords, ...call }) => {
    if (object?.kind !== 'instance' || object.class.kind !== 'class') return UNKNOWN;
    const fields = new Map(fieldsOf(machine, object));
    for (const [name, value] of keywords) fields.set(name, value);
    return machine.instantiate(object.class, { ...call, args: [], keywords: fields });
  },
  'dataclasses.asdict': (machine, call) => asDict(machine, first(call)),
  'dataclasses.astuple': (machine, call) =>
    tuple(fieldsOf(machine, first(call)).map(([, value]) => value)),
  'dataclasses.fields': (machine, call) =>
    list(
      fieldsOf(machine, first(call)).map(([name]) => ({
        kind: 'instance',
        class: external('dataclasses.Field'),
        attrs: new Map<string, Obj>([['name', text(name)]]),
        state: {},
      })),
    ),
  'inspect.getmembers': (machine, { args: [object, given], keywords, site }) => {
    const predicate = given ?? keywords.get('predicate');
    const names = object && machine.namesOf(object);
    if (!object || !names) return UNKNOWN;
    const all = names.map((name) => ({ name, value: machine.attribute(object, name) }));
    const holds = (value: Obj) =>
      predicate === undefined ||
      truth(
        machine.call(predicate, { args: [value], keywords: new Map(), isPartial: false, site }),
      ) === true;
    return list(
      all.filter(({ value }) => holds(value)).map(({ name, value }) => tuple([text(name), value])),
    );
  },
  'inspect.isfunction': isOfKind('function', 'lambda'),
  'inspect.ismethod': isOfKind('bound'),
  'inspect.isroutine': isOfKind('function', 'lambda', 'bound', 'native'),
  'inspect.isclass': isOfKind('class'),
  'inspect.ismodule': isOfKind('module'),
  'os.path.basename': (_machine, call) => {
    const path = textOf(first(call));
    return path === undefined ? UNKNOWN : text(path.slice(path.lastIndexOf('/') + 1));
  },
  'os.path.splitext': (_machine, call) => {
    const path = textOf(first(call));
    if (path === undefined) return UNKNOWN;
    const [extension = ''] = /(?<=[^/])\.[^./]*$/.exec(path) ?? [];
    return tuple([text(path.slice(0, path.length - extension.length)), text(extension)]);
  },
  'os.path.realpath': (_machine, call) => first(call),
  'string.Template': (_machine, call) => ({
    kind: 'instance',
    class: external('string.Template'),
    attrs: new Map([['template', first(call)]]),
  }),
  'textwrap.dedent': (_machine, call) => {
    const written = textOf(first(call));
    if (written === undefined) return UNKNOWN;
    const lines = written.split('\n');
    const filled = lines.filter((line) => line.trim() !== '');
    const margin = Math.min(...filled.map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
    return text(lines.map((line) => (line.trim() === '' ? '' : line.slice(margin))).join('\n'));
  },
  'types.MappingProxyType': (_machine, call) => first(call),
  'urllib.parse.urljoin': (_machine, { args: [base, path] }) => {
    const [from, to] = [textOf(base), textOf(path)];
    if (from === undefined || to === undefined || !`${from}${to}`.match(/^[\w\-./:]*$/))
      return UNKNOWN;
    if (to === '' || to.startsWith('/')) return text(to || from);
    return /:|\.\./.test(from + to) ? UNKNOWN : text(from.slice(0, from.lastIndexOf('/') + 1) + to);
  },
  'urllib.parse.urlparse': parsedAddress,
  'urllib.parse.urlsplit': parsedAddress,
};

/** The parts of an address. */
function parsedAddress(_machine: Machine, call: Arguments): Obj {
  const address = textOf(first(call));
  const parts =
    address === undefined
      ? null
      : /^(?:(\w+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(address);
  if (parts === null) return UNKNOWN;
  const names = ['scheme', 'netloc', 'path', 'query', 'fragment'];
  const attrs = new Map(names.map((name, index) => [name, text(parts[index + 1] ?? '')] as const));
  return { kind: 'instance', class: external('urllib.parse.ParseResult'), attrs };
}

function copied(object: Obj): Obj {
  if (object.kind === 'list' || object.kind === 'set')
    return { kind: object.kind, items: [...object.items] };
  if (object.kind === 'dict') return { kind: 'dict', entries: [...object.entries] };
  if (object.kind !== 'instance' || object.state !== undefined) return object;
  return { ...object, attrs: new Map(object.attrs) };
}

/** The fields of a dataclass, in order, with what an object of it has. */
function fieldsOf(machine: Machine, object: Obj): [string, Obj][] {
  const cls = object.kind === 'instance' ? object.class : object;
  if (cls.kind !== 'class') return [];
  const classes = machine.mro(cls).toReversed();
  const names = new Set(classes.flatMap((one) => (one.kind === 'class' ? one.fields : [])));
  return [...names].map((name) => [name, fieldValue(machine, machine.attribute(object, name))]);
}

function asDict(machine: Machine, object: Obj): Obj {
  if (object.kind === 'list' || object.kind === 'tuple')
    return { kind: object.kind, items: object.items.map((item) => asDict(machine, item)) };
  if (object.kind !== 'instance' || object.class.kind !== 'class' || !object.class.isDataclass)
    return object;
  const entries = fieldsOf(machine, object).map(([name, value]): [Obj, Obj] => [
    text(name),
    asDict(machine, value),
  ]);
  return { kind: 'dict', entries };
}

/** Methods of the objects that Python's own library makes. */
export function standardAttribute(
  machine: Machine,
  self: Instance,
  className: string,
  name: string,
): Obj | undefined {
  if (className === 'string.Template' && /^(?:safe_)?substitute$/.test(name))
    return native(name, (_machine, { args: [given], keywords }) => {
      const values = new Map(keywords);
      for (const [key, value] of (given?.kind === 'dict' ? given : EMPTY).entries)
        values.set(textOf(key) ?? '', value);
      const template = textOf(self.attrs.get('template')) ?? '';
      return text(
        template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_whole, plain?: string, braced?: string) => {
          const wanted = plain ?? braced;
          return wanted === undefined ? '$' : show(machine, values.get(wanted) ?? UNKNOWN);
        }),
      );
    });
  return undefined;
}

const EMPTY: Dict = { kind: 'dict', entries: [] };

/** What is used when a variable is not set; without that it can't be known. */
function environment(_machine: Machine, { args: [, otherwise], keywords }: Arguments): Obj {
  return otherwise ?? keywords.get('default') ?? UNSET;
}

/** Calls a function of Python's own library; nothing when it is not one that is followed. */
export function callStandard(machine: Machine, name: string, call: Arguments): Obj | undefined {
  // `map(str.lower, names)`
  const method = /^builtins\.(?:str|list|dict|set)\.(\w+)$/.exec(name)?.[1];
  const [self, ...args] = call.args;
  if (method !== undefined && CALLS[name] === undefined && self)
    return machine.call(machine.attribute(self, method), { ...call, args });
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
