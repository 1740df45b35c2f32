import data from './names.json' with { type: 'json' };

const MODULES: Readonly<Record<string, Readonly<Record<string, string>>>> = data.modules;

/** From where a thing is defined to the shortest name that it is imported by. */
const PUBLIC = new Map<string, string>();
for (const [module, names] of Object.entries(MODULES)) {
  for (const [name, defined] of Object.entries(names)) {
    // A module keeps its own name, wherever else it is imported.
    if (defined === '' || MODULES[defined] !== undefined) continue;
    const candidate = `${module}.${name}`;
    const known = PUBLIC.get(defined) ?? (isImportable(defined) ? defined : undefined);
    const best = known === undefined || isBetter(candidate, known, defined) ? candidate : known;
    PUBLIC.set(defined, best);
  }
}

function isImportable(dotted: string): boolean {
  const dot = dotted.lastIndexOf('.');
  return MODULES[dotted.slice(0, dot)]?.[dotted.slice(dot + 1)] !== undefined;
}

function isBetter(candidate: string, known: string, defined: string): boolean {
  const depth = candidate.split('.').length - known.split('.').length;
  if (depth !== 0) return depth < 0;
  // Where two are as short, the place of definition, then its own package.
  if (known === defined) return false;
  const own = `${defined.split('.')[0]}.`;
  if (candidate.startsWith(own) !== known.startsWith(own)) return candidate.startsWith(own);
  return (
    candidate.length < known.length || (candidate.length === known.length && candidate < known)
  );
}

const cache = new Map<string, string>();

/**
 * The one name by which the tables know a thing, however it was imported: `fastapi.param_functions.Depends` is
 * `fastapi.Depends`. What is not in the generated table of names stays as it is.
 */
export function publicName(dotted: string): string {
  const known = cache.get(dotted);
  if (known !== undefined) return known;
  const found = find(dotted);
  cache.set(dotted, found);
  return found;
}

function find(dotted: string): string {
  const direct = PUBLIC.get(dotted);
  if (direct !== undefined) return direct;
  const parts = dotted.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const names = MODULES[parts.slice(0, length).join('.')];
    if (names === undefined) continue;
    const name = parts[length] ?? '';
    const defined = names[name];
    if (!defined) break;
    const rest = parts.slice(length + 1);
    return [PUBLIC.get(defined) ?? defined, ...rest].join('.');
  }
  // A method of a class that is named by where it is defined.
  const owner = PUBLIC.get(parts.slice(0, -1).join('.'));
  return owner === undefined ? dotted : `${owner}.${parts[parts.length - 1]}`;
}

/** Packages whose every public name is in the table. */
const WHOLE: ReadonlySet<string> = new Set([
  'fastapi',
  'starlette',
  'pydantic',
  'pydantic_settings',
]);

const UNAVAILABLE: readonly string[] = data.unavailable;
const VERSIONS: Readonly<Record<string, string>> = data.packages;

/** The version of a package that the table of names was made from. */
export function tableVersion(pack: string): string | undefined {
  return VERSIONS[pack];
}

/**
 * Whether a module, or a name in one, is in the table's version of its package. `undefined` for what the table can't
 * tell: private names, other packages, modules that could not be imported when it was made.
 */
export function exists(module: string, name?: string): boolean | undefined {
  const dotted = name === undefined ? module : `${module}.${name}`;
  const parts = dotted.split('.');
  const [pack = ''] = parts;
  // Of other packages only the modules that FastAPI code imports most are in the table.
  if (!WHOLE.has(pack) || parts.some((part) => part.startsWith('_'))) return undefined;
  if (UNAVAILABLE.some((one) => dotted === one || dotted.startsWith(`${one}.`))) return undefined;
  const names = MODULES[module];
  return names !== undefined && (name === undefined || names[name] !== undefined);
}

/**
 * The module to import a name from, when only one thing is called so: the package itself, the module of the package
 * that mirrors the one that defines it (`fastapi.responses`), else the shortest one above the place of definition.
 */
export function homeOf(name: string, pack: string): string | undefined {
  const modules = Object.entries(MODULES).filter(
    ([module, names]) =>
      WHOLE.has(topOf(module)) &&
      names[name] !== undefined &&
      MODULES[`${module}.${name}`] === undefined,
  );
  const things = new Set(modules.map(([module, names]) => names[name] || `${module}.${name}`));
  const [thing] = things;
  if (thing === undefined || things.size !== 1) return undefined;
  const owner = thing.slice(0, thing.lastIndexOf('.'));
  const own = modules.map(([module]) => module);
  const above = own.filter((module) => owner === module || owner.startsWith(`${module}.`));
  const mirrors = own.filter(
    (module) => topOf(module) === pack && module.split('.').at(-1) === owner.split('.').at(-1),
  );
  const isOwn = topOf(owner) === pack;
  const homes = own.includes(pack) ? [pack] : isOwn ? above : [...mirrors, ...above];
  return isOwn ? homes.sort((a, b) => a.length - b.length)[0] : homes[0];
}

function topOf(module: string): string {
  return module.split('.', 1)[0] ?? '';
}
