/** The curriculum and its files, as they lie in the extension; also in a browser. */
import * as vscode from 'vscode';
import { type Curriculum, readCurriculum } from '../../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import { exercisePath } from '../../../server/src/curriculum/pytest.ts';
import { currentLanguage } from '../language.ts';

export interface Content {
  readonly curriculum: Curriculum;
  readonly walkthroughs: vscode.Uri;
  /** A file by its path in `walkthroughs/`; nothing where there is none. */
  read(path: string): Promise<string | undefined>;
  /** A page in the reader's language, else in English. */
  readPage(path: string): Promise<string | undefined>;
  folderOf(exercise: Exercise): vscode.Uri;
}

export async function loadContent(extension: vscode.Uri): Promise<Content> {
  const walkthroughs = vscode.Uri.joinPath(extension, 'walkthroughs');
  const json = await readText(vscode.Uri.joinPath(extension, 'dist', 'curriculum.json'));
  const curriculum = readCurriculum(JSON.parse(json ?? '{}'));
  const read = (path: string) => readText(vscode.Uri.joinPath(walkthroughs, path));
  return {
    curriculum,
    walkthroughs,
    read,
    async readPage(path) {
      const translated = path.replace(/\.md$/, `.nls.${currentLanguage()}.md`);
      return (await read(translated)) ?? read(path);
    },
    folderOf: ({ id }) => vscode.Uri.joinPath(walkthroughs, exercisePath(id)),
  };
}

export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
