/** Deeper chains of causes than this tell nothing more. */
const MAX_CAUSES = 5;

/**
 * An error as the log of the server may have it: its text and where it was thrown, and that of its causes, without the
 * secrets of a run. Other members are left out, since clients put whole requests into theirs.
 */
export function redactedError(error: unknown, redact: (text: string) => string) {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && causes.length < MAX_CAUSES; next = next.cause)
    causes.push(next);
  return {
    type: causes[0]?.name ?? typeof error,
    message: redact(causes[0]?.message ?? String(error)),
    stack: redact(causes.map(({ stack, message }) => stack ?? message).join('\ncaused by: ')),
  };
}
