/** The names under which the editor knows what was read and what is done: steps of walkthroughs wait for them. */

/** `fastapiMentor.read.expert04async`. */
export function contextOfLesson(id: string): string {
  return `fastapiMentor.read.${plain(id)}`;
}

/** `fastapiMentor.done.expert04`: all lessons read, all exercises solved. */
export function contextOfChapter(id: string): string {
  return `fastapiMentor.done.${plain(id)}`;
}

function plain(id: string): string {
  return id.replace(/[^a-z0-9]/g, '');
}
