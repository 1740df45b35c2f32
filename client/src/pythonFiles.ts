import * as vscode from 'vscode';

const foreign = '**/{.venv,venv,env,node_modules,site-packages,.tox,__pycache__}/**';
const routes = /^[ \t]*@\w+\.(?:get|post|put|patch|delete|websocket)\(/gm;

/** So many files are read at most: it is a first look, not an analysis. */
const limit = 200;

export const importsFastApi = (text: string) => /^[ \t]*(?:from|import)[ \t]+fastapi\b/m.test(text);

/** The Python file of the workspace with the most routes, or one that at least imports FastAPI. */
export async function findFastApiFile(): Promise<vscode.Uri | undefined> {
  let best: { uri: vscode.Uri; count: number } | undefined;
  const files = await vscode.workspace.findFiles('**/*.py', foreign, limit);
  for (const uri of files.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const text = await readText(uri);
    if (!importsFastApi(text)) continue;
    const count = text.match(routes)?.length ?? 0;
    if (best === undefined || count > best.count) best = { uri, count };
  }
  return best?.uri;
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
