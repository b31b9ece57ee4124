import type { JsonObject, JsonValue } from '../engine/json.ts';
import type { RunSpec } from './run-record.ts';

/** What the configuration gives to every template, under `environment`. */
export interface TemplateEnvironment {
  parameters: JsonObject;
  secrets: Readonly<Record<string, string>>;
}

/** Handles in place of secrets: those of the run, and those of the configuration. */
export interface HandlesInContext {
  secrets: JsonObject;
  environment: JsonObject;
}

/** What expressions of a run see. Grows with the outputs of its steps. */
export class RunContext {
  readonly #base: JsonObject;
  readonly #environment: JsonObject;
  readonly #handles: HandlesInContext;
  readonly #steps: Record<string, { output: JsonValue }> = {};

  constructor(spec: RunSpec, taskId: string, environment: JsonObject, handles: HandlesInContext) {
    const { user } = spec;
    this.#base = {
      parameters: spec.parameters,
      user: { ref: user.ref, ...(user.entity && { entity: user.entity }) },
      context: { task: { id: taskId } },
    };
    this.#environment = environment;
    this.#handles = handles;
  }

  addOutput(stepId: string, output: JsonValue): void {
    this.#steps[stepId] = { output };
  }

  /** Without secrets: for conditions and for what the run gives. */
  plain(): JsonObject {
    return { ...this.#base, steps: { ...this.#steps }, environment: { parameters: this.#environment } };
  }

  /** With handles of secrets: for the input of a step. */
  forInput(each?: { key: string; value: JsonValue }): JsonObject {
    return {
      ...this.plain(),
      secrets: this.#handles.secrets,
      environment: { parameters: this.#environment, secrets: this.#handles.environment },
      ...(each && { each: { key: each.key, value: each.value } }),
    };
  }
}
