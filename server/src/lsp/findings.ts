import type { Feature } from './server.ts';
import { diagnose } from './session.ts';

/** A request: what some rules find in all files of the workspace, open or not. */
export const findingsRequest = 'fastapiMentor/findings';

/** A finding as a list of places shows it. */
export interface ListedFinding {
  readonly uri: string;
  readonly range: unknown;
  readonly rule: string;
  readonly message: string;
}

export const registerFindings: Feature = (session, sources) => {
  const { connection, deps } = session;
  connection.onRequest(findingsRequest, async (params: unknown): Promise<ListedFinding[]> => {
    const rules = rulesIn(params);
    const analysis = await session.analysis;
    if (analysis === undefined) return [];
    sources.flush(analysis.workspace);
    const found: ListedFinding[] = [];
    for (const path of [...analysis.workspace.paths()].sort()) {
      await deps.pause();
      for (const { rule, range, message } of diagnose(session, analysis, path))
        if (rules.has(rule)) found.push({ uri: path, range, rule, message });
    }
    return found;
  });
  return {};
};

function rulesIn(params: unknown): ReadonlySet<string> {
  if (typeof params !== 'object' || params === null || !('rules' in params)) return new Set();
  return new Set(Array.isArray(params.rules) ? params.rules.map(String) : []);
}
