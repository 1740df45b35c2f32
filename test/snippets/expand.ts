/**
 * Expands a snippet as the editor does when nobody changes a default: tab stops, placeholders in placeholders,
 * choices, and numbers that stand again take the text of where they have one. Anything else is refused.
 */
export function expand(body: string): string {
  const reader = new Reader(body);
  const parts = reader.parts();
  if (reader.at < body.length) throw new Error(`unexpected } in ${body}`);
  const defaults = new Map<string, readonly Part[]>();
  collect(parts, defaults);
  return render(parts, defaults).replaceAll('\t', '    ');
}

type Part = string | { readonly stop: string; readonly content: readonly Part[] | undefined };

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end, or up to the `}` that ends a placeholder. */
  parts(isInside = false): readonly Part[] {
    const found: Part[] = [];
    while (this.at < this.#text.length) {
      const rest = this.#text.slice(this.at);
      if (isInside && rest.startsWith('}')) break;
      const escaped = /^\\([\\$}])/.exec(rest);
      const simple = /^\$(\d+)/.exec(rest);
      if (escaped) found.push(this.#take(escaped[0], escaped[1]));
      else if (simple)
        found.push(this.#take(simple[0], { stop: simple[1] ?? '', content: undefined }));
      else if (rest.startsWith('${')) found.push(this.#braced(rest));
      else if (/^\$[A-Za-z_]/.test(rest)) throw new Error(`a variable: ${rest.slice(0, 20)}`);
      else found.push(this.#take(rest.slice(0, 1), rest.slice(0, 1)));
    }
    return found;
  }

  #braced(rest: string): Part {
    const choice = /^\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}/.exec(rest);
    if (choice) {
      const [first = ''] = (choice[2] ?? '').split(/(?<!\\),/);
      const content = [first.replace(/\\([,|\\])/g, '$1')];
      return this.#take(choice[0], { stop: choice[1] ?? '', content });
    }
    const opening = /^\$\{(\d+)(:|(?=\}))/.exec(rest);
    if (!opening) throw new Error(`not a placeholder: ${rest.slice(0, 20)}`);
    this.at += opening[0].length;
    const content = this.parts(true);
    if (this.#text[this.at] !== '}')
      throw new Error(`a placeholder without an end: ${rest.slice(0, 20)}`);
    this.at += 1;
    return { stop: opening[1] ?? '', content: opening[2] === ':' ? content : undefined };
  }

  #take<T>(text: string, part: T | undefined): T {
    if (part === undefined) throw new Error(`nothing in ${text}`);
    this.at += text.length;
    return part;
  }
}

function collect(parts: readonly Part[], defaults: Map<string, readonly Part[]>): void {
  for (const part of parts) {
    if (typeof part === 'string' || part.content === undefined) continue;
    if (!defaults.has(part.stop)) defaults.set(part.stop, part.content);
    collect(part.content, defaults);
  }
}

function render(parts: readonly Part[], defaults: ReadonlyMap<string, readonly Part[]>): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      // The editor gives every place of a number the text of its first place.
      const content = defaults.get(part.stop);
      return content === undefined ? '' : render(content, defaults);
    })
    .join('');
}
