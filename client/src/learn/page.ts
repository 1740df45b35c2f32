/** Makes of a lesson's Markdown what VS Code's renderer is given: links become commands, markers what they stand for. */

/** What a page may refer to, by the names that authors use. */
export interface Resources {
  /** Of a file of the page's folder (`media/loop.svg`, `examples/stalled.py`). */
  textOf(file: string): string | undefined;
  /** Markdown that stands in the place of `<!-- exercises -->`. */
  readonly exercises: string;
  /** Markdown below an example: its buttons. */
  buttonsOf(example: string): string;
}

const COMMANDS: Readonly<Record<string, string>> = {
  lesson: 'fastapiMentor.openLesson',
  exercise: 'fastapiMentor.openExercise',
  rule: 'fastapiMentor.showRule',
  term: 'fastapiMentor.openGlossary',
};

export function commandLink(text: string, command: string, ...args: readonly unknown[]): string {
  return `[${text}](${commandUri(command, ...args)})`;
}

export function commandUri(command: string, ...args: readonly unknown[]): string {
  const given = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args))}`;
  // Round brackets would end the link.
  return `command:${command}${given.replaceAll('(', '%28').replaceAll(')', '%29')}`;
}

const MARKER = /^<!-- (example|output): ([\w.-]+) -->$/gm;

export function pageOf(markdown: string, resources: Resources): string {
  return outsideFences(markdown, (text) => withPictures(withLinks(text), resources))
    .replace(/^<!-- exercises -->$/gm, () => resources.exercises)
    .replace(MARKER, (_, kind: string, name: string) =>
      kind === 'example' ? exampleOf(name, resources) : outputOf(name, resources),
    );
}

/** `[text](rule:async/blocking-chain)` and its like. */
function withLinks(markdown: string): string {
  return markdown.replace(
    /\]\((lesson|exercise|rule|term):([\w/-]+)\)/g,
    (_, kind: string, id: string) => `](${commandUri(COMMANDS[kind] ?? '', id)})`,
  );
}

/** A rule's page, whose links are files for who reads it on the web: here they open lessons and other rules. */
export function rulePageOf(markdown: string, rule: string): string {
  return outsideFences(markdown, (text) =>
    text.replace(/\]\(([\w./-]+\.md)\)/g, (given, link: string) => {
      const { pathname } = new URL(link, `file:///server/src/rules/${rule}.md`);
      const [, lesson] =
        /^\/walkthroughs\/([\w-]+\/[\w-]+)\/lesson(?:\.nls\.ko)?\.md$/.exec(pathname) ?? [];
      const [, other] =
        /^\/server\/src\/rules\/([\w-]+\/[\w-]+?)(?:\.ko)?\.md$/.exec(pathname) ?? [];
      if (lesson !== undefined) return `](${commandUri('fastapiMentor.openLesson', lesson)})`;
      if (other !== undefined) return `](${commandUri('fastapiMentor.showRule', other)})`;
      return given;
    }),
  );
}

/** A drawing is put into the page itself: only there it takes the colours of the theme. */
function withPictures(markdown: string, { textOf }: Resources): string {
  return markdown.replace(/^!\[([^\]]*)\]\((media\/[\w.-]+\.svg)\)$/gm, (given, alt, file) => {
    const drawing = textOf(file);
    if (drawing === undefined) return given;
    const label = alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    const line = drawing
      .replace(/<\?xml.*?\?>|<!--[\s\S]*?-->/g, '')
      .replace(/\s*\n\s*/g, ' ')
      .trim()
      .replace(/^<svg([^>]*?)\s+role="img"\s+aria-label="[^"]*"/, '<svg$1')
      .replace(/^<svg/, `<svg role="img" aria-label="${label}"`);
    return `<div class="picture">${line}</div>`;
  });
}

function exampleOf(name: string, { textOf, buttonsOf }: Resources): string {
  const code = textOf(`examples/${name}`);
  return code === undefined ? '' : `${fenced('python', code)}\n\n${buttonsOf(name)}`;
}

function outputOf(name: string, { textOf }: Resources): string {
  const output = textOf(`examples/${name.replace(/\.py$/, '.out')}`);
  return output === undefined ? '' : fenced('text', output);
}

function fenced(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${code.trimEnd()}\n${mark}`;
}

/** What stands in a fence is code, whatever it looks like. */
function outsideFences(markdown: string, change: (text: string) => string): string {
  const parts = markdown.split(/^((`{3,}|~{3,})[^\n]*\n[\s\S]*?^\2[ \t]*$)/m);
  // Every third part is the mark that was captured within the fence before it.
  return parts
    .map((part, index) => (index % 3 === 0 ? change(part) : index % 3 === 1 ? part : ''))
    .join('');
}

/** The glossary with one term in front, for who asked for that. */
export function glossaryAt(markdown: string, term: string | undefined): string {
  const [title = '', ...sections] = markdown.split(/^(?=## )/m);
  if (term === undefined) return markdown;
  const isWanted = (section: string) => section.includes(`<a id="${term}"></a>`);
  const wanted = sections.filter(isWanted);
  return [title, ...wanted, ...sections.filter((each) => !isWanted(each))].join('');
}
