import { type Class, type Instance, number, type Obj, text } from './objects.ts';

/** Turns the names of an enum's class into its members. Called when a class is below `enum.Enum`. */
export function makeMembers(cls: Class, bases: readonly string[]): void {
  const entries: [Obj, Obj][] = [];
  const isText = bases.some((base) => base === 'builtins.str' || base === 'enum.StrEnum');
  for (const [name, value] of cls.attrs) {
    if (name.startsWith('_') || value.kind === 'function' || value.kind === 'descriptor') continue;
    const isAuto =
      value.kind === 'instance' &&
      value.class.kind === 'external' &&
      value.class.name === 'enum.auto';
    const own: Obj = isAuto
      ? bases.includes('enum.StrEnum')
        ? text(name.toLowerCase())
        : number(entries.length + 1)
      : value;
    const member: Instance = {
      kind: 'instance',
      class: cls,
      attrs: new Map<string, Obj>([
        ['name', text(name)],
        ['value', own],
      ]),
    };
    if (isText) member.attrs.set('_text_value_', own);
    const isShown = bases.includes('enum.StrEnum') || bases.includes('enum.IntEnum');
    member.attrs.set('_shown_value_', isShown ? own : text(`${cls.name}.${name}`));
    entries.push([text(name), member]);
  }
  cls.attrs.set('_members_', { kind: 'dict', entries });
}
