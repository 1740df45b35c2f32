import type { Rule } from '../engine/rule.ts';
import { awaitNonAwaitable } from './async/await-non-awaitable.ts';
import { blockingChain } from './async/blocking-chain.ts';
import { blockingCpu } from './async/blocking-cpu.ts';
import { blockingDatabase } from './async/blocking-database.ts';
import { blockingFileIo } from './async/blocking-file-io.ts';
import { blockingFileStat } from './async/blocking-file-stat.ts';
import { blockingHttp } from './async/blocking-http.ts';
import { blockingInput } from './async/blocking-input.ts';
import { blockingLock } from './async/blocking-lock.ts';
import { blockingSleep } from './async/blocking-sleep.ts';
import { blockingSubprocess } from './async/blocking-subprocess.ts';
import { cachedCoroutine } from './async/cached-coroutine.ts';
import { cancellationSwallowed } from './async/cancellation-swallowed.ts';
import { danglingTask } from './async/dangling-task.ts';
import { missingAwait } from './async/missing-await.ts';
import { needlessAsync } from './async/needless-async.ts';
import { nestedEventLoop } from './async/nested-event-loop.ts';
import { offloadCalled } from './async/offload-called.ts';
import { sequentialAwaits } from './async/sequential-awaits.ts';
import { enginePerRequest } from './database/engine-per-request.ts';
import { expiredAfterCommit } from './database/expired-after-commit.ts';
import { filterOperator } from './database/filter-operator.ts';
import { globalSession } from './database/global-session.ts';
import { lazyLoadInAsync } from './database/lazy-load-in-async.ts';
import { legacySessionmaker } from './database/legacy-sessionmaker.ts';
import { missingRollback } from './database/missing-rollback.ts';
import { nPlusOne } from './database/n-plus-one.ts';
import { sessionHeldWhileWaiting } from './database/session-held-while-waiting.ts';
import { sessionInBackgroundTask } from './database/session-in-background-task.ts';
import { sessionSharedInGather } from './database/session-shared-in-gather.ts';
import { syncDriverInAsyncEngine } from './database/sync-driver-in-async-engine.ts';
import { unboundedQuery } from './database/unbounded-query.ts';
import { annotatedDefault } from './dependencies/annotated-default.ts';
import { called } from './dependencies/called.ts';
import { calledDirectly } from './dependencies/called-directly.ts';
import { commitAfterYield } from './dependencies/commit-after-yield.ts';
import { hiddenInWrapper } from './dependencies/hidden-in-wrapper.ts';
import { missingDepends } from './dependencies/missing-depends.ts';
import { modelDependencyValidator } from './dependencies/model-dependency-validator.ts';
import { nonAnnotated } from './dependencies/non-annotated.ts';
import { outsideSignature } from './dependencies/outside-signature.ts';
import { scopeViolation } from './dependencies/scope-violation.ts';
import { sessionNotClosed } from './dependencies/session-not-closed.ts';
import { settingsNotCached } from './dependencies/settings-not-cached.ts';
import { unusedResult } from './dependencies/unused-result.ts';
import { yieldSwallowsException } from './dependencies/yield-swallows-exception.ts';
import { yieldWithoutFinally } from './dependencies/yield-without-finally.ts';
import { backgroundTaskLost } from './lifecycle/background-task-lost.ts';
import { baseHttpMiddleware } from './lifecycle/base-http-middleware.ts';
import { deprecatedOnEvent } from './lifecycle/deprecated-on-event.ts';
import { globalMutableState } from './lifecycle/global-mutable-state.ts';
import { httpExceptionInMiddleware } from './lifecycle/http-exception-in-middleware.ts';
import { invalidLifespan } from './lifecycle/invalid-lifespan.ts';
import { middlewareAfterStart } from './lifecycle/middleware-after-start.ts';
import { onEventIgnored } from './lifecycle/on-event-ignored.ts';
import { fileIntoMemory } from './performance/file-into-memory.ts';
import { httpClientPerRequest } from './performance/http-client-per-request.ts';
import { httpWithoutTimeout } from './performance/http-without-timeout.ts';
import { methodLruCache } from './performance/method-lru-cache.ts';
import { modelLoadedPerRequest } from './performance/model-loaded-per-request.ts';
import { unboundedGather } from './performance/unbounded-gather.ts';
import { unboundedMetricLabel } from './performance/unbounded-metric-label.ts';
import { unstableCacheKey } from './performance/unstable-cache-key.ts';
import { naiveDatetime } from './project/naive-datetime.ts';
import { unknownImport } from './project/unknown-import.ts';
import { v1Config } from './pydantic/v1-config.ts';
import { v1Validator } from './pydantic/v1-validator.ts';
import { bodyOnNoContent } from './response/body-on-no-content.ts';
import { deprecatedJsonResponse } from './response/deprecated-json-response.ts';
import { exceptionArguments } from './response/exception-arguments.ts';
import { exceptionDetailLeak } from './response/exception-detail-leak.ts';
import { exceptionMasked } from './response/exception-masked.ts';
import { exceptionNotRaised } from './response/exception-not-raised.ts';
import { exceptionReturned } from './response/exception-returned.ts';
import { handlerWrongException } from './response/handler-wrong-exception.ts';
import { invalidReturnAnnotation } from './response/invalid-return-annotation.ts';
import { missingResponseModel } from './response/missing-response-model.ts';
import { modelBypassed } from './response/model-bypassed.ts';
import { ormObjectExposed } from './response/orm-object-exposed.ts';
import { redundantResponseModel } from './response/redundant-response-model.ts';
import { secretFieldExposed } from './response/secret-field-exposed.ts';
import { templateSignature } from './response/template-signature.ts';
import { tupleStatus } from './response/tuple-status.ts';
import { validationErrorsNotEncoded } from './response/validation-errors-not-encoded.ts';
import { weakReturnType } from './response/weak-return-type.ts';
import { bytesParameter } from './routing/bytes-parameter.ts';
import { catchAllFirst } from './routing/catch-all-first.ts';
import { decoratorOrder } from './routing/decorator-order.ts';
import { duplicateOperationId } from './routing/duplicate-operation-id.ts';
import { duplicateRoute } from './routing/duplicate-route.ts';
import { fileWithJsonBody } from './routing/file-with-json-body.ts';
import { invalidPrefix } from './routing/invalid-prefix.ts';
import { lateChildRouter } from './routing/late-child-router.ts';
import { listQuery } from './routing/list-query.ts';
import { missingTags } from './routing/missing-tags.ts';
import { modelQuery } from './routing/model-query.ts';
import { pathParamInvalid } from './routing/path-param-invalid.ts';
import { pathParamMissing } from './routing/path-param-missing.ts';
import { pathParamPositionalOnly } from './routing/path-param-positional-only.ts';
import { pathWithoutSlash } from './routing/path-without-slash.ts';
import { routeDecorator } from './routing/route-decorator.ts';
import { routeShadowed } from './routing/route-shadowed.ts';
import { routesIntrospection } from './routing/routes-introspection.ts';
import { trailingSlash } from './routing/trailing-slash.ts';
import { unreachableRouter } from './routing/unreachable-router.ts';
import { untypedRequest } from './routing/untyped-request.ts';
import { corsWildcardCredentials } from './security/cors-wildcard-credentials.ts';
import { hardcodedSecret } from './security/hardcoded-secret.ts';
import { openRedirect } from './security/open-redirect.ts';
import { pathTraversal } from './security/path-traversal.ts';
import { broadcastMutation } from './websocket/broadcast-mutation.ts';
import { httpDependency } from './websocket/http-dependency.ts';
import { missingAccept } from './websocket/missing-accept.ts';
import { syncHandler } from './websocket/sync-handler.ts';
import { unhandledDisconnect } from './websocket/unhandled-disconnect.ts';

