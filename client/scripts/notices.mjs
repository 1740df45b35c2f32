// The licences of what is inside the bundles, as their licences ask.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** The text of the notices. `inputs` are the files that went into bundles; `others` are packages copied as they are. */
export function notices(root, inputs, others) {
  const folders = new Map(others.map((name) => [name, path.join(root, 'node_modules', name)]));
  for (const input of inputs) {
    const match = PACKAGE.exec(input.replaceAll('\\', '/'));
    if (match === null) continue;
    const end = match.index + match[0].length;
    folders.set(match[1], path.resolve(root, input.slice(0, end)));
  }
  const parts = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, folder]) => {
      const { version, license } = JSON.parse(
        readFileSync(path.join(folder, 'package.json'), 'utf8'),
      );
      const file =
        existsSync(folder) &&
        readdirSync(folder).find((one) => /^(?:licen[cs]e|copying|thirdparty)/i.test(one));
      const text = file
        ? readFileSync(path.join(folder, file), 'utf8').trim()
        : `Licensed under ${license}.`;
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `FastAPI Mentor contains the following packages.\n${line}${parts.join(line)}`;
}
