import type { RunEffect } from '@waymark/contracts';
import type { z } from 'zod';
import type { Actor } from '../../../platform/auth/actor.ts';
import type { ContentPlace } from '../../sources/index.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Publication } from './publication.ts';

/** Writes to the log of a run. Secrets are blotted out on the way. */
export interface StepLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a step makes outside, as it is written down before it is made. */
export interface EffectDeclaration {
  /** Tells the effects of one step apart, the same at every try. */
  key: string;
  kind: RunEffect['kind'];
  /** What people read: `Repository acme/shop on github.com`. */
  title: string;
  /** What finding it again, and undoing it, needs to know. No secrets. */
  details: JsonObject;
}

/** An effect that is there. */
export interface MadeEffect {
  url?: string | undefined;
  details: JsonObject;
}

/** The book of what a run made outside. */
export interface EffectLedger {
  /**
   * Makes something outside once, however often the step is tried: written down, made, and marked as made.
   *
   * @param make `mayExist`: a try before was broken off after it had begun, so look whether it is there already.
   *   `idempotencyKey`: for servers that know such keys; the same at every try of this effect, and for no other.
   */
  once(
    effect: EffectDeclaration,
    make: (state: { mayExist: boolean; idempotencyKey: string }) => Promise<MadeEffect>,
  ): Promise<MadeEffect>;
}

/** What an action is given beside its input. */
export interface ActionContext {
  readonly taskId: string;
  /** When the run was asked for: the time of its commits, the same at every try. */
  readonly startedAt: Date;
  readonly workspace: Workspace;
  readonly log: StepLog;
  readonly signal: AbortSignal;
  /** Who asked for the run: everything is done with this person's rights. */
  readonly actor: Actor;
  /** Where the template lies, for addresses that are relative. */
  readonly place: ContentPlace | undefined;
  /** Files that a dry run was given in place of those beside the template. */
  readonly givenFiles: ReadonlyMap<string, Uint8Array> | undefined;
  readonly isDryRun: boolean;
  readonly effects: EffectLedger;
  /** What the run is made of, for the record that created projects carry. */
  readonly provenance: RunProvenance;
  /** To be told which version of the template's own files was read. */
  readonly noteTemplateVersion: (version: string) => void;
}

/** What a created project records of its origin. */
export interface RunProvenance {
  templateRef: string;
  templateVersion: string | undefined;
  values: JsonObject;
}

/** What telling the files of a publication is given: a workspace that may be written to. */
export interface PublicationContext extends Pick<ActionContext, 'workspace' | 'provenance' | 'signal'> {
  /** Whether the place is one that somebody named: that of an example is not looked into. */
  readonly isExample: boolean;
}

/** What undoing an effect is given. */
export interface UndoContext {
  readonly signal: AbortSignal;
  readonly actor: Actor;
  readonly log: StepLog;
}

/** What a step may do. */
export interface ScaffolderAction {
  readonly id: string;
  readonly description: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly examples: readonly { description: string; example: string }[];
  /** Whether it may change files of the workspace; only then the step works on a copy of its own. */
  readonly workspace: 'none' | 'read' | 'write';
  /** `skips`: a dry run makes up its output by the schema. */
  readonly dryRun: 'runs' | 'skips';
  /** Names of inputs that may hold secrets; anywhere else a secret stops the run. */
  readonly secretInputs: readonly string[];
  /** What it will do outside, as sentences, as far as the input tells. */
  plan(input: JsonObject): string[];
  /** Problems that can be told before the first step. Input that is still unknown is left out. */
  check(input: JsonObject, context: CheckContext): Promise<ActionProblem[]>;
  run(input: unknown, context: ActionContext): Promise<JsonObject>;
  /** The files that {@link run} would take out of the workspace, and what they would replace. */
  readonly publication?: (input: unknown, context: PublicationContext) => Promise<Publication>;
  /** Takes back an effect of this action. Without it, people have to. */
  readonly undo?: (effect: MadeEffect, context: UndoContext) => Promise<void>;
}

export interface CheckContext {
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** A sentence and the next step. */
export interface ActionProblem {
  message: string;
  hint: string;
}

/** A step cannot be done: `message` says why, `hint` what to do. */
export class ActionFailure extends Error {
  override readonly name: string = 'ActionFailure';
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.hint = hint;
  }
}

/** The same, of an effect of which it is certain that nothing of it was made: the ledger forgets that it was intended. */
export class NothingMadeFailure extends ActionFailure {
  override readonly name = 'NothingMadeFailure';
}

interface ActionDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  id: string;
  description: string;
  input: Input;
  output: Output;
  examples: readonly { description: string; example: string }[];
  workspace: ScaffolderAction['workspace'];
  dryRun?: ScaffolderAction['dryRun'];
  secretInputs?: readonly string[];
  plan?: (input: JsonObject) => string[];
  check?: ScaffolderAction['check'];
  run(input: z.output<Input>, context: ActionContext): Promise<z.input<Output>>;
  publication?: (input: z.output<Input>, context: PublicationContext) => Promise<Publication>;
  undo?: ScaffolderAction['undo'];
}

/** Declares an action and ties its code to the types of its schemas. Its output is checked like its input. */
export function defineAction<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ActionDefinition<Input, Output>,
): ScaffolderAction {
  const { publication, undo, ...rest } = definition;
  return {
    ...rest,
    dryRun: definition.dryRun ?? 'runs',
    secretInputs: definition.secretInputs ?? [],
    plan: definition.plan ?? (() => []),
    check: definition.check ?? (async () => []),
    async run(input, context) {
      // Parsed by the caller with the schema of the definition.
      const output = await definition.run(input as z.output<Input>, context);
      const parsed = definition.output.parse(output) ?? {};
      // Outputs are mappings of JSON; what is undefined in them is left out.
      return JSON.parse(JSON.stringify(parsed)) as JsonObject;
    },
    ...(publication && {
      // Parsed by the caller, too.
      publication: (input, context) => publication(input as z.output<Input>, context),
    }),
    ...(undo ? { undo } : {}),
  };
}

/** The text of a member of an input, when it is known and a text. */
export function textIn(input: JsonObject, name: string): string | undefined {
  const value: JsonValue | undefined = input[name];
  return typeof value === 'string' ? value : undefined;
}
