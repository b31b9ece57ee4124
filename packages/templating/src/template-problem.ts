/** A place in the values of a step: keys and indexes from the outside in. */
export type ValuePath = readonly (string | number)[];

/** What is wrong with a template or with what it was given, as a sentence and the next step. */
export interface TemplateProblem {
  code:
    | 'template.syntax'
    | 'template.evaluation'
    | 'template.limit'
    | 'template.too-deep'
    | 'template.bad-key'
    | 'template.bad-path'
    | 'template.options';
  message: string;
  hint: string;
  /** Where in the values, or undefined for a file. */
  at?: ValuePath;
  /** Path of the skeleton's file. */
  file?: string;
  /** In the text of the expression or the file, from 1. */
  line?: number;
  column?: number;
}

/** Ends the rendering of a value or a file. Holds no value of the context, which may be secret. */
export class TemplateProblemError extends Error {
  readonly problem: TemplateProblem;

  constructor(problem: TemplateProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
