import { type Check, check } from '../curriculum/checks.ts';
import { listOf } from '../curriculum/shape.ts';
import type { CheckResult } from '../engine/exercise.ts';
import type { Analysis } from './deps.ts';
import type { Feature } from './server.ts';
import { inBackground, keyOf, logFailure, type Session } from './session.ts';
import { settling } from './settling.ts';

/** A request: what holds of the checks of the exercise in a folder, from now on also when that changes. */
export const exerciseRequest = 'fastapiMentor/exercise';
/** A notification: nobody looks at the exercise in a folder any more. */
export const exerciseEndNotification = 'fastapiMentor/exerciseEnd';
/** To the client: what holds now, after an edit. */
export const exerciseResultsNotification = 'fastapiMentor/exerciseResults';

/** What holds of an exercise; no results before everything has been read. */
export interface ExerciseResults {
  /** As the client wrote it. */
  readonly folder: string;
  readonly results: readonly ShownResult[] | null;
}

export interface ShownResult {
  readonly holds: boolean;
  readonly why: string | null;
  readonly at: { readonly uri: string; readonly range: unknown } | null;
}

interface Watched {
  readonly folder: string;
  readonly checks: readonly Check[];
  told: string;
}

/** Exercises that somebody is working on. While there is none, nothing is computed. */
export const registerExercise: Feature = (session, sources) => {
  const { connection, deps } = session;
  const watched = new Map<string, Watched>();

  const evaluate = async ({ folder, checks }: Watched): Promise<ExerciseResults> => {
    const analysis = await session.analysis;
    if (analysis === undefined || !session.isLoaded) return { folder, results: null };
    sources.flush(analysis.workspace);
    return { folder, results: resultsOf(session, analysis, folder, checks) };
  };

  const look = async () => {
    for (const each of watched.values()) {
      await deps.pause();
      const now = await evaluate(each);
      const said = JSON.stringify(now.results);
      if (said === each.told) continue;
      each.told = said;
      await connection.sendNotification(exerciseResultsNotification, now);
    }
  };
  const lookAgain = settling(look, (work) =>
    inBackground(connection, 'checking an exercise', work),
  );
  session.changed.listen(() => {
    if (watched.size > 0) lookAgain();
  });

  connection.onRequest(exerciseRequest, async (params: unknown): Promise<ExerciseResults> => {
    const { folder, checks } = readParams(params);
    const entry: Watched = { folder, checks, told: '' };
    watched.set(folderKey(folder), entry);
    const now = await evaluate(entry);
    entry.told = JSON.stringify(now.results);
    return now;
  });
  connection.onNotification(exerciseEndNotification, (params: unknown) => {
    if (typeof params === 'object' && params !== null && 'folder' in params)
      watched.delete(folderKey(String(params.folder)));
  });
  return {};
};

/** Throws for what is no such request: the client is told so. */
function readParams(params: unknown): { folder: string; checks: readonly Check[] } {
  const given: Readonly<Record<string, unknown>> =
    typeof params === 'object' && params !== null ? { ...params } : {};
  if (typeof given.folder !== 'string') throw new Error('an exercise has a folder');
  return { folder: given.folder, checks: listOf(check)(given.checks, 'checks') };
}

function folderKey(folder: string): string {
  return keyOf(folder).replace(/\/+$/, '');
}

function resultsOf(
  session: Session,
  { workspace }: Analysis,
  folder: string,
  checks: readonly Check[],
): readonly ShownResult[] {
  try {
    return workspace.checkExercise(folderKey(folder), checks).map((each) => shown(session, each));
  } catch (error) {
    logFailure(session.connection, 'the analysis of an exercise', error);
    return checks.map(() => ({ holds: false, why: null, at: null }));
  }
}

function shown({ language }: Session, { holds, why, at }: CheckResult): ShownResult {
  return {
    holds,
    why: why === null ? null : why[language],
    at: at === null ? null : { uri: at.path, range: at.range },
  };
}
