import { Ajv, type ErrorObject } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { JsonObject, JsonValue } from './json.ts';
import type { SchemaIssue } from './template-task.ts';

/** More of them help nobody. */
const MAX_ISSUES = 50;

/**
 * What of a value does not fit a JSON Schema as forms have it (draft 7 with `ui:` keys mixed in). A schema that is
 * none itself is an issue at the root. Call it only where it may be broken off: patterns are the author's.
 */
export function schemaIssues(schema: JsonObject, value: JsonValue): SchemaIssue[] {
  // Keys of forms, unknown formats and keywords in odd places are usual in templates.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats: fullFormats });
  try {
    const validate = ajv.compile(withoutRepeatedNames(schema));
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
