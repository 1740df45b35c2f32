import type { Range } from '../engine/diagnostic.ts';

/** The widest piece of a source line that is shown, in characters. */
const WIDTH = 120;

/** A source line with a gutter, and under it carets for the part of the range that lies on it. */
export function excerpt(line: string, { start, end }: Range): readonly string[] {
  const last = end.line === start.line ? end.character : line.trimEnd().length;
  const from = Math.min(start.character, line.length);
  const to = Math.min(Math.max(last, from + 1), Math.max(line.length, from + 1));
  // A very long line is cut to what surrounds the finding.
  const cut = line.length <= WIDTH ? 0 : Math.max(0, from - 40);
  const shown = line.slice(cut, cut + WIDTH);
  const carets = Math.max(1, columns(line.slice(from, Math.min(to, cut + WIDTH))));
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const padding = line.slice(cut, from).replace(/[^\t]/g, (each) => ' '.repeat(columns(each)));
  return [
    ` ${number} | ${printable(shown).trimEnd()}`,
    ` ${gutter} | ${padding}${'^'.repeat(carets)}`,
  ];
}

/** Takes away what a terminal would act on; a tab may stay. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (each) =>
    each === '\t' ? each : '\ufffd',
  );
}

/** How many columns a terminal gives a text: East Asian wide characters take two, low surrogates and marks none. */
function columns(text: string): number {
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xdc00 && unit <= 0xdfff) continue;
    if (unit >= 0x0300 && unit <= 0x036f) continue;
    width += isWide(unit) ? 2 : 1;
  }
  return width;
}

/** A high surrogate counts as wide: nearly all that people write beyond the first plane are emoji. */
function isWide(unit: number): boolean {
  return (
    (unit >= 0x1100 && unit <= 0x115f) ||
    (unit >= 0x2e80 && unit <= 0xa4cf) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0xfe30 && unit <= 0xfe6f) ||
    (unit >= 0xff00 && unit <= 0xff60) ||
    (unit >= 0xd83c && unit <= 0xd87e)
  );
}
