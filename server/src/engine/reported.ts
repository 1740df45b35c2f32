import { defineQuery } from '../query/database.ts';
import { applyConfiguration, isExcluded } from './configuration.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fileDiagnostics } from './present.ts';
import { suppressed } from './suppressions.ts';

/** By path: what a person is told about a file: what the rules say, after configuration and suppression. */
export const reportedDiagnostics = defineQuery<readonly Diagnostic[]>('reported', (db, path) =>
  isExcluded(db, path)
    ? []
    : suppressed(db, path, applyConfiguration(db, path, db.get(fileDiagnostics, path))),
);
