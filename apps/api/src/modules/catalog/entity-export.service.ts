import type { EndpointRequest, exportEntities } from '@waymark/contracts';
import { maxExportedEntities } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { StreamedReply } from '../../platform/http/streamed-reply.ts';
import type { CatalogReader } from './catalog-reader.ts';
import { defaultColumns, toCsv } from './csv-export.ts';
import { matchesOf, textOf } from './entity-query.ts';
import { readInChunks, refsOf, toJsonList } from './entity-stream.ts';
import { parseOrderFields } from './query-order.ts';
import { toIndexKey } from './read-index/query-path.ts';
import { countBits, hasBit } from './read-index/slot-set.ts';

type ExportInput = EndpointRequest<typeof exportEntities>['query'];

/** The catalog as a file. */
export interface EntityExports {
  exportEntities(caller: Caller, query: ExportInput): Promise<StreamedReply>;
}

const TEXT_FIELDS = ['metadata.name', 'metadata.title', 'metadata.description'];

/** @param maxEntities larger exports are refused */
export function createEntityExports(reader: CatalogReader, maxEntities = maxExportedEntities): EntityExports {
  return {
    async exportEntities(
      _caller,
      { filter, orderField, fullTextFilterTerm, fullTextFilterFields, format, columns },
    ) {
      const paths = columns?.length ? columns : defaultColumns;
      for (const path of paths) toIndexKey(path, 'catalog.bad-filter');
      const { index } = await reader.view();
      const order = index.order(parseOrderFields(orderField ?? []), { isComplete: true });
      const text = textOf({ term: fullTextFilterTerm, fields: fullTextFilterFields }, TEXT_FIELDS);
      const matches = matchesOf(index, { filter, ...text });
      refuseBeyond(maxEntities, countBits(matches));
      const slots = [...order.slots].filter((slot) => hasBit(matches, slot));
      const chunks = readInChunks(reader, refsOf(index, slots));
      return StreamedReply.start(format === 'csv' ? toCsv(chunks, paths) : toJsonList(chunks), {
        'content-type':
          format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="catalog.${format}"`,
      });
    },
  };
}

function refuseBeyond(maxEntities: number, count: number): void {
  if (count <= maxEntities) return;
  throw new AppError(
    'catalog.export-too-large',
    `${count} entities match, and an export holds at most ${maxEntities}. Narrow the filter, for example to one kind.`,
  );
}
