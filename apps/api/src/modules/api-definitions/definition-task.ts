import type { DefinitionChange, DefinitionFormat } from '@waymark/contracts';

/** Something wrong with a definition, with its line in the text where that is known. */
export interface DefinitionProblem {
  message: string;
  line?: number;
}

/** What a reader of a format makes of a text: the model for the viewer, unless it cannot be read. */
export interface ReadDefinition {
  model?: unknown;
  problems: DefinitionProblem[];
}

/** Work for the process that reads definitions. */
export type DefinitionTask =
  | { kind: 'read'; format: DefinitionFormat; text: string }
  | { kind: 'compare'; format: DefinitionFormat; before: string; after: string };

/** The answer to a {@link DefinitionTask}, as JSON text: it crosses processes, and goes to the client, as it is. */
export interface DefinitionAnswers {
  read: { modelJson?: string; problems: DefinitionProblem[] };
  compare: { changes: DefinitionChange[] };
}
