/** Importing by name, and listing what there is to import. */
import { modulesIn } from './importing.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  external,
  type Instance,
  list,
  type Obj,
  text,
  textOf,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';
import { pathText } from './paths.ts';

export function importByName(
  machine: Machine,
  { args: [name, anchor], keywords, site }: Arguments,
): Obj {
  const dotted = textOf(name);
  if (dotted === undefined || dotted.includes(UNKNOWN_PART)) return UNKNOWN;
  const from = site.block.slice(0, site.block.lastIndexOf('#'));
  if (!dotted.startsWith('.')) return machine.importModule(from, dotted);
  const base = textOf(anchor ?? keywords.get('package'));
  const level = /^\.+/.exec(dotted)?.[0].length ?? 0;
  const rest = dotted.slice(level);
  if (base === undefined) return UNKNOWN;
  const parts = base.split('.');
  const parent = parts.slice(0, parts.length - (level - 1)).join('.');
  return machine.importModule(from, [parent, rest].filter((part) => part !== '').join('.'));
}

export function iterModules(machine: Machine, { args: [paths, before], keywords }: Arguments): Obj {
  const given = paths ?? keywords.get('path');
  const folders = given && machine.iterate(given);
  if (!folders) return UNKNOWN;
  const prefix = textOf(before ?? keywords.get('prefix')) ?? '';
  return list(
    folders.flatMap((folder) =>
      modulesIn(machine.db, textOf(folder) ?? pathText(folder) ?? '').map(({ name, isPackage }) => {
        const full = text(prefix + name);
        const info: Instance = {
          kind: 'instance',
          class: external('pkgutil.ModuleInfo'),
          attrs: new Map<string, Obj>([
            ['name', full],
            ['ispkg', bool(isPackage)],
            ['module_finder', UNKNOWN],
          ]),
        };
        info.attrs.set('_items_', tuple([UNKNOWN, full, bool(isPackage)]));
        return info;
      }),
    ),
  );
}
