/** A column of a table for a terminal. */
export interface TextColumn {
  title: string;
  /** Text stands left, numbers stand right. */
  isText?: boolean;
  /** Title over this column and those after it that have the same one. */
  group?: string;
}

const GAP = '  ';
/** Before a column that begins another group. */
const GROUP_GAP = '    ';

/** Lays out rows under their columns; every row has a cell for each column. */
export function formatTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const gaps = columns.map(({ group }, index) => {
    if (index === 0) return '';
    return group === columns[index - 1]?.group ? GAP : GROUP_GAP;
  });
  const line = (cells: readonly string[]) =>
    columns
      .map(({ isText = false }, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return gaps[index] + (isText ? cell.padEnd(width) : cell.padStart(width));
      })
      .join('')
      .trimEnd();
  const titles = line(columns.map(({ title }) => title));
  const body = rows.map(line);
  const hasGroups = columns.some(({ group }) => group !== undefined);
  return [...(hasGroups ? [groupLine(columns, widths, gaps)] : []), titles, ...body].join('\n');
}

/** The titles of groups, each where the columns of its group begin. */
function groupLine(
  columns: readonly TextColumn[],
  widths: readonly number[],
  gaps: readonly string[],
): string {
  let text = '';
  let position = 0;
  columns.forEach(({ group }, index) => {
    position += gaps[index]?.length ?? 0;
    if (group !== undefined && group !== columns[index - 1]?.group) text = text.padEnd(position) + group;
    position += widths[index] ?? 0;
  });
  return text.trimEnd();
}
