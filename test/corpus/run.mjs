// `npm run test:corpus -- DIR...`: the analysis over every Python file of any checkout, and what must hold of it.
import process from 'node:process';
import { wasmParser } from '../support/parser.ts';
import { checkCorpus } from './check.ts';
import { readCheckout } from './checkout.ts';

const folders = process.argv.slice(2);
if (folders.length === 0 || folders.some((each) => each.startsWith('-'))) {
  console.error('npm run test:corpus -- DIR...: each a folder with Python files');
  process.exit(2);
}

const parser = await wasmParser();
let violations = 0;
for (const folder of folders) {
  const checkout = await readCheckout(folder);
  console.log(`\n== ${checkout.root}`);
  for (const note of checkout.notes) console.log(`  not read: ${note}`);
  if (checkout.files.length === 0) {
    console.log('  VIOLATION: there is no Python file');
    violations++;
    continue;
  }
  const result = await checkCorpus(checkout, parser);
  for (const line of result.report) console.log(`  ${line}`);
  for (const violation of result.violations.slice(0, 50)) console.log(`  VIOLATION: ${violation}`);
  if (result.violations.length > 50) console.log(`  … ${result.violations.length - 50} more`);
  violations += result.violations.length;
}
console.log(`\n${violations === 0 ? 'ok' : `${violations} violations`}`);
process.exitCode = violations === 0 ? 0 : 1;
