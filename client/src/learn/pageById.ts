/** Every page of the reader by its id: to show it again with what has changed, and when its window opens again. */
import { exerciseById, lessonById } from '../../../server/src/curriculum/curriculum.ts';
import type { ActiveExercises } from './active.ts';
import type { Content } from './content.ts';
import type { Memory } from './memory.ts';
import { exercisePage, GLOSSARY, glossaryPage, lessonPage, WHY, whyPage } from './pages.ts';
import type { Page } from './webview.ts';

export interface Pages {
  byId(id: string): Promise<Page | undefined>;
}

export function createPages(
  content: Content,
  memory: Memory,
  active: ActiveExercises,
  canRunTests: boolean,
): Pages {
  const { curriculum } = content;
  return {
    async byId(id) {
      if (id.startsWith(GLOSSARY)) return glossaryPage(content, id.split('#')[1]);
      const lesson = lessonById(curriculum, id);
      if (lesson !== undefined) return lessonPage(content, lesson, memory.progress);
      const isWhy = id.endsWith(WHY);
      const exercise = exerciseById(curriculum, isWhy ? id.slice(0, -WHY.length) : id);
      if (exercise === undefined) return undefined;
      if (isWhy) return whyPage(content, exercise);
      const place = active.placeOf(exercise);
      return exercisePage(exercise, memory.progress, active.byId(id), place, canRunTests);
    },
  };
}
