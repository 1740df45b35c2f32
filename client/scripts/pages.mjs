// Rules' pages as they are read. A Korean page says where the English one's code goes and doesn't repeat it.
import { blocksOf } from './markdown.mjs';

const MARKER = /^<!-- code: ([a-z]+(?: \d+)?) -->$/gm;
const FRONT_MATTER = /^---\r?\n[\s\S]*?\r?\n---\r?\n/;

/** The names of a page's blocks, by which the Korean page calls them: `bad`, `fixed`, `good 2`, `example`. */
export function codeNames(markdown) {
  const counts = new Map();
  return blocksOf(markdown).map(({ info: [language = '', role] }) => {
    const name = language === 'python' ? (role ?? 'example') : language || 'text';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

/** The code that a Korean page asks for, in its order. */
export function markersOf(body) {
  return [...body.matchAll(MARKER)].map(([, name]) => name);
}

/** A Korean page as it is read: without its front matter, with the code of the English page in the place of markers. */
export function withCode(korean, english) {
  const names = codeNames(english);
  const blocks = blocksOf(english);
  return korean.replace(FRONT_MATTER, '').replace(MARKER, (marker, name) => {
    const block = blocks[names.indexOf(name)];
    return block === undefined ? marker : fenced(block);
  });
}

function fenced({ info, code }) {
  const longest = Math.max(2, ...code.map((line) => /^`*/.exec(line)[0].length));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}${info.join(' ')}`, ...code, mark].join('\n');
}
