/**
 * The invariant that everything rests on: any sequence of edits gives exactly what a fresh run over the final texts
 * gives: findings, routes, what every function does and who runs it. FASTAPI_MENTOR_EDITS is how many edits are tried
 * (about; 400 when it is not set), FASTAPI_MENTOR_PROJECTS are folders (with `:` between) to try them on as well.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callersOf } from '../../server/src/fastapi/effects/callers.ts';
import {
  blockingWayFrom,
  commits,
  queryingWayFrom,
} from '../../server/src/fastapi/effects/effects.ts';
import { runsOnlyAtStartup } from '../../server/src/fastapi/effects/startup.ts';
import { definitionsIn } from '../../server/src/python/definitions.ts';
import { Cancelled } from '../../server/src/query/database.ts';
import { allIds, fileShape } from '../../server/src/syntax/source.ts';
import { pythonFilesIn, ruleExamples, sampleFiles } from '../support/files.ts';
import { wasmParser } from '../support/parser.ts';
import { diagnoseAll, openWorkspace, pathOf } from '../support/workspace.ts';
import { EDIT_KINDS, type Edit, edited, type Project } from './edits.ts';

const parser = await wasmParser();
const total = Number(process.env.FASTAPI_MENTOR_EDITS ?? 400);
const PER_RUN = 12;

const projects: readonly { readonly name: string; readonly files: Project }[] = [
  { name: 'the sample app', files: projectOf(sampleFiles()) },
  { name: 'the rule pages', files: ruleProject() },
  ...docsProjects(),
  ...givenProjects(),
];

interface Step {
  readonly edit: Edit;
  /** Which files are looked at after the edit; all are at the end. */
  readonly looks: number;
  /** After how many computations a first look is cancelled; 0 for never. */
  readonly cancelAfter: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  edit: fc.record({
    kind: fc.constantFrom(...EDIT_KINDS),
    file: fc.nat(1_000),
    at: fc.nat(100_000),
    size: fc.nat(60),
    other: fc.nat(1_000),
  }),
  looks: fc.nat(3),
  cancelAfter: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
});

describe('any edits give what a fresh run gives', () => {
  test.each(projects)(
    'in $name',
    ({ files }) => {
      expect(files.size).toBeGreaterThan(1);
      const steps = fc.array(step, { minLength: PER_RUN, maxLength: PER_RUN });
      let findings = 0;
      fc.assert(
        fc.property(steps, (all) => {
          findings += follow(files, all);
        }),
        { numRuns: Math.ceil(total / PER_RUN / projects.length) },
      );
      expect(findings).toBeGreaterThan(0);
    },
    3_600_000,
  );
});

/** Makes the edits one after the other. Returns how many findings there were to compare. */
function follow(start: Project, steps: readonly Step[]): number {
  const workspace = openWorkspace(parser, Object.fromEntries(start));
  let before = start;
  let now = start;
  let compared = 0;
  for (const { edit, looks, cancelAfter } of steps) {
    const next = edited(now, edit, before);
    for (const path of now.keys()) if (!next.has(path)) workspace.removeFile(pathOf(path));
    for (const [path, text] of next)
      if (now.get(path) !== text) workspace.setText(pathOf(path), text);
    before = now;
    now = next;
    if (cancelAfter > 0) {
      let left = cancelAfter;
      workspace.db.setCheckpoint(() => {
        if (left-- === 0) throw new Cancelled();
      });
      try {
        diagnoseAll(workspace);
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
      }
      workspace.db.setCheckpoint(undefined);
    }
    // Most files are looked at now and then only, as in an editor.
    if (looks === 0) continue;
    const fresh = openWorkspace(parser, Object.fromEntries([...now].reverse()));
    if (looks < 3) {
      const path = [...now.keys()][edit.file % Math.max(1, now.size)] ?? '';
      const expected = fresh.diagnose(pathOf(path));
      compared += expected.length;
      expect(workspace.diagnose(pathOf(path))).toEqual(expected);
      continue;
    }
    const expected = diagnoseAll(fresh);
    compared += Object.values(expected).reduce((sum, one) => sum + one.length, 0);
    expect(diagnoseAll(workspace)).toEqual(expected);
    expect(workspace.applications()).toEqual(fresh.applications());
    expect(effectsOf(workspace)).toEqual(effectsOf(fresh));
  }
  const last = openWorkspace(parser, Object.fromEntries(now));
  const end = diagnoseAll(last);
  expect(diagnoseAll(workspace)).toEqual(end);
  expect(effectsOf(workspace)).toEqual(effectsOf(last));
  expect(fingerprints(diagnoseAll(workspace))).toEqual(fingerprints(end));
  return compared;
}

