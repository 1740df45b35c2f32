import { DiagnosticSeverity, type Diagnostic as Item } from 'vscode-languageserver';
import { mistakeMessage, nearestTitle } from '../project/config-messages.ts';
import type { ConfigMistake } from '../project/config-read.ts';
import type { Language } from './deps.ts';
import { type ItemData, source } from './items.ts';
import type { Feature } from './server.ts';
import { inBackground } from './session.ts';

export const configurationCode = 'mentor/configuration';

/** Tells of mistakes in a `pyproject.toml`, open or not. They are sent, not pulled: nobody pulls for a closed file. */
export const registerConfigurationMistakes: Feature = (session) => {
  const { connection, configurations, documents, sentMistakes } = session;

  const send = async () => {
    const analysis = await session.analysis;
    if (analysis === undefined) return;
    configurations.flush(analysis.workspace);
    const mistakes = configurations.mistakes();
    for (const key of new Set([...sentMistakes.keys(), ...mistakes.keys()])) {
      const own = mistakes.get(key);
      const document = documents.get(key);
      const uri = document?.uri ?? key;
      const items = own?.map((each) => toItem(each, key, session.language)) ?? [];
      const said = JSON.stringify(items);
      const sent = sentMistakes.get(key);
      if (own === undefined) sentMistakes.delete(key);
      else sentMistakes.set(key, { said, version: document?.version });
      if (said === sent?.said && document?.version === sent.version) continue;
      const version = document === undefined ? {} : { version: document.version };
      await connection.sendDiagnostics({ uri, ...version, diagnostics: items });
    }
  };

  session.changed.listen(() =>
    inBackground(connection, 'telling of mistakes in the configuration', send()),
  );
  return {};
};

function toItem(mistake: ConfigMistake, path: string, language: Language): Item {
  const { range, nearest } = mistake;
  const data: ItemData | undefined =
    nearest === undefined
      ? undefined
      : {
          fix: {
            title: nearestTitle(nearest, language),
            applicability: 'quick',
            edits: [{ path, range, newText: nearest }],
          },
        };
  return {
    range,
    severity: DiagnosticSeverity.Warning,
    code: configurationCode,
    source,
    message: capitalised(mistakeMessage(mistake, language)),
    ...(data === undefined ? {} : { data }),
  };
}

/** On the command line a place comes before it; among problems it is a sentence of its own. */
const capitalised = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);
