/** What becomes of the names of an enum's class. */
import {
  type Class,
  type Instance,
  number,
  numberOf,
  type Obj,
  TRUE,
  text,
  textOf,
} from './objects.ts';

/**
 * Turns the names of an enum's class into its members. Called when a class is below `enum.Enum`. `initialize` runs its
 * own `__init__`, where it has one, with the member's value.
 */
export function makeMembers(
  cls: Class,
  bases: readonly string[],
  initialize: (member: Instance, value: Obj) => void,
): void {
  const entries: [Obj, Obj][] = [];
  const byValue = new Map<string, Instance>();
  for (const [name, value] of cls.attrs) {
    if (name.startsWith('_') || NO_MEMBERS.has(value.kind)) continue;
    const isAuto =
      value.kind === 'instance' &&
      value.class.kind === 'external' &&
      value.class.name === 'enum.auto';
    const last = numberOf(memberValue(entries.at(-1)?.[1]));
    const own: Obj = isAuto
      ? bases.includes('enum.StrEnum')
        ? text(name.toLowerCase())
        : number((last ?? entries.length) + 1)
      : value;
    // A second name for a value that there is already.
    const key = textOf(own) ?? numberOf(own);
    const known = key === undefined ? undefined : byValue.get(`${own.kind}:${key}`);
    const member = known ?? madeMember(cls, name, own, bases);
    if (known === undefined) initialize(member, own);
    if (key !== undefined) byValue.set(`${own.kind}:${key}`, member);
    entries.push([text(name), member]);
  }
  cls.attrs.set('_members_', { kind: 'dict', entries });
}

const NO_MEMBERS: ReadonlySet<string> = new Set(['function', 'descriptor', 'bound', 'class']);

function memberValue(member: Obj | undefined): Obj | undefined {
  return member?.kind === 'instance' ? member.attrs.get('value') : undefined;
}

function madeMember(cls: Class, name: string, value: Obj, bases: readonly string[]): Instance {
  const attrs = new Map<string, Obj>([
    ['name', text(name)],
    ['value', value],
    ['_name_', text(name)],
    ['_value_', value],
    ['_member_', TRUE],
  ]);
  const member: Instance = { kind: 'instance', class: cls, attrs };
  if (bases.some((base) => base === 'builtins.str' || base === 'enum.StrEnum'))
    attrs.set('_text_value_', value);
  if (bases.some((base) => base === 'builtins.int' || /^enum\.Int(?:Enum|Flag)$/.test(base)))
    attrs.set('_number_value_', value);
  const isShown = bases.includes('enum.StrEnum') || bases.includes('enum.IntEnum');
  const plain = value.kind === 'number' ? text(String(value.value)) : value;
  attrs.set('_shown_value_', isShown ? plain : text(`${cls.name}.${name}`));
  return member;
}
