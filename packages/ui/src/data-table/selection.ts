/** The selection with a row added, or without it when it was in it. */
export function toggled(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The selection with all rows between two of them, in either order; only the second where the first is gone. */
export function rangeBetween(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  from: string,
  to: string,
): Set<string> {
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)];
  const between = start === -1 ? [to] : ids.slice(Math.min(start, end), Math.max(start, end) + 1);
  return new Set([...selected, ...between]);
}
