import {
  createSerializer,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
  type Options,
} from 'nuqs';

/** Whose runs the list shows. */
export const runScopes = ['mine', 'all'] as const;
export type RunScope = (typeof runScopes)[number];

/** States that a run can be asked by; `skipped` is for steps alone. */
export const runStatuses = ['open', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** The state of the list of runs as it stands in the address. */
export const runsSearchParsers = {
  scope: parseAsStringLiteral(runScopes).withDefault('mine'),
  status: parseAsStringLiteral(runStatuses),
  /** Reference of a template. */
  template: parseAsString,
} as const;

/** Each choice is a step that the browser goes back over. */
export const runsSearchOptions: Options = { history: 'push', shallow: false };

/** `?scope=all&status=…` of a state; what is at its default is left out. */
export const runsSearchString = createSerializer(runsSearchParsers);

type RunsValues = inferParserType<typeof runsSearchParsers>;
/** Parts of the state; what is missing stands at its default. */
export type RunsSearch = { [Key in keyof RunsValues]?: RunsValues[Key] };
