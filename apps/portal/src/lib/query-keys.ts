/** Roots of the cache: what a mutation invalidates. Below them the queries add their own parts. */
export const queryKeys = {
  portal: ['portal'],
  /** Everything that was read from entities. */
  catalog: ['catalog'],
  sources: ['sources'],
  /** Templates, their forms and their runs. */
  scaffolder: ['scaffolder'],
  repositories: ['repositories'],
  /** What one is told. */
  notifications: ['notifications'],
  /** Runs of templates, theirs and those of others: invalidated when one is started. */
  runs: ['runs'],
  /** Looks at places that are not registered. */
  analyses: ['analyses'],
} as const;
