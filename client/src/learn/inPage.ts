/** Runs in the reader's page, and does one thing: the next text takes the place of this one, and whoever reads stays where they are. */

/** What is shown. `html` is the renderer's, of Markdown that is ours. */
export interface Shown {
  /** What it is about; the same page may be shown again with other words. */
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly html: string;
}

interface Place {
  readonly id: string | undefined;
  readonly y: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): Place | undefined;
  setState(place: Place): void;
};

const editor = acquireVsCodeApi();
/** Where the reader was before the page went behind another tab, which ends it. */
let before = editor.getState();

function take(main: Element, { id, title, language, html }: Shown): void {
  const { body, documentElement } = document;
  const next = document.createElement('template');
  next.innerHTML = html;
  document.title = title;
  documentElement.lang = language;
  const isSame = body.dataset.page === id;
  if (isSame) replaceWhatDiffers(main, [...next.content.childNodes]);
  else main.replaceChildren(next.content);
  body.dataset.page = id;
  if (before?.id === id) window.scrollTo(0, before.y);
  else if (!isSame) window.scrollTo(0, 0);
  before = undefined;
  remember();
}

/** Also for the next time that this window opens. */
function remember(): void {
  editor.setState({ id: document.body.dataset.page, y: window.scrollY });
}

/** What is alike at the beginning and at the end stays: opened answers, selected text, the link that has the keyboard. */
function replaceWhatDiffers(main: Element, next: readonly ChildNode[]): void {
  const now = [...main.childNodes];
  const shorter = Math.min(now.length, next.length);
  let start = 0;
  while (start < shorter && alike(now[start], next[start])) start++;
  let end = 0;
  while (end < shorter - start && alike(now.at(-1 - end), next.at(-1 - end))) end++;
  const link = document.activeElement?.getAttribute('href');
  const after = now[now.length - end] ?? null;
  for (const node of now.slice(start, now.length - end)) node.remove();
  for (const node of next.slice(start, next.length - end)) main.insertBefore(node, after);
  if (!link || document.activeElement !== document.body) return;
  const again = [...main.querySelectorAll('a')].find((each) => each.getAttribute('href') === link);
  again?.focus({ preventScroll: true });
}

function alike(one: ChildNode | undefined, other: ChildNode | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return withoutOpen(one).isEqualNode(withoutOpen(other));
}

/** An answer that was opened is the same answer. */
function withoutOpen(node: ChildNode): Node {
  if (!(node instanceof HTMLDetailsElement) || !node.open) return node;
  const copy = document.createElement('template');
  copy.innerHTML = node.outerHTML;
  copy.content.firstElementChild?.removeAttribute('open');
  return copy.content.firstChild ?? node;
}

const main = document.querySelector('main');
if (main !== null) {
  window.addEventListener('message', ({ data }: MessageEvent<Shown>) => take(main, data));
  window.addEventListener('scroll', remember, { passive: true });
  editor.postMessage('ready');
}
