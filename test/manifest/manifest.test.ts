// What package.json says to the editor, against the files and the sources it speaks of.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, test } from 'vitest';
import { contextOfChapter } from '../../server/src/curriculum/contexts.ts';
import { chaptersOf } from '../../server/src/curriculum/curriculum.ts';
import { readSources } from '../curriculum/sources.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly altText?: string; readonly markdown?: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly main: string;
  readonly browser: string;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string }[];
    readonly snippets: readonly { language: string; path: string }[];
    readonly grammars: readonly { scopeName: string; path: string; injectTo: string[] }[];
    readonly walkthroughs: readonly { id: string; title: string; steps: readonly Step[] }[];
    readonly configuration: Properties | readonly Properties[];
  };
}

interface Properties {
  readonly properties: Readonly<Record<string, unknown>>;
}

const curriculum = readSources();
const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest: Manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;
const languages = ['en', 'ko'] as const;
const strings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: JSON.parse(read('package.nls.json')),
  ko: JSON.parse(read('package.nls.ko.json')),
};

const commands = contributes.commands.map(({ command }) => command);
const settings = [contributes.configuration]
  .flat()
  .flatMap(({ properties }) => Object.keys(properties));
const source = globSync('client/src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map(read)
  .join('\n');

function say(text: string, language: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  if (key === undefined) return text;
  const said = strings[language]?.[key];
  if (said === undefined) throw new Error(`${key} is not there in ${language}`);
  return said;
}

/** Every target of a link in Markdown. */
const linksOf = (text: string) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

test('a command has a title and the name that finds it in the palette', () => {
  for (const { command, title, category } of contributes.commands) {
    expect(category, command).toBe('FastAPI Mentor');
    for (const language of languages) expect(say(title, language).trim(), command).not.toBe('');
  }
});

test('no two commands are called the same', () => {
  for (const language of languages) {
    const titles = contributes.commands.map(({ title }) => say(title, language));
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test('keys are said in both languages, and no Korean string is English', () => {
  const keys = Object.keys(strings.ko ?? {});
  expect(keys).toEqual(Object.keys(strings.en ?? {}));
  const untranslated = keys.filter((key) => {
    const text = strings.ko?.[key] ?? '';
    return !/[가-힣]/.test(text) && !/\.(picture|markdown)$|^config\.title$/.test(key);
  });
  expect(untranslated).toEqual([]);
});

test('the client starts for Python; commands and walkthroughs start it by themselves', () => {
  expect(manifest.activationEvents).toContain('onLanguage:python');
  // VS Code makes these events of what is contributed; it would complain about them.
  const needless = manifest.activationEvents.filter((each) =>
    /^on(Command|Walkthrough):/.test(each),
  );
  expect(needless).toEqual([]);
});

describe('walkthroughs', () => {
  // Renaming one of these loses what people have completed.
  test('ids stay as they are', () => {
    const ids = contributes.walkthroughs.map(({ id, steps }) => [id, steps.map((step) => step.id)]);
    expect(ids).toContainEqual(['getStarted', ['open', 'finding', 'fix', 'why', 'yours', 'check']]);
  });

  test('a step of a track has a lesson behind it, and every chapter with a lesson has a step', () => {
    const ids = contributes.walkthroughs
      .filter(({ id }) => ['foundations', 'expert'].includes(id))
      .flatMap(({ steps }) => steps.map(({ id }) => id));
    const chapters = chaptersOf(curriculum).filter(({ lessons }) => lessons.length > 0);
    expect(ids).toEqual(chapters.map(({ id }) => id.replaceAll('/', '-')));
  });

  const steps = contributes.walkthroughs.flatMap((each) => each.steps);

  test.for(steps)('$id completes by itself', ({ completionEvents }) => {
    expect(completionEvents.length).toBeGreaterThan(0);
    for (const event of completionEvents) {
      const [kind = '', what = ''] = event.split(/:(.*)/s);
      if (kind === 'onCommand') expect(commands).toContain(what);
      else if (kind === 'onSettingChanged') expect(settings).toContain(what);
      else {
        expect(kind).toBe('onContext');
        if (/^fastapiMentor\.done\./.test(what)) {
          expect(chaptersOf(curriculum).map(({ id }) => contextOfChapter(id))).toContain(what);
          continue;
        }
        const name = /^fastapiMentor\.(\w+)$/.exec(what)?.[1];
        expect(source, event).toContain(`complete('${name}')`);
      }
    }
  });

  test.for(steps)('$id has its pictures and links in both languages', ({ description, media }) => {
    for (const language of languages) {
      const said = say(description, language);
      const links = linksOf(said);
      expect(links.length).toBeGreaterThan(0);
      if (media.svg !== undefined) {
        const picture = read(say(media.svg, language));
        expect(picture).toMatch(/^<svg [^>]*role="img" aria-label="/);
        // Colours are the theme's.
        expect(picture).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i);
        expect(say(media.altText ?? '', language).length).toBeGreaterThan(40);
      } else {
        const file = media.markdown ?? '';
        const text = read(language === 'en' ? file : file.replace(/\.md$/, `.nls.${language}.md`));
        links.push(...linksOf(text));
        expect(text.match(/^### /gm)?.length).toBe(read(file).match(/^### /gm)?.length);
        expect(text).not.toMatch(/!\[\s*\]/);
      }
      for (const link of links) expect(isKnown(link), link).toBe(true);
    }
    expect(linksOf(say(description, 'ko'))).toEqual(linksOf(say(description, 'en')));
  });
});

/** A command of ours is contributed; of VS Code's, these are used. */
function isKnown(link: string): boolean {
  const command = /^command:(?:toSide:)?([\w.]+)/.exec(link)?.[1];
  if (command === undefined) return link.startsWith('https://');
  const arguments_ = link.split('?')[1];
  if (arguments_ !== undefined) JSON.parse(decodeURIComponent(arguments_));
  const theirs = [
    'workbench.action.files.openFolder',
    'workbench.action.openSettings',
    'editor.action.marker.nextInFiles',
  ];
  return commands.includes(command) || theirs.includes(command);
}

describe('files', () => {
  let shipped: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    shipped = new Set(files.map((file) => file.replaceAll('\\', '/')));
  });

  test('what is contributed is there, is JSON and is shipped', () => {
    for (const { path: file } of [...contributes.snippets, ...contributes.grammars]) {
      expect(() => JSON.parse(read(file)), file).not.toThrow();
      expect(shipped).toContain(file.replace(/^\.\//, ''));
    }
    for (const { scopeName, path: file } of contributes.grammars) {
      expect(JSON.parse(read(file)).scopeName).toBe(scopeName);
    }
  });

  test('walkthroughs are shipped whole, the sample too', () => {
    const files = globSync('walkthroughs/**/*.*', { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.includes('__pycache__'));
    // An exercise's own file is part of dist/curriculum.json; the rest is for authors.
    const isOfAuthors = (file: string) =>
      /^walkthroughs\/(schema\/|AUTHORS\.md|curriculum\.json)|\/exercise\.json$|\/variants\//.test(
        file,
      );
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !isOfAuthors(file) && !shipped.has(file))).toEqual([]);
    expect(files.filter((file) => isOfAuthors(file) && shipped.has(file))).toEqual([]);
    expect([...shipped].filter((file) => file.includes('__pycache__'))).toEqual([]);
  });

  test('no source, no test and nothing of a checkout is shipped', () => {
    const own = /^(package(\.nls(\.ko)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|readme\.md)$/;
    const folders = /^(dist|client\/l10n|media|snippets|syntaxes|walkthroughs)\//;
    const others = [...shipped].filter((file) => !own.test(file) && !folders.test(file));
    expect(others).toEqual([]);
    expect([...shipped].filter((file) => /\.(ts|map|test\.\w+)$/.test(file))).toEqual([]);
  });

  test('every file of a walkthrough belongs to a step', () => {
    const used = languages.flatMap((language) =>
      contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ media }) => [
          say(media.svg ?? '', language),
          media.markdown ?? '',
          (media.markdown ?? '').replace(/\.md$/, '.nls.ko.md'),
        ]),
      ),
    );
    const media = globSync('walkthroughs/get-started/media/*', { cwd: root });
    expect(media.filter((file) => !used.includes(file.replaceAll('\\', '/')))).toEqual([]);
    expect(used.filter((file) => file !== '' && !existsSync(path.join(root, file)))).toEqual([]);
  });
});
