/** Later than any instant of a change, and the last day of which the database reads the date as we write it. */
export const END_OF_TIME = new Date('9999-12-31T00:00:00Z');

/** A change goes by its instant in milliseconds: no two changes of the catalog share one. */
export function changeIdOf(instant: Date): string {
  return String(instant.getTime());
}

/** The instant of a change id or cursor, or undefined when the text is none. */
export function instantOfChangeId(id: string): Date | undefined {
  const instant = /^\d{1,15}$/.test(id) ? new Date(Number(id)) : undefined;
  return instant && instant <= END_OF_TIME ? instant : undefined;
}
