// What the AsyncAPI viewer needs of its parser: turning a document that the server parsed back into objects. The whole
// parser compiles schemas with `eval`, which the page's policy forbids. vite.config.ts puts this file in its place.
export {
  isAsyncAPIDocument,
  isOldAsyncAPIDocument,
  isStringifiedDocument,
  toAsyncAPIDocument,
} from '@asyncapi/parser/esm/document';
export { Schema as SchemaV2 } from '@asyncapi/parser/esm/models/v2/schema';
export { unstringify } from '@asyncapi/parser/esm/stringify';

/** The viewer names the parser at load, and would use it only for text that nobody has parsed. */
export class Parser {
  parse(): never {
    throw new Error('Definitions are parsed on the server.');
  }
}

/** As {@link Parser}: nothing is fetched. */
export function fromURL(): never {
  throw new Error('Definitions are parsed on the server.');
}
