import type { Rule } from '../engine/rule.ts';
import { blockingHttp } from './async/blocking-http.ts';
import { blockingSleep } from './async/blocking-sleep.ts';
import { nPlusOne } from './database/n-plus-one.ts';
import { exceptionReturned } from './response/exception-returned.ts';
import { missingResponseModel } from './response/missing-response-model.ts';
import { hardcodedSecret } from './security/hardcoded-secret.ts';

/** Every rule, in the order of their names. */
export const RULES: readonly Rule[] = [
  blockingHttp,
  blockingSleep,
  nPlusOne,
  exceptionReturned,
  missingResponseModel,
  hardcodedSecret,
];