/** Every rule, in the order of their names. */
export const RULES: readonly Rule[] = [
  awaitNonAwaitable,
  blockingChain,
  blockingCpu,
  blockingDatabase,
  blockingFileIo,
  blockingFileStat,
  blockingHttp,
  blockingInput,
  blockingLock,
  blockingSleep,
  blockingSubprocess,
  cachedCoroutine,
  cancellationSwallowed,
  danglingTask,
  missingAwait,
  needlessAsync,
  nestedEventLoop,
  offloadCalled,
  sequentialAwaits,
  enginePerRequest,
  expiredAfterCommit,
  filterOperator,
  globalSession,
  lazyLoadInAsync,
  legacySessionmaker,
  missingRollback,
  nPlusOne,
  sessionHeldWhileWaiting,
  sessionInBackgroundTask,
  sessionSharedInGather,
  syncDriverInAsyncEngine,
  unboundedQuery,
  annotatedDefault,
  called,
  calledDirectly,
  commitAfterYield,
  hiddenInWrapper,
  missingDepends,
  modelDependencyValidator,
  nonAnnotated,
  outsideSignature,
  scopeViolation,
  sessionNotClosed,
  settingsNotCached,
  unusedResult,
  yieldSwallowsException,
  yieldWithoutFinally,
  backgroundTaskLost,
  baseHttpMiddleware,
  deprecatedOnEvent,
  globalMutableState,
  httpExceptionInMiddleware,
  invalidLifespan,
  middlewareAfterStart,
  onEventIgnored,
  fileIntoMemory,
  httpClientPerRequest,
  httpWithoutTimeout,
  methodLruCache,
  modelLoadedPerRequest,
  unboundedGather,
  unboundedMetricLabel,
  unstableCacheKey,
  naiveDatetime,
  unknownImport,
  v1Config,
  v1Validator,
  bodyOnNoContent,
  deprecatedJsonResponse,
  exceptionArguments,
  exceptionDetailLeak,
  exceptionMasked,
  exceptionNotRaised,
  exceptionReturned,
  handlerWrongException,
  invalidReturnAnnotation,
  missingResponseModel,
  modelBypassed,
  ormObjectExposed,
  redundantResponseModel,
  secretFieldExposed,
  templateSignature,
  tupleStatus,
  validationErrorsNotEncoded,
  weakReturnType,
  bytesParameter,
  catchAllFirst,
  decoratorOrder,
  duplicateOperationId,
  duplicateRoute,
  fileWithJsonBody,
  invalidPrefix,
  lateChildRouter,
  listQuery,
  missingTags,
  modelQuery,
  pathParamInvalid,
  pathParamMissing,
  pathParamPositionalOnly,
  pathWithoutSlash,
  routeDecorator,
  routeShadowed,
  routesIntrospection,
  trailingSlash,
  unreachableRouter,
  untypedRequest,
  corsWildcardCredentials,
  hardcodedSecret,
  openRedirect,
  pathTraversal,
  broadcastMutation,
  httpDependency,
  missingAccept,
  syncHandler,
  unhandledDisconnect,
];
