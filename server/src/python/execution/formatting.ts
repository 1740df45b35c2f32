/** Objects as texts: `str()`, f-strings, `format` and `%`, with the parts that are not known left open. */
import type { Machine } from './machine.ts';
import { number, type Obj, shown, text, textOf, UNKNOWN, UNKNOWN_PART } from './objects.ts';

/** As `str()` shows it, by the project's own `__str__` too. */
export function show(machine: Machine, object: Obj): string {
  if (object.kind !== 'instance' || object.class.kind !== 'class') return shown(object);
  if (object.attrs.has('_shown_value_')) return shown(object);
  return called(machine, object, '__str__') ?? called(machine, object, '__repr__') ?? shown(object);
}

/** As `repr()` shows it. */
export function represent(machine: Machine, object: Obj): string {
  if (object.kind === 'str')
    return object.value.includes(UNKNOWN_PART) ? UNKNOWN_PART : quoted(object.value);
  if (object.kind === 'instance') return called(machine, object, '__repr__') ?? UNKNOWN_PART;
  return shown(object);
}

function quoted(value: string): string {
  return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
}

function called(
  machine: Machine,
  object: Extract<Obj, { kind: 'instance' }>,
  name: string,
): string | undefined {
  const method = machine.classMember(object.class, name)?.value;
  if (method?.kind !== 'function') return undefined;
  const given = { args: [], keywords: new Map(), isPartial: false, site: NOWHERE };
  const result = machine.call({ kind: 'bound', target: method, self: object }, given);
  return textOf(result) ?? UNKNOWN_PART;
}

const NOWHERE = { block: '', start: 0, end: 0, args: [] };

const SPEC = /^(?:(.)?([<>=^]))?([-+ ]?)#?(0?)(\d*)(,?)(?:\.(\d+))?([a-zA-Z%]?)$/u;

/** `format(value, spec)`. */
export function formatted(machine: Machine, object: Obj, spec: string): string {
  if (spec === '') return show(machine, object);
  const parts = SPEC.exec(spec);
  if (parts === null) return UNKNOWN_PART;
  const [, given, side, sign = '', zero, width = '', comma, precision, type = ''] = parts;
  const value = numeric(object);
  const isNumber = value !== undefined && value.kind === 'number';
  let plain = isNumber && type !== 's' ? digits(value, type, precision) : show(machine, object);
  if (plain === undefined || plain.includes(UNKNOWN_PART)) return UNKNOWN_PART;
  if (!isNumber && type !== '' && type !== 's') return UNKNOWN_PART;
  if (!isNumber && precision !== undefined) plain = plain.slice(0, Number(precision));
  if (comma === ',') plain = plain.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
  if (isNumber && sign !== '' && sign !== '-' && !plain.startsWith('-')) plain = sign + plain;
  const fill = given ?? (zero === '0' ? '0' : ' ');
  return padded(plain, Number(width), fill, side ?? (zero === '0' ? '=' : isNumber ? '>' : '<'));
}

export function padded(plain: string, width: number, fill: string, side: string): string {
  const room = Math.min(width, 1_000) - plain.length;
  if (room <= 0) return plain;
  if (side === '<') return plain + fill.repeat(room);
  if (side === '>') return fill.repeat(room) + plain;
  if (side === '^') {
    const left = Math.floor(room / 2);
    return fill.repeat(left) + plain + fill.repeat(room - left);
  }
  const sign = /^[-+]/.exec(plain)?.[0] ?? '';
  return sign + fill.repeat(room) + plain.slice(sign.length);
}

function numeric(object: Obj): Obj | undefined {
  if (object.kind === 'bool') return number(Number(object.value));
  return object.kind === 'number' ? object : undefined;
}

function digits(
  { value, isFloat }: Extract<Obj, { kind: 'number' }>,
  type: string,
  precision: string | undefined,
): string | undefined {
  switch (type) {
    case '':
      return precision === undefined ? shown(number(value, isFloat)) : undefined;
    case 'd':
    case 'i':
      return String(Math.trunc(value));
    case 'f':
    case 'F':
      return value.toFixed(precision === undefined ? 6 : Math.min(Number(precision), 20));
    case 'x':
      return value.toString(16);
    case 'X':
      return value.toString(16).toUpperCase();
    case 'o':
      return value.toString(8);
    case 'b':
      return value.toString(2);
    case '%':
      return `${(value * 100).toFixed(precision === undefined ? 6 : Math.min(Number(precision), 20))}%`;
    default:
      return undefined;
  }
}

/** `"/%s/%02d" % values`. */
export function percent(machine: Machine, format: string, right: Obj): string {
  const values = right.kind === 'tuple' ? [...right.items] : [right];
  return format.replace(
    /%(?:\((\w+)\))?([-+ #0]*)(\d*)(?:\.(\d+))?([sdrifx%])/g,
    (_whole, key, flags: string, width: string, precision: string | undefined, type: string) => {
      if (type === '%') return '%';
      const entry =
        key !== undefined && right.kind === 'dict'
          ? right.entries.findLast(([name]) => textOf(name) === key)?.[1]
          : values.shift();
      if (entry === undefined) return UNKNOWN_PART;
      const object = type === 'r' ? text(represent(machine, entry)) : entry;
      const side = flags.includes('-') ? '<' : flags.includes('0') && type !== 's' ? '' : '>';
      const zero = flags.includes('0') && side === '' ? '0' : '';
      const point = precision === undefined ? '' : `.${precision}`;
      const plain = 'sr'.includes(type) ? 's' : type;
      return formatted(
        machine,
        plain === 's' ? text(show(machine, object)) : object,
        `${width === '' ? '' : side}${zero}${width}${point}${plain}`,
      );
    },
  );
}

/** `"/{}/{name}/{0[key]}/{1.attr:02d}".format(...)`. */
export function formatText(
  machine: Machine,
  format: string,
  args: readonly Obj[],
  keywords: ReadonlyMap<string, Obj>,
): string {
  let next = 0;
  const fieldValue = (field: string): Obj => {
    const [head = '', ...path] = field.split(/(?=[.[])/);
    const start =
      head === '' ? args[next++] : /^\d+$/.test(head) ? args[Number(head)] : keywords.get(head);
    return path.reduce<Obj>((object, step) => {
      if (step.startsWith('.')) return machine.attribute(object, step.slice(1));
      const key = step.slice(1, -1);
      return machine.item(object, /^\d+$/.test(key) ? number(Number(key)) : text(key)) ?? UNKNOWN;
    }, start ?? UNKNOWN);
  };
  return format.replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g,
    (whole, field?: string, conversion?: string, spec?: string) => {
      if (field === undefined) return whole.charAt(0);
      const value = fieldValue(field);
      const object = conversion === 'r' ? text(represent(machine, value)) : value;
      const filled = spec?.replace(/\{([^{}]*)\}/g, (_whole, inner: string) =>
        show(machine, fieldValue(inner)),
      );
      return formatted(machine, object, filled ?? '');
    },
  );
}