/** Of every finding, in each file no two the same. */
function fingerprints(all: ReturnType<typeof diagnoseAll>): string[][] {
  return Object.values(all).map((findings) => {
    const found = findings.map((finding) => finding.fingerprint);
    expect(new Set(found).size).toBe(found.length);
    return found;
  });
}

/** What every function does, and who runs it, by its id. */
function effectsOf({ db, paths }: ReturnType<typeof openWorkspace>) {
  return Object.fromEntries(
    [...paths()].sort().flatMap((path) =>
      allIds(db.get(fileShape, path)).flatMap((block) =>
        db.get(definitionsIn, block).flatMap(({ id, node }) => {
          if (node.type !== 'function') return [];
          const told = {
            blocks: blockingWayFrom(db, id),
            queries: queryingWayFrom(db, id),
            commits: commits(db, id),
            startup: runsOnlyAtStartup(db, id),
            callers: db.get(callersOf, id),
          };
          return [[id, told]];
        }),
      ),
    ),
  );
}

function projectOf(files: readonly { path: string; text: string }[]): Project {
  return new Map(files.map(({ path, text }) => [path, text]));
}

/** The pages' blocks, each in a folder of its own with the files that its comments name. */
function ruleProject(): Project {
  const files = new Map<string, string>();
  for (const [index, { text }] of ruleExamples().entries()) {
    const parts = text.split(/^# file: (.+)\n/m);
    if (parts[0]?.trim()) files.set(`page${index}/main.py`, parts[0]);
    for (let at = 1; at < parts.length; at += 2)
      files.set(`page${index}/${parts[at] ?? ''}`, parts[at + 1] ?? '');
  }
  return new Map([...files].filter(([path]) => path.endsWith('.py')).slice(0, 40));
}

/** Some of FastAPI's own examples, where the set-up of the Python tests has put them. */
function docsProjects(): { name: string; files: Project }[] {
  const folder = fileURLToPath(new URL('../../.cache/python/docs_src', import.meta.url));
  if (!existsSync(folder)) {
    console.info("FastAPI's examples are not there (test/python/environment.mjs brings them)");
    return [];
  }
  const files = pythonFilesIn(folder);
  const several = (name: string, wanted: RegExp) => ({
    name,
    files: projectOf(files.filter(({ path }) => wanted.test(path)).slice(0, 12)),
  });
  return [
    several('the examples of bigger applications', /^bigger_applications\/app\//),
    several('the examples of databases', /^(?:sql_databases|async_tests|app_testing)\//),
  ].filter((one) => one.files.size > 1);
}

/** A part of each given folder: what belongs to an application, with the files beside it. */
function givenProjects(): { name: string; files: Project }[] {
  const folders = (process.env.FASTAPI_MENTOR_PROJECTS ?? '').split(':').filter(Boolean);
  return folders.map((folder) => {
    const files = pythonFilesIn(folder).filter(({ path }) => !/(?:^|\/)tests?\//.test(path));
    const first = files.findIndex(({ text }) => /\bFastAPI\(/.test(text));
    return { name: folder, files: projectOf(files.slice(Math.max(0, first - 5)).slice(0, 10)) };
  });
}
