import type { DefinitionFormat } from '@waymark/contracts';

/** Words for `spec.type` that mean a format with a viewer. The first four are Backstage's. */
const formatsByType = new Map<string, DefinitionFormat>([
  ['openapi', 'openapi'],
  ['asyncapi', 'asyncapi'],
  ['graphql', 'graphql'],
  ['grpc', 'grpc'],
  ['swagger', 'openapi'],
  ['proto', 'grpc'],
  ['protobuf', 'grpc'],
]);

/** So much of a text is looked at for a mark of its format. */
const SNIFFED_CHARACTERS = 4096;

/**
 * The format of an API's definition. `spec.type` decides; a type of the company's own (`rest`, `events`) is free,
 * so then the text may name OpenAPI or AsyncAPI at its top level itself.
 */
export function formatOf(type: unknown, text: string): DefinitionFormat {
  const known = typeof type === 'string' ? formatsByType.get(type.toLowerCase()) : undefined;
  if (known !== undefined) return known;
  const mark = /^(?:\{\s*)?["']?(openapi|swagger|asyncapi)["']?\s*:/m.exec(
    text.slice(0, SNIFFED_CHARACTERS),
  )?.[1];
  return (mark === undefined ? undefined : formatsByType.get(mark)) ?? 'text';
}
