/** What a rule is, and what it may ask and say. Rules import only this and the framework model. */

import type { LoopCall, NamedCall } from '../fastapi/calls.ts';
import type { Returned } from '../fastapi/returns.ts';
import type { Route } from '../fastapi/routes.ts';
import type { Application } from '../fastapi/running/project.ts';
import type { Purpose, Subject } from '../fastapi/subject.ts';
import type {
  CallSite,
  ClassSite,
  FunctionSite,
  ImportSite,
  LiteralSite,
  NameSite,
  ReferenceSite,
} from '../python/sites.ts';

/** How loudly a finding speaks. `off` never appears on a diagnostic. */
export type Level = 'error' | 'warning' | 'info' | 'hint' | 'off';

/** Values for the `{placeholders}` of a message. */
export type MessageData = Readonly<Record<string, string>>;

/** `safe`: nothing that worked answers differently, so it may be applied in bulk. `quick`: one at a time. */
export type Applicability = 'safe' | 'quick';

/** Offsets relative to the start of a block: the reporting one, or the one named. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly block?: string;
}

export interface Replacement extends Place {
  readonly text: string;
}

export interface FixPlan<FixId extends string = string> {
  readonly fix: FixId;
  readonly replace: readonly Replacement[];
  /** What the new text uses; added once, where imports stand. No fix is offered where a name means something else. */
  readonly imports?: readonly NeededImport[];
}

/** `import module`, or `from module import name`. */
export interface NeededImport {
  readonly module: string;
  readonly name?: string;
}

export interface ReportOptions<FixId extends string = string> {
  /** Instead of the rule's own level. */
  readonly level?: Exclude<Level, 'off'>;
  readonly fix?: FixPlan<FixId> | undefined;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
}

export type Report<MessageId extends string, FixId extends string> = (
  message: MessageId,
  at: Place,
  data?: MessageData,
  options?: ReportOptions<FixId>,
) => void;

export interface RuleContext<MessageId extends string = string, FixId extends string = string> {
  readonly report: Report<MessageId, FixId>;
  /** The file and block in question, and everything that is known about names and types. */
  readonly subject: Subject;
}

/** Each check is given every subject of its kind, in source order. */
export interface Checks<MessageId extends string, FixId extends string> {
  /** A call of something known by name, anywhere. */
  call?(call: NamedCall, context: RuleContext<MessageId, FixId>): void;
  /** A call in the own body of an `async def`: it runs on the event loop. */
  loopCall?(call: LoopCall, context: RuleContext<MessageId, FixId>): void;
  /** A path operation. */
  route?(route: Route, context: RuleContext<MessageId, FixId>): void;
  /** An application with all its routes. Reports name the block: `at: { block, start, end }`. */
  application?(application: Application, context: RuleContext<MessageId, FixId>): void;
  /** A `return` with a value. */
  returned?(returned: Returned, context: RuleContext<MessageId, FixId>): void;
  /** A text literal, with what it is for. */
  literal?(literal: LiteralSite, context: RuleContext<MessageId, FixId>): void;
  /** A function or method, nested ones too. */
  function?(site: FunctionSite, context: RuleContext<MessageId, FixId>): void;
  class?(site: ClassSite, context: RuleContext<MessageId, FixId>): void;
  import?(site: ImportSite, context: RuleContext<MessageId, FixId>): void;
  /** A whole attribute chain that is not called. */
  reference?(site: ReferenceSite, context: RuleContext<MessageId, FixId>): void;
  /** The same, and names that are read. */
  read?(site: ReferenceSite | NameSite, context: RuleContext<MessageId, FixId>): void;
  /** Any call, whatever it calls. */
  anyCall?(site: CallSite, context: RuleContext<MessageId, FixId>): void;
}

export interface FixSpec {
  readonly applicability: Applicability;
  readonly title: string;
}

export interface Rule {
  /** `category/name`: never changed once released. */
  readonly name: string;
  readonly level: Level;
  readonly since: string;
  /** The files that it says nothing about, by what they are for. */
  readonly silentIn: readonly Purpose[];
  /** Its page must prove, under the real FastAPI, what it claims of run time. */
  readonly proof: boolean;
  readonly messages: Readonly<Record<string, string>>;
  readonly fixes: Readonly<Record<string, FixSpec>>;
  readonly check: Checks<string, string>;
}

/** Declares a rule. The compiler checks that what it reports are messages and fixes that it has. */
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  const Fixes extends Readonly<Record<string, FixSpec>> = Record<never, FixSpec>,
>(rule: {
  readonly name: `${string}/${string}`;
  readonly level: Level;
  readonly since: string;
  readonly silentIn?: readonly Purpose[];
  readonly proof?: boolean;
  readonly messages: Messages;
  readonly fixes?: Fixes;
  readonly check: Checks<keyof Messages & string, keyof Fixes & string>;
}): Rule {
  const { proof = false, fixes = {}, silentIn = [], check, ...rest } = rule;
  return { ...rest, proof, fixes, silentIn, check: check as Checks<string, string> };
}
