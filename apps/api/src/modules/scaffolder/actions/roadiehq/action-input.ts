import { z } from 'zod';
import type { YamlOptions } from '../../engine/documents/document-work.ts';

/** Inputs that several of these actions take. */
export const path = z.string().min(1).max(1_000).describe('A file of the workspace');

export const replacer = z
  .array(z.string().max(1_000))
  .max(1_000)
  .optional()
  .describe('Names of the members that are kept; without it, all');

export const space = z
  .union([z.string().max(10), z.int().min(0).max(10)])
  .optional()
  .describe('Indentation: the text, or that many blanks');

export const expression = z.string().min(1).max(20_000).describe('A JSONata expression');

export const resultAs = z
  .enum(['string', 'object'])
  .default('string')
  .describe('Whether the result is a text, or the data themselves');

const scalarType = z.enum(['BLOCK_FOLDED', 'BLOCK_LITERAL', 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE']);
const MAX_WIDTH = 100_000;
const width = z.int().min(0).max(MAX_WIDTH);
const word = z.string().max(100);

/** The options of the library `yaml`, as far as they are safe to give away. */
const writtenYamlOptions = z
  .object({
    blockQuote: z.union([z.boolean(), z.enum(['folded', 'literal'])]),
    collectionStyle: z.enum(['any', 'block', 'flow']),
    defaultKeyType: scalarType.nullable(),
    defaultStringType: scalarType,
    directives: z.boolean().nullable(),
    doubleQuotedAsJSON: z.boolean(),
    doubleQuotedMinMultiLineLength: width,
    falseStr: word,
    flowCollectionPadding: z.boolean(),
    indent: z.int().min(1).max(10),
    indentSeq: z.boolean(),
    lineWidth: z.int().min(-1).max(MAX_WIDTH),
    minContentWidth: width,
    nullStr: word,
    simpleKeys: z.boolean(),
    singleQuote: z.boolean().nullable(),
    trueStr: word,
  })
  .partial();

export const yamlOptions = writtenYamlOptions
  .optional()
  .describe('How YAML is written: the options of toString of the library yaml');

/** The same without members that are undefined, which the library would take for values. */
export function givenOptions(options: z.output<typeof yamlOptions> = {}): YamlOptions {
  // A width of -1 is an old way of saying that lines may be of any length.
  const { lineWidth, ...rest } = options;
  const given = Object.entries({ ...rest, ...(lineWidth === -1 ? { lineWidth: 0 } : { lineWidth }) });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
