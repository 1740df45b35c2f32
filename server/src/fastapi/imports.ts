/** Imports of FastAPI, Starlette and Pydantic that fail, and where what they are after lives. */
import { goneSince } from '../knowledge/moved.ts';
import { exists, homeOf, tableVersion } from '../knowledge/names.ts';
import { compareVersions } from '../project/specifier.ts';
import { resolveModule } from '../python/modules.ts';
import type { ImportSite } from '../python/sites.ts';
import type { ImportedName, Span } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';
import { versionOf } from './versions.ts';

export interface UnknownImport {
  readonly kind: 'module' | 'name';
  readonly module: string;
  /** The name that is not there; of a missing module, the first that was wanted from it. */
  readonly name: string | undefined;
  /** The module that has it: of a missing module, all that was wanted from it. */
  readonly home: string | undefined;
  readonly at: Span;
}

/** What an import asks for in vain; nothing behind a condition or in a `try`, where it may be a shim. */
export function unknownImports(subject: Subject, site: ImportSite): readonly UnknownImport[] {
  const { node, isConditional } = site;
  if (isConditional) return [];
  if (node.type === 'import')
    return node.names.flatMap((one) =>
      isMissing(subject, one.name)
        ? { kind: 'module', module: one.name, name: undefined, home: undefined, at: one }
        : [],
    );
  const { module, level, names } = node;
  if (level > 0 || names.some(({ name }) => name === '*')) return [];
  if (exists(module) === false) {
    if (!names.some(({ name }) => isMissing(subject, module, name))) return [];
    const homes = new Set(names.map(({ name }) => homeOf(name, packageOf(module))));
    const [home] = homes;
    const at = moduleSpan(subject, node, module);
    const only = homes.size === 1 ? home : undefined;
    return [{ kind: 'module', module, name: names[0]?.name, home: only, at }];
  }
  if (exists(module) !== true) return [];
  return names.flatMap((one: ImportedName) =>
    isMissing(subject, module, one.name)
      ? {
          kind: 'name',
          module,
          name: one.name,
          home: homeOf(one.name, packageOf(module)),
          at: one,
        }
      : [],
  );
}

/** Whether a module (or, where the module is there, a name in it) is in none of the versions that the project may have. */
function isMissing(subject: Subject, module: string, name?: string): boolean {
  const { db, path } = subject;
  const pack = packageOf(module);
  const table = tableVersion(pack);
  if (table === undefined || exists(module) === undefined) return false;
  const isThere =
    name !== undefined && exists(module) === true ? exists(module, name) : exists(module);
  if (isThere !== false || resolveModule(db, path, pack) !== null) return false;
  const pinned = versionOf(db, path, pack.replaceAll('_', '-'));
  if (pinned === undefined || isSameMinor(pinned, table)) return true;
  // Another version than the table's: only what is known to have gone, and when.
  const since = name === undefined ? undefined : goneSince(module, name);
  return since !== undefined && compareVersions(pinned, since) >= 0;
}

/** `2.9999` stands for the newest 2 there is (see specifier.ts). */
function isSameMinor(pinned: string, table: string): boolean {
  const [major, minor] = pinned.split('.');
  const [tableMajor, tableMinor] = table.split('.');
  return major === tableMajor && (minor === tableMinor || minor === '9999');
}

function packageOf(module: string): string {
  return module.split('.', 1)[0] ?? '';
}

function moduleSpan(subject: Subject, node: Span, module: string): Span {
  const start = node.start + Math.max(subject.textOf(node).indexOf(module), 0);
  return { start, end: start + module.length };
}
