const dayMs = 24 * 3600 * 1000;

/** A moment of the past that people ask for. */
export interface AsOfChoice {
  label: string;
  instant: string;
}

/** Moments to choose without a calendar, the nearest first. A month ago is the same day of the month before. */
export function asOfChoices(now: Date): AsOfChoice[] {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString();
  return [
    { label: 'Yesterday', instant: before(1) },
    { label: 'A week ago', instant: before(7) },
    { label: 'A month ago', instant: monthBefore(now).toISOString() },
    { label: 'Three months ago', instant: before(91) },
  ];
}

function monthBefore(now: Date): Date {
  const instant = new Date(now);
  instant.setMonth(now.getMonth() - 1);
  // The 31st of a short month would roll over into this one: then its last day is meant.
  if (instant.getMonth() === now.getMonth()) instant.setDate(0);
  return instant;
}

/** An instant as a field for local date and time takes it, in the reader's zone, to the minute. */
export function localFieldText(instant: Date): string {
  const local = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
