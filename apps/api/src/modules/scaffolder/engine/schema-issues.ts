import { Ajv, type ErrorObject } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { JsonObject, JsonValue } from './json.ts';
import type { SchemaIssue } from './template-task.ts';

/** More of them help nobody. */
const MAX_ISSUES = 50;

/** Keys of forms, unknown formats and keywords in odd places are usual in templates. */
const LENIENT = { strict: false, logger: false } as const;
/**
 * Judges schemas alone: to compile the schema of schemas takes ten times as long as anything else here. It keeps
 * nothing of what it judges.
 */
const judge = new Ajv(LENIENT);
const DRAFT_7 = ['http://json-schema.org/draft-07/schema#', 'http://json-schema.org/draft-07/schema'];

/**
 * What of a value does not fit a JSON Schema as forms have it (draft 7 with `ui:` keys mixed in). A schema that is
 * none itself is an issue at the root. Call it only where it may be broken off: patterns are the author's.
 */
export function schemaIssues(schema: JsonObject, value: JsonValue): SchemaIssue[] {
  try {
    const form = withoutRepeatedNames(schema);
    const { $schema = DRAFT_7[0] } = form;
    // Another name would be looked up, and kept: the author chooses it.
    const isUsual = DRAFT_7.some((name) => name === $schema);
    if (isUsual) void judge.validateSchema(form, true); // its own schema is none that answers later
    // One for each schema: what it compiles it keeps, by names that the author chooses.
    const ajv = new Ajv({ ...LENIENT, allErrors: true, formats: fullFormats, validateSchema: !isUsual });
    const validate = ajv.compile(form);
    // It would answer later, and until then everything seems to fit.
    if ('$async' in validate) throw new Error('$async is no word of it');
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, MAX_ISSUES).map(issueOf);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it is not valid';
    return [{ path: '', message: `The form is no JSON Schema: ${reason}.` }];
  }
}

/** JSON Schema forbids to require a name twice, and forms do it: it means no more than to require it once. */
function withoutRepeatedNames(schema: JsonObject): JsonObject {
  // What was JSON is JSON again.
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'required' && Array.isArray(value) ? [...new Set<unknown>(value)] : value,
  ) as JsonObject;
}

function issueOf({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): SchemaIssue {
  if (keyword === 'required') {
    return { path: `${instancePath}/${String(params['missingProperty'])}`, message: 'is required' };
  }
  if (keyword === 'additionalProperties') {
    return {
      path: `${instancePath}/${String(params['additionalProperty'])}`,
      message: 'is not a field of the form',
    };
  }
  if (keyword === 'enum') {
    const allowed: unknown = params['allowedValues'];
    return { path: instancePath, message: `must be one of ${JSON.stringify(allowed)}` };
  }
  return { path: instancePath, message };
}
