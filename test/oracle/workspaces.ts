/** What the running apps are compared with: workspaces over the samples and FastAPI's documentation, and the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { type Application, applicationsIn } from '../../server/src/fastapi/running/project.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { oracleOf, type RunningApp, type RunningDependency, readSamples } from './oracle.mjs';

export type Workspace = ReturnType<typeof createWorkspace>;

/** Imports every sample and every module of the documentation under the real FastAPI. */
export async function comparison() {
  const parser = await wasmParser();
  const { docsSrc } = await pythonEnvironment();
  const oracle = await oracleOf(readSamples());
  return { oracle, docsSrc, open: (folder: string) => open(parser, folder) };
}

function open(parser: Parser, folder: string): Workspace {
  const workspace = createWorkspace({ parser });
  workspace.setRoots([{ path: folder, versions: {} }]);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.py')) continue;
    const full = path.posix.join(folder, file.replaceAll('\\', '/'));
    workspace.setText(full, readFileSync(full, 'utf8'));
  }
  workspace.setLoaded(true);
  workspace.diagnose('');
  return workspace;
}

/** The application that a server would be told by name. */
export function applicationFor(
  { db }: Workspace,
  folder: string,
  running: RunningApp,
): Application | undefined {
  const variable = running.app.slice(running.app.indexOf(':') + 1);
  return db
    .get(applicationsIn, path.posix.join(folder, running.path))
    .find((application) => application.variable === variable);
}

/** The documentation's modules are imported as `docs_src.…` there, and are a project of their own here. */
export function insideDocs(running: RunningApp): RunningApp {
  return {
    ...running,
    path: running.path.replace(/^docs_src\//, ''),
    routes: running.routes.map((route) => ({
      ...route,
      handler: route.handler?.replace(/^docs_src\./, '') ?? null,
      file: route.file?.replace(/^docs_src\//, '') ?? null,
      dependencies: route.dependencies.map(withoutPackage),
    })),
  };
}

function withoutPackage(dependency: RunningDependency): RunningDependency {
  const { call, dependencies } = dependency;
  return {
    ...dependency,
    call: call.replace(/^docs_src\./, ''),
    dependencies: dependencies.map(withoutPackage),
  };
}
