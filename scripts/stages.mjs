const NAME_WIDTH = 12;
const RESULT_WIDTH = 52;

/**
 * Runs one stage of a start and prints one line when it is done: its name, what came of it, how long it took.
 *
 * @param {string} name
 * @param {(announce: (text: string) => void) => Promise<string>} work gives what came of it; calls
 *   `announce` before something slow
 */
export async function runStage(name, work) {
  const began = performance.now();
  const announce = (text) => console.log(`  ${name.padEnd(NAME_WIDTH)} ${text} …`);
  const result = await work(announce);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`  ${name.padEnd(NAME_WIDTH)} ${result.padEnd(RESULT_WIDTH)} ${seconds.padStart(6)} s`);
}

/** Prints why a start ended, and what to do. */
export function printProblem({ message, hint }) {
  console.error(`\n  ${message.replaceAll('\n', '\n  ')}`);
  if (hint) console.error(`  → ${hint}`);
  console.error('');
}
