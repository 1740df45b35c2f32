/** Reads JSON that a person wrote. What is wrong is said with its place: `tracks[0].chapters[1].title.ko`. */

export class Mistake extends Error {
  override readonly name = 'Mistake';
}

export type Shape<T> = (value: unknown, place: string) => T;

export const text: Shape<string> = (value, place) => {
  if (typeof value !== 'string' || value.trim() === '') throw wrong(place, 'a text', value);
  return value;
};

export const truth: Shape<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw wrong(place, 'true or false', value);
  return value;
};

export function whole(least: number, most: number): Shape<number> {
  return (value, place) => {
    if (typeof value === 'number' && Number.isInteger(value) && least <= value && value <= most)
      return value;
    throw wrong(place, `a whole number from ${least} to ${most}`, value);
  };
}

/** A text of a certain form. */
export function like(pattern: RegExp, what: string): Shape<string> {
  return (value, place) => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw wrong(place, what, value);
  };
}

export function oneOf<const T extends readonly (string | boolean)[]>(
  ...known: T
): Shape<T[number]> {
  return (value, place) => {
    const found = known.find((each) => each === value);
    if (found === undefined) throw wrong(place, known.join(' or '), value);
    return found;
  };
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw wrong(place, 'a list', value);
    return value.map((each, index) => shape(each, `${place}[${index}]`));
  };
}

/** What may be left out. */
export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, place) => (value === undefined ? undefined : shape(value, place));
}

/** The keys of an object, and no others: a misspelled key would otherwise never be seen. */
export function keysOf(value: unknown, place: string, known: readonly string[]) {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(place, 'an object', value);
  const entries: Readonly<Record<string, unknown>> = { ...value };
  const odd = Object.keys(entries).find((key) => key !== '$schema' && !known.includes(key));
  if (odd !== undefined)
    throw new Mistake(`${place}: there is no "${odd}" here; known: ${known.join(', ')}`);
  return entries;
}

export function wrong(place: string, expected: string, value: unknown): Mistake {
  const shown = JSON.stringify(value) ?? 'nothing';
  return new Mistake(`${place}: expected ${expected}, not ${shown.slice(0, 80)}`);
}
