/** What one says at this time of the day, where the reader is. */
export function greetingAt(moment: Date): string {
  const hour = moment.getHours();
  if (hour < 5) return 'Good night.';
  if (hour < 12) return 'Good morning.';
  if (hour < 18) return 'Good afternoon.';
  return 'Good evening.';
}
