/** What must hold on any machine: directions and generous ratios, never times. */
import type { Edited } from './edits.ts';
import type { Whole } from './whole.ts';

/** A whole check may take this many times what parsing the same files takes. */
const MOST_OF_FLOOR = 12;
/** Finding every route may take this many times what parsing the same files takes, in a process that begins. */
const MOST_FOR_MODEL = 8;
/** An edit in a body must be this many times faster than a full check of its file. */
const LEAST_GAIN = 5;

export function broken(whole: readonly Whole[], edits: readonly Edited[]): string[] {
  const slow = whole.flatMap(({ name, ratio }) =>
    ratio <= MOST_OF_FLOOR
      ? []
      : [`${name}: the check takes ${ratio.toFixed(1)}x the parse time, not ${MOST_OF_FLOOR}x`],
  );
  const winding = whole.flatMap(({ name, model }) =>
    model.ratio <= MOST_FOR_MODEL
      ? []
      : [
          `${name}: the routes take ${model.ratio.toFixed(1)}x the parse time, not ${MOST_FOR_MODEL}x`,
        ],
  );
  const sluggish = edits.flatMap(({ server, lines, body, full }) => {
    if (server !== 'fastapi-mentor' || lines < 5000) return [];
    const gain = full / body.p50;
    return gain >= LEAST_GAIN
      ? []
      : [
          `${lines} lines: an edit is ${gain.toFixed(1)}x faster than a full check, not ${LEAST_GAIN}x`,
        ];
  });
  return [...slow, ...winding, ...sluggish];
}
