/** Edits of a project as a person and an editor make them, each a pure function of the project's texts. */

/** Texts by path, relative to the root. */
export type Project = ReadonlyMap<string, string>;

/** What is done, with numbers that choose where: any numbers fit any project. */
export interface Edit {
  readonly kind: EditKind;
  readonly file: number;
  readonly at: number;
  readonly size: number;
  readonly other: number;
}

export const EDIT_KINDS = [
  'insert',
  'insert',
  'delete',
  'replace',
  'overwrite',
  'paste lines',
  'delete lines',
  'delete a def line',
  'unbalance',
  'rename',
  'move a block',
  'indent a line',
  'line ends',
  'add a file',
  'remove a file',
  'rename a file',
  'hide or show a module',
  'toggle async',
  'add to a body',
  'add to a body',
  'restore',
] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

const SNIPPETS = [
  ...['x', ' ', '\n', '    ', '(', ')', '[', ']', '{', '}', '"', "'", '"""', '#', ':', '@', '\\'],
  ...[
    'f"{',
    'await ',
    'async ',
    'return ',
    'def ',
    'class ',
    '한글',
    '😀',
    '\r\n',
    '\f',
    '\t',
    '=',
  ],
  'def helper():\n    return 1\n\n\n',
  'async def slow():\n    time.sleep(1)\n    requests.get("http://x")\n\n\n',
  'import time\n',
  'import requests\n',
  'import time as t\n',
  'from time import sleep\n',
  'from .db import *\n',
  'from app.db import session as get_db\n',
  '@router.get("/extra")\nasync def extra(db: Session = Depends(get_db)):\n    db.query(1).all()\n\n\n',
  'class Extra(BaseModel):\n    name: str\n\n\n',
  'SECRET_KEY = "0123456789abcdef0123456789abcdef"\n',
  'return HTTPException(404)\n',
  'time = None\n',
  'if True:\n    ',
  'else:\n',
  'except ValueError:\n',
  'global time\n',
  ' -> "Session"',
  ' -> None',
];

/** What a function may start to do; `{}` is another function of the project. */
const STATEMENTS = [
  '__import__("requests").get("http://x")',
  'open("x")',
  '{}()',
  'await {}()',
  'return {}()',
  'for one in {}(): print(one)',
  'with {}(): pass',
  'print(sorted([], key={}))',
  'self.{}()',
];

const FILE_NAMES = ['extra.py', 'app/extra.py', 'app/db.py', 'db.py', 'app/__init__.py', 'time.py'];

/** Files that change what an import means, just by being there. */
const HIDING = [
  'time.py',
  'requests.py',
  'fastapi.py',
  'app/__init__.py',
  'src/app/db.py',
  'app.py',
];

