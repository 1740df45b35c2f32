/** Changes to the arguments of a call, for fixes. */
import type { Argument, Call, Span } from '../syntax/nodes.ts';

/** A stretch of a block, and what stands there instead. */
export interface Edit extends Span {
  readonly text: string;
}

/** Puts an argument after the last one. */
export function argumentAdded({ args, end }: Call, text: string): Edit {
  const last = args[args.length - 1];
  if (last === undefined) return { start: end - 1, end: end - 1, text };
  return { start: last.end, end: last.end, text: `, ${text}` };
}

/** Takes an argument away, with the comma that parts it from its neighbour. */
export function argumentRemoved({ args }: Call, argument: Argument): Edit {
  const index = args.indexOf(argument);
  const before = args[index - 1];
  const after = args[index + 1];
  if (before !== undefined) return { start: before.end, end: argument.end, text: '' };
  return { start: argument.start, end: after?.start ?? argument.end, text: '' };
}
