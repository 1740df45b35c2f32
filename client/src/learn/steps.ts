/** The steps of the tracks' walkthroughs, completed by what is read and solved. */
import * as vscode from 'vscode';
import { contextOfChapter, contextOfLesson } from '../../../server/src/curriculum/contexts.ts';
import type { Curriculum } from '../../../server/src/curriculum/curriculum.ts';
import type { Memory } from './memory.ts';
import { countOf } from './progress.ts';

const extension = 'fastapi-mentor.fastapi-mentor';

export function followSteps({ tracks }: Curriculum, memory: Memory): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = (context: string, value: boolean): boolean => {
    if (told.get(context) === value) return false;
    told.set(context, value);
    void vscode.commands.executeCommand('setContext', context, value);
    return value;
  };
  const look = () => {
    const { progress } = memory;
    for (const track of tracks) {
      for (const chapter of track.chapters) {
        for (const { id } of chapter.lessons) tell(contextOfLesson(id), progress.read.includes(id));
        const { done, all } = countOf(progress, chapter);
        if (tell(contextOfChapter(chapter.id), done === all && all > 0))
          void tick(`${extension}#${track.id}#${chapter.id.replaceAll('/', '-')}`);
      }
    }
  };
  look();
  return memory.onDidChange(look);
}

/** VS Code misses a context that was set before it first looked at the walkthrough. */
async function tick(step: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('welcome.markStepComplete', step);
  } catch {
    // It has no such command, or has remembered the step and complains that it does not know it yet.
  }
}
