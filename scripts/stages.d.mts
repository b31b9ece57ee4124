export function runStage(
  name: string,
  work: (announce: (text: string) => void) => Promise<string>,
): Promise<void>;
export function printProblem(problem: { message: string; hint?: string }): void;
