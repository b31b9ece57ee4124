import {
  createErrorHandler,
  ErrorSchemaBuilder,
  getDefaultFormState,
  unwrapErrorHandler,
  validationDataMerge,
  type CustomValidator,
  type ErrorSchema,
  type RJSFSchema,
  type RJSFValidationError,
  type ValidatorType,
} from '@rjsf/utils';
import { issueWords } from './issue-words.ts';
import { validationIssues, type ValidationIssue } from './validation-issues.ts';

/** What fields hold: a mapping of JSON, in which what is not answered may be undefined. */
export type FormValues = Record<string, unknown>;

/** The validator of forms. It makes no code at run time, which the page's policy forbids. */
export const formValidator: ValidatorType<FormValues> = {
  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    const raw = formErrors(formData, schema);
    const errors = transformErrors ? transformErrors(raw, uiSchema) : raw;
    const found = { errors, errorSchema: errorSchemaOf(errors) };
    if (typeof customValidate !== 'function') return found;
    return validationDataMerge(found, customErrors(customValidate, formData, schema));
  },

  isValid(schema, formData, rootSchema) {
    try {
      return validationIssues(formData, schema, rootSchema).length === 0;
    } catch {
      // What is no schema fits nothing, as with the usual validator.
      return false;
    }
  },

  rawValidation<Result>(schema: RJSFSchema, formData?: FormValues) {
    try {
      // Whoever asks for raw results knows what this validator gives.
      return { errors: validationIssues(formData, schema) as Result[] };
    } catch (error) {
      return { errors: [], validationError: asError(error) };
    }
  },
};

function formErrors(formData: FormValues | undefined, schema: RJSFSchema): RJSFValidationError[] {
  try {
    return validationIssues(formData, schema).map(errorOf);
  } catch (error) {
    const message = `The form itself has a mistake: ${asError(error).message}`;
    return [{ name: 'schema', property: '.', message, stack: message }];
  }
}

function errorOf(issue: ValidationIssue): RJSFValidationError {
  const message = issueWords(issue);
  return {
    name: issue.keyword,
    property: `.${issue.path.join('.')}`,
    message,
    params: { path: issue.path },
    stack: message,
  };
}

/** The tree of messages that the form library draws. Not by its own function, which takes names with dots apart. */
function errorSchemaOf(errors: readonly RJSFValidationError[]): ErrorSchema<FormValues> {
  const builder = new ErrorSchemaBuilder<FormValues>();
  for (const error of errors) {
    if (error.message !== undefined) builder.addErrors(error.message, pathOf(error));
  }
  return builder.ErrorSchema;
}

/** Names and positions from the root to what an error is about. */
export function pathOf({ params, property = '' }: RJSFValidationError): string[] {
  const path: unknown = Reflect.get(Object(params), 'path');
  // Errors of fields come from the library, which writes the path as a text.
  return Array.isArray(path) ? path.map(String) : property.split(/[.[\]]+/).filter((part) => part !== '');
}

function customErrors(
  customValidate: CustomValidator<FormValues>,
  formData: FormValues | undefined,
  schema: RJSFSchema,
) {
  const complete = getDefaultFormState(formValidator, schema, formData, schema, true) as FormValues; // its own input with defaults
  return unwrapErrorHandler(customValidate(complete, createErrorHandler(complete)));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
