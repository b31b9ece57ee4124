import { copyLine, readCopyLine, textArrayLiteral } from '@waymark/db/copy-text';

/** A valid document on its way into `incoming_document`. */
export interface IncomingRow {
  path: string;
  documentIndex: number;
  line: number;
  ref: string;
  contentHash: string;
  /** JSON text of the entity. */
  entity: string;
  /** `type target-ref` each. */
  relations: string[];
  descriptorText: string;
}

/** The row as `COPY_INCOMING_DOCUMENTS` takes it, so that whoever stores it has nothing left to do. */
export function writeIncomingRow(row: IncomingRow): string {
  return copyLine([
    row.path,
    row.documentIndex,
    row.line,
    row.ref,
    row.contentHash,
    row.entity,
    textArrayLiteral(row.relations),
    // PostgreSQL's text cannot hold NUL; YAML cannot either, so this never changes a valid document.
    row.descriptorText.replaceAll('\0', ''),
  ]);
}

/** The entities of the first rows, at most `limit`. */
export function readIncomingEntities(
  rows: Uint8Array,
  limit: number,
): Pick<IncomingRow, 'line' | 'ref' | 'entity'>[] {
  const lines = new TextDecoder().decode(rows).split('\n', limit);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [, , lineNumber, ref = '', , entity = ''] = readCopyLine(line);
      return { line: Number(lineNumber), ref, entity };
    });
}
