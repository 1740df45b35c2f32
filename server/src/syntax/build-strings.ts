/** Strings: plain ones, those with braces, and several side by side, which are one. */
import type { TextOf } from './build.ts';
import type { Frame } from './lower.ts';
import type { Expression } from './nodes.ts';
import { decodeEscapes, readString } from './strings.ts';

/** A string, or an f-string with what stands in its braces. */
export function buildString(frame: Frame, text: TextOf): Expression {
  const { start, end } = frame;
  const parts: (string | Expression)[] = [];
  const specs: Record<number, string> = {};
  let interpolated = false;
  const raw = /^[a-z]*r/i.test(text(start, Math.min(end, start + 3)));
  for (const child of frame.children) {
    if (child.type === 'string_content') {
      parts.push(contentOf(text(child.start, child.end), raw));
    } else if (child.type === 'interpolation') {
      interpolated = true;
      const { values, spec } = child.part as { values: readonly Expression[]; spec?: string };
      if (spec) specs[parts.length] = spec;
      parts.push(...values);
    }
  }
  const hasSpecs = Object.keys(specs).length > 0;
  if (interpolated) return { type: 'fstring', parts, ...(hasSpecs && { specs }), start, end };
  if (frame.children.length > 0)
    return { type: 'string', value: parts.join(''), bytes: false, start, end };
  const literal = readString(text(start, end));
  const { value, bytes, contentStart } = literal;
  return {
    type: 'string',
    value,
    bytes,
    start,
    end,
    ...(contentStart !== undefined && { contentStart: start + contentStart }),
  };
}

/** What the text between the braces of an f-string stands for. */
export function contentOf(source: string, isRaw: boolean): string {
  const content = source.replace(/\{\{|\}\}/g, (brace) => brace.charAt(0));
  return isRaw ? content : decodeEscapes(content);
}

/** `"/a" f"/{b:02d}"` is one string. */
export function joinStrings(
  strings: readonly Expression[],
  start: number,
  end: number,
): Expression {
  if (strings.some((part) => part.type === 'fstring')) {
    const parts: (string | Expression)[] = [];
    const specs: Record<number, string> = {};
    for (const string of strings) {
      if (string.type !== 'fstring') parts.push(string.type === 'string' ? string.value : string);
      else {
        for (const [index, spec] of Object.entries(string.specs ?? {}))
          specs[parts.length + Number(index)] = spec;
        parts.push(...string.parts);
      }
    }
    const hasSpecs = Object.keys(specs).length > 0;
    return { type: 'fstring', parts, ...(hasSpecs && { specs }), start, end };
  }
  const value = strings.map((part) => (part.type === 'string' ? part.value : '')).join('');
  const bytes = strings.some((part) => part.type === 'string' && part.bytes);
  return { type: 'string', value, bytes, start, end };
}
