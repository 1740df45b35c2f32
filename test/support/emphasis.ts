/**
 * Emphasis that a renderer shows as asterisks: its end is only seen after a letter, or before a space or a full stop, and
 * Korean writes particles right behind a bracket or code, as in `**경로(path)**가`.
 */
export function unseenEmphasis(markdown: string): readonly string[] {
  const plain = markdown.replace(/^(`{3,}|~{3,})[\s\S]*?^\1$/gm, '');
  return [...plain.matchAll(EMPHASIS)]
    .filter(([, before = '', , text = '', after = '']) => {
      const opens = !isMark(text[0]) || !/[\p{L}\p{N}]/u.test(before);
      const closes = !isMark(text.at(-1)) || !/[\p{L}\p{N}]/u.test(after);
      return !opens || !closes;
    })
    .map(([, , mark, text, after]) => `${mark}${text}${mark}${after}`);
}

/** What stands before, the asterisks, what is emphasised, and what stands behind. */
const EMPHASIS =
  /(?<=(^|[^*]))(\*{1,2})(?![\s*])((?:(?!\n\s*\n)[^*])+?)(?<!\s)\2(?!\*)(?=(.|\n|$))/g;

function isMark(char: string | undefined): boolean {
  return char !== undefined && /[\p{P}\p{S}]/u.test(char);
}
