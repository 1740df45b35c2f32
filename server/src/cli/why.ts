/** `fastapi-mentor why FILE:LINE`: which routes reach a line, where it runs, and what it blocks on. */
import type { Location, RouteWay, WhyHere } from '../engine/call-graph.ts';
import { type CliDeps, UsageError } from './deps.ts';
import { openProject } from './texts.ts';

export interface WhyOptions {
  readonly format: 'text' | 'json';
  /** The folder of the project. */
  readonly root: string;
}

/** Prints why the code of a line runs where it does. Rejects with a `UsageError` for what is no place in a file. */
export async function why(typed: string, options: WhyOptions, deps: CliDeps): Promise<number> {
  const [, file, line] = /^(.+):(\d+)(?::\d+)?$/.exec(typed) ?? [];
  if (file === undefined || line === undefined) throw new UsageError(`not FILE:LINE: ${typed}`);
  const { workspace, texts, relative } = await openProject(options.root, deps);
  const path = deps.resolvePath(file);
  const text = texts.get(path)?.split(/\r\n?|\n/)[Number(line) - 1];
  if (text === undefined) throw new UsageError(`no such line in the project: ${typed}`);
  const character = text.length - text.trimStart().length;
  const found = workspace.whyHere(path, { line: Number(line) - 1, character });
  deps.stdout.write(
    options.format === 'json'
      ? `${JSON.stringify(found && plain(found, relative), null, 2)}\n`
      : found === null
        ? `${typed} stands in no function.\n`
        : printed(found, relative),
  );
  return 0;
}

/** Lines from 1, paths relative to the project. */
function plain(found: WhyHere, relative: (path: string) => string) {
  const place = ({ path, range }: Location) => ({
    path: relative(path),
    line: range.start.line + 1,
  });
  return {
    function: { name: found.function.name, async: found.isAsync, ...place(found.function) },
    reached: found.ways.map(({ kind, title, where, isDependency, hops }) => ({
      kind,
      title,
      on: where,
      dependency: isDependency,
      hops: hops.map((hop) => ({ name: hop.name, ...place(hop) })),
    })),
    open: found.isOpen,
    blocks: found.blocks.map(({ leaf, rule, at, names, hops }) => ({
      leaf,
      rule,
      ...place(at),
      hops: hops.map((hop, index) => ({
        function: names[index] ?? '',
        call: hop.name,
        ...place(hop),
      })),
    })),
  };
}

function printed(found: WhyHere, relative: (path: string) => string): string {
  const place = ({ path, range }: Location) => `${relative(path)}:${range.start.line + 1}`;
  const up = found.ways.flatMap((way) => [
    `  ${way.where === 'loop' ? 'event loop ' : 'thread pool'}  ${titleOf(way)}`,
    ...way.hops.map((hop) => `    ${hop.name}  ${place(hop)}`),
  ]);
  const down = found.blocks.flatMap(({ at, names, hops, leaf }) => [
    `  ${leaf}  ${place(at)}`,
    ...hops.map((hop, index) => `    ${names[index] ?? ''} → ${hop.name}  ${place(hop)}`),
  ]);
  return [
    `${found.function.name} (${found.isAsync ? 'async def' : 'def'})  ${place(found.function)}`,
    '',
    up.length > 0 ? 'Reached by' : 'No route was found to reach it.',
    ...up,
    ...(found.isOpen ? ['  It is also handed on to where it can not be followed.'] : []),
    '',
    down.length > 0 ? 'Blocks on' : 'Nothing was found that it blocks on.',
    ...down,
    '',
  ].join('\n');
}

function titleOf({ kind, title, isDependency }: RouteWay): string {
  if (kind !== 'route') return kind;
  return isDependency ? `${title} (dependency)` : title;
}
