/**
 * The text format of `COPY … FROM STDIN`: a line a row, fields between tabs, and a backslash before what would end a
 * field. See https://www.postgresql.org/docs/current/sql-copy.html, "Text Format".
 */

/** What a letter behind a backslash stands for. */
const ESCAPED: Record<string, string> = { '\\': '\\', t: '\t', n: '\n', r: '\r' };

/** A row with its newline. No field is null; a text must not hold NUL, which PostgreSQL's `text` cannot. */
export function copyLine(fields: readonly (string | number)[]): string {
  return `${fields.map(escapeField).join('\t')}\n`;
}

/** The fields of a row that {@link copyLine} wrote, its newline with or without. */
export function readCopyLine(line: string): string[] {
  return line
    .replace(/\n$/, '')
    .split('\t')
    .map((field) => field.replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter));
}

/** A `text[]` as PostgreSQL reads it; the result is a field that {@link copyLine} still has to escape. */
export function textArrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function escapeField(field: string | number): string {
  if (typeof field === 'number') return String(field);
  if (!/[\\\t\n\r]/.test(field)) return field;
  return field
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
