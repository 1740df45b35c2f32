import type { Rule } from '../engine/rule.ts';
import { blockingCpu } from './async/blocking-cpu.ts';
import { blockingDatabase } from './async/blocking-database.ts';
import { blockingFileIo } from './async/blocking-file-io.ts';
import { blockingHttp } from './async/blocking-http.ts';
import { blockingSleep } from './async/blocking-sleep.ts';
import { blockingSubprocess } from './async/blocking-subprocess.ts';
import { danglingTask } from './async/dangling-task.ts';
import { missingAwait } from './async/missing-await.ts';
import { offloadCalled } from './async/offload-called.ts';
import { nPlusOne } from './database/n-plus-one.ts';
import { exceptionReturned } from './response/exception-returned.ts';
import { missingResponseModel } from './response/missing-response-model.ts';
import { hardcodedSecret } from './security/hardcoded-secret.ts';

/** Every rule, in the order of their names. */
export const RULES: readonly Rule[] = [
  blockingCpu,
  blockingDatabase,
  blockingFileIo,
  blockingHttp,
  blockingSleep,
  blockingSubprocess,
  danglingTask,
  missingAwait,
  offloadCalled,
  nPlusOne,
  exceptionReturned,
  missingResponseModel,
  hardcodedSecret,
];
