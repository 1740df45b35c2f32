/** The names of a page's blocks, by which the Korean page calls them: `bad`, `fixed`, `good 2`, `example`. */
export function codeNames(markdown: string): readonly string[];
/** The code that a Korean page asks for, in its order. */
export function markersOf(body: string): readonly string[];
/** A Korean page as it is read: without its front matter, with the code of the English page in the place of markers. */
export function withCode(korean: string, english: string): string;
