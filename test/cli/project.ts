/** A project on the disk and the command line over it, in this process, with a few real rules. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CliDeps } from '../../server/src/cli/deps.ts';
import { run } from '../../server/src/cli/run.ts';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { localise } from '../../server/src/engine/localise.ts';
import { readGitTree } from '../../server/src/git.ts';
import { nodeFileSystem, replaceFile } from '../../server/src/node.ts';
import { runProgram } from '../../server/src/programs.ts';
import { blockingHttp } from '../../server/src/rules/async/blocking-http.ts';
import { blockingSleep } from '../../server/src/rules/async/blocking-sleep.ts';
import { missingResponseModel } from '../../server/src/rules/response/missing-response-model.ts';
import { readSources, walkthroughs } from '../curriculum/sources.ts';
import { wasmParser } from '../support/parser.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly folder: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  read(file: string): string;
  bytes(file: string): Uint8Array;
  run(...args: string[]): Promise<Outcome>;
  /** With this on the standard input, or with something else of the machine. */
  runWith(
    deps: Partial<CliDeps> & { stdin?: string | Uint8Array },
    ...args: string[]
  ): Promise<Outcome>;
  remove(): void;
}

export function createProject(): Project {
  const folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-cli-'));
  const at = (file: string) => path.join(folder, file);
  const project: Project = {
    folder,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(at(name)), { recursive: true });
        writeFileSync(at(name), content);
      }
    },
    read: (file) => readFileSync(at(file), 'utf8'),
    bytes: (file) => readFileSync(at(file)),
    run: (...args) => project.runWith({}, ...args),
    async runWith({ stdin = '', ...given }, ...args) {
      const said = { stdout: '', stderr: '' };
      const output = (stream: 'stdout' | 'stderr') => ({
        isTTY: false,
        write(text: string | Uint8Array) {
          said[stream] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
        },
      });
      const parser = await wasmParser();
      const code = await run(args, {
        version: '0.0.0',
        fs: nodeFileSystem,
        stdout: output('stdout'),
        stderr: output('stderr'),
        env: {},
        writeFile: replaceFile,
        readGitTree,
        readCurriculum: async () => ({ curriculum: readSources(), walkthroughs }),
        runProgram,
        pathDelimiter: path.delimiter,
        readStdin: async () => Buffer.from(stdin),
        resolvePath: (typed) => path.resolve(folder, typed).replaceAll(path.sep, '/'),
        createAnalysis: async (onRuleFailure) => ({
          workspace: createWorkspace({
            parser,
            onRuleFailure,
            rules: [blockingSleep, blockingHttp, missingResponseModel],
          }),
          parser: 'test',
          localise,
        }),
        ...given,
      });
      return { code, ...said };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return project;
}

/** A file with a finding that is safe to fix, one that is not, and none beside. */
export const sleeping = `import time


async def poll() -> None:
    time.sleep(1)  # a while
`;

export const mended = `import asyncio
import time


async def poll() -> None:
    await asyncio.sleep(1)  # a while
`;

export const asking = `import requests


async def ask() -> None:
    requests.get("/")
`;
