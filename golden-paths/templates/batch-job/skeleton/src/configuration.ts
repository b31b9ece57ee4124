/** What the environment decides. It is read once, at the start. */
export interface Configuration {
  logLevel: string;
  /** How many items are in work at the same time. */
  concurrency: number;
}

/** @throws Error that names the variable at fault */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  return {
    logLevel: env.LOG_LEVEL ?? 'info',
    concurrency: positiveFrom('CONCURRENCY', env.CONCURRENCY ?? '4'),
  };
}

function positiveFrom(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`${name} must be a whole number from 1 on, not ${JSON.stringify(text)}`);
  }
  return number;
}
