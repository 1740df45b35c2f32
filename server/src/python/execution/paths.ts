/** File paths while a program is followed: `pathlib`, and joining. */
import { parentOf } from '../modules.ts';
import { modulesIn } from './importing.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  external,
  type Instance,
  list,
  native,
  type Obj,
  text,
  textOf,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';

/** A part that starts at the root begins anew, as in Python. */
export function joinPaths(_machine: Machine, { args }: Arguments): Obj {
  const parts = args.map((part) => textOf(part) ?? pathText(part) ?? UNKNOWN_PART);
  const joined = parts.reduce((whole, part) =>
    part.startsWith('/')
      ? part
      : whole === '' || whole.endsWith('/')
        ? whole + part
        : `${whole}/${part}`,
  );
  return text(joined);
}

export function makePath(_machine: Machine, { args }: Arguments): Obj {
  const parts = args.map((part) => textOf(part) ?? pathText(part) ?? UNKNOWN_PART);
  return pathObject(parts.join('/').replace(/(?!^)\/+/g, '/'));
}

function pathObject(value: string): Instance {
  const attrs = new Map<string, Obj>([
    ['_shown_value_', text(value)],
    ['_path_', text(value)],
  ]);
  return { kind: 'instance', class: external('pathlib.Path'), attrs };
}

export function pathText(object: Obj): string | undefined {
  return object.kind === 'instance' ? textOf(object.attrs.get('_path_')) : undefined;
}

/** An attribute of a path. */
export function pathAttribute(machine: Machine, self: Instance, name: string): Obj | undefined {
  const value = pathText(self);
  if (value === undefined) return undefined;
  const file = value.slice(value.lastIndexOf('/') + 1);
  switch (name) {
    case 'parent':
      return pathObject(parentOf(value));
    case 'name':
      return text(file);
    case 'stem':
      return text(file.replace(/\.[^.]*$/, ''));
    case 'suffix':
      return text(/\.[^.]*$/.exec(file)?.[0] ?? '');
    case '__truediv__':
    case 'joinpath':
      return native(name, (_machine, { args }) =>
        pathObject(
          [value, ...args.map((part) => textOf(part) ?? pathText(part) ?? UNKNOWN_PART)].join('/'),
        ),
      );
    case 'resolve':
    case 'absolute':
      return native(name, () => self);
    case 'as_posix':
      return native(name, () => text(value));
    case 'iterdir':
    case 'glob':
    case 'rglob':
      return native(name, (_machine, { args: [pattern] }) => {
        const wanted = textOf(pattern);
        const isFiles = wanted === undefined || wanted === '*.py' || wanted === '[!_]*.py';
        const inner = wanted === '*/__init__.py';
        if (!isFiles && !inner) return UNKNOWN;
        return list(
          modulesIn(machine.db, value)
            .filter(({ isPackage }) => (inner ? isPackage : wanted === undefined || !isPackage))
            .map(({ name: one, isPackage }) =>
              pathObject(`${value}/${one}${inner ? '/__init__.py' : isPackage ? '' : '.py'}`),
            ),
        );
      });
    case 'exists':
    case 'is_file':
    case 'is_dir':
      return native(name, () => UNKNOWN);
    default:
      return undefined;
  }
}
