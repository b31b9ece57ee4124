import { stringify } from 'yaml';
import type { JsonValue } from '../json.ts';
import { demandShort } from './document-problem.ts';
import type { DocumentTarget } from './document-work.ts';

/** Data as it was asked for. */
export function writeDocument(data: JsonValue, target: DocumentTarget): JsonValue {
  switch (target.format) {
    case 'value':
      return data;
    case 'json':
      return demandShort(JSON.stringify(data, target.replacer, target.space));
    case 'yaml':
      return demandShort(stringify(data, target.replacer, target.options ?? {}));
  }
}
