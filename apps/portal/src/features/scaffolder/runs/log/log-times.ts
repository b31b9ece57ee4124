const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The time of day at which a line was written: "15:42:06". */
export function clockTime(at: string): string {
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) ? '--:--:--' : clock.format(instant);
}

/** How long after the beginning a line was written: "00:03.2", "1:02:03". */
export function sinceStart(at: string, startedAt: string): string {
  const milliseconds = Math.max(0, Date.parse(at) - Date.parse(startedAt));
  if (Number.isNaN(milliseconds)) return '--:--.-';
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds >= 3600)
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}.${Math.floor((milliseconds % 1000) / 100)}`;
}