/** The project after the edit. `before` is what it was one edit ago. */
export function edited(project: Project, edit: Edit, before: Project): Project {
  const paths = [...project.keys()];
  const path = pick(paths, edit.file);
  const next = new Map(project);
  if (path === undefined) return next.set('app/main.py', pick(SNIPPETS, edit.other) ?? '');
  const text = project.get(path) ?? '';
  switch (edit.kind) {
    case 'add a file':
      return next.set(
        pick(FILE_NAMES, edit.at) ?? '',
        project.get(pick(paths, edit.other) ?? '') ?? '',
      );
    case 'remove a file':
      next.delete(path);
      return next;
    case 'rename a file': {
      next.delete(path);
      return next.set(pick([...FILE_NAMES, ...paths], edit.at) ?? path, text);
    }
    case 'hide or show a module': {
      const name = pick(HIDING, edit.at) ?? '';
      if (!next.delete(name)) next.set(name, pick(SNIPPETS, edit.other) ?? '');
      return next;
    }
    case 'restore':
      return before;
    case 'overwrite': {
      // As many letters as before: only a look at the letters shows that they are others.
      const words = [...text.matchAll(/\b\w+\b/g)];
      const word = pick(words, edit.at);
      if (word === undefined) return next;
      const alike = words.filter(([other]) => other.length === word[0].length);
      return next.set(
        path,
        spliced(text, word.index, word[0].length, pick(alike, edit.other)?.[0] ?? ''),
      );
    }
    case 'rename': {
      const names = [...text.matchAll(/^[ \t]*(?:async )?(?:def|class) (\w+)/gm)].map(
        (match) => match[1] ?? '',
      );
      const name = pick(names, edit.at);
      if (name === undefined) return next;
      const other = pick([`${name}_`, ...names, 'sleep'], edit.other) ?? name;
      return next.set(path, text.replace(new RegExp(`\\b${name}\\b`, 'g'), other));
    }
    case 'toggle async': {
      const starts = [...text.matchAll(/^[ \t]*(async )?def /gm)];
      const start = pick(starts, edit.at);
      if (start === undefined) return next;
      const at = start.index + start[0].indexOf(start[1] ?? 'def');
      const changed = start[1] ? spliced(text, at, 6, '') : spliced(text, at, 0, 'async ');
      return next.set(path, changed);
    }
    case 'add to a body': {
      // After a header on one line; another place gives broken code, as typing does.
      const headers = [...text.matchAll(/^([ \t]*)(?:async )?def .*:[ \t]*\n/gm)];
      const header = pick(headers, edit.at);
      if (header === undefined) return next;
      const names = [...project.values()].flatMap((one) =>
        [...one.matchAll(/\bdef (\w+)/g)].map((match) => match[1] ?? ''),
      );
      const line = (pick(STATEMENTS, edit.size) ?? '').replace(
        '{}',
        pick(names, edit.other) ?? 'f',
      );
      return next.set(
        path,
        spliced(text, header.index + header[0].length, 0, `${header[1] ?? ''}    ${line}\n`),
      );
    }
    case 'line ends':
      return next.set(
        path,
        text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'),
      );
    case 'insert':
      return next.set(path, spliced(text, edit.at, 0, pick(SNIPPETS, edit.other) ?? ''));
    case 'delete':
      return next.set(path, spliced(text, edit.at, edit.size, ''));
    case 'replace':
      return next.set(path, spliced(text, edit.at, edit.size, pick(SNIPPETS, edit.other) ?? ''));
    case 'unbalance': {
      const marks = [...text.matchAll(/[()[\]{}"']/g)].map((match) => match.index);
      const at = pick(marks, edit.at);
      return at === undefined ? next : next.set(path, spliced(text, at, 1, ''));
    }
    default:
      return next.set(path, linesEdited(project, text, edit));
  }
}

function linesEdited(project: Project, text: string, edit: Edit): string {
  const lines = text.split('\n');
  const at = edit.at % (lines.length + 1);
  const count = 1 + (edit.size % 12);
  switch (edit.kind) {
    case 'paste lines': {
      const source = (project.get(pick([...project.keys()], edit.other) ?? '') ?? '').split('\n');
      const from = edit.size % source.length;
      lines.splice(at, 0, ...source.slice(from, from + count));
      break;
    }
    case 'delete lines':
      lines.splice(at, count);
      break;
    case 'delete a def line': {
      const starts = lines.flatMap((line, index) =>
        /^\s*(?:async )?def /.test(line) ? index : [],
      );
      const line = pick(starts, edit.at);
      if (line !== undefined) lines.splice(line, 1);
      break;
    }
    case 'move a block': {
      const starts = lines.flatMap((line, index) => (/^\S/.test(line) ? index : []));
      const first = pick(starts, edit.at);
      if (first === undefined) break;
      const end = starts.find((start) => start > first) ?? lines.length;
      const block = lines.splice(first, end - first);
      lines.splice(edit.other % (lines.length + 1), 0, ...block);
      break;
    }
    default: {
      const line = lines[at];
      if (line !== undefined) lines[at] = edit.size % 2 ? `    ${line}` : line.replace(/^ {4}/, '');
    }
  }
  return lines.join('\n');
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}

function spliced(text: string, at: number, remove: number, insert: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
