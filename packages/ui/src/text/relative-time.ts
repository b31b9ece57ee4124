const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });
const exactFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });

/** "3 minutes ago" or "in 2 hours"; under 45 seconds "just now" or "in a moment". */
export function relativeTime(instant: Date, now: Date): string {
  const seconds = Math.round((instant.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds > 0 ? 'in a moment' : 'just now';
  for (const [unit, length] of steps) {
    // From nine tenths of a unit on, the rounded unit reads better: "1 hour", not "57 minutes".
    if (distance >= length * 0.9)
      return relativeFormat.format(Math.sign(seconds) * Math.max(1, Math.round(distance / length)), unit);
  }
  return relativeFormat.format(Math.sign(seconds), 'minute');
}

/** The instant in full, with seconds and time zone. */
export function exactTime(instant: Date): string {
  return exactFormat.format(instant);
}

/** A duration in the unit that people read: "840 ms", "3.2 s", "4 min 5 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(whole, 60, 'min', 's');
  return twoUnits(Math.round(whole / 60), 60, 'h', 'min');
}

/** "4 min 5 s", "4 min". */
function twoUnits(value: number, size: number, large: string, small: string): string {
  const rest = value % size;
  return `${Math.floor(value / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

const numberFormat = new Intl.NumberFormat('en');

/** A number with its thousands grouped. */
export function numberText(value: number): string {
  return numberFormat.format(value);
}

/** "1 entity", "1,204 entities". The plural is the singular with an s unless given. */
export function countText(count: number, singular: string, plural = `${singular}s`): string {
  return `${numberText(count)} ${count === 1 ? singular : plural}`;
}
