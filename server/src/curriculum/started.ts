/** An exercise that somebody has started: a folder of theirs, with a file that says which one it is. */

export const STARTED_FILE = '.fastapi-mentor/exercise.json';

export function startedText(id: string): string {
  return `${JSON.stringify({ exercise: id }, null, 2)}\n`;
}

/** The id in such a file; nothing for any other file. */
export function readStarted(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('exercise' in value)) return undefined;
  return typeof value.exercise === 'string' ? value.exercise : undefined;
}
