import * as vscode from 'vscode';
import type { ConfigurationMiddleware } from 'vscode-languageclient';

const section = 'fastapiMentor';

/** What a `pyproject.toml` may say as well: there, a default of ours must not look like somebody's word. */
const shared = ['preset', 'select', 'ignore', 'levels', 'exclude', 'perFileIgnores', 'ruff'];

/** Sends of the settings about rules only those that somebody has set. */
export const settingsMiddleware: ConfigurationMiddleware = {
  async configuration(params, token, next) {
    const answers = await next(params, token);
    if (!Array.isArray(answers)) return answers;
    return answers.map((answer: unknown, index) => {
      const item = params.items[index];
      return item?.section === section ? withoutDefaults(answer, item.scopeUri) : answer;
    });
  },
};

function withoutDefaults(settings: unknown, scopeUri: string | undefined): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  const configuration = vscode.workspace.getConfiguration(section, scope);
  const isSet = (key: string) => {
    const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(key) ?? {};
    return [globalValue, workspaceValue, workspaceFolderValue].some((each) => each !== undefined);
  };
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => !shared.includes(key) || isSet(key)),
  );
}
