import type { CustomValidator, FormValidation, RJSFSchema, UiSchema } from '@rjsf/utils';
import { fieldProblem } from './fields/field-problems.ts';
import { resolvedSchema, type FormPage } from './form-pages.ts';
import { formValidator, pathOf, type FormValues } from './schema/form-validator.ts';
import { isJsonObject } from './schema/json.ts';
import { fieldSchemas } from './schema/field-schemas.ts';

/** What is wrong with an answer of a page. */
export interface PageIssue {
  path: string[];
  message: string;
  /** What the field is called. */
  label: string;
}

/** Everything that is wrong with a page as it is answered. */
export function pageIssues(page: FormPage, values: FormValues): PageIssue[] {
  const schema = resolvedSchema(page, values);
  const { errors } = formValidator.validateFormData(values, schema, customValidate(page.uiSchema, schema));
  return errors.map((error) => {
    const path = pathOf(error);
    return { path, message: error.message ?? error.stack, label: fieldLabel(schema, path) };
  });
}

/** The rules of the fields beside those of the schema, for the fields that are shown. */
export function customValidate(uiSchema: UiSchema, schema: RJSFSchema): CustomValidator<FormValues> {
  return (values, errors) => {
    addFieldProblems(values ?? {}, errors, uiSchema, schema);
    return errors;
  };
}

function addFieldProblems(value: unknown, errors: FormValidation, uiSchema: UiSchema, schema: unknown): void {
  const field: unknown = uiSchema['ui:field'];
  if (typeof field === 'string') {
    const problem = fieldProblem(field, value, uiSchema['ui:options'] ?? {});
    if (problem !== undefined) errors.addError(problem);
    return;
  }
  const properties = isJsonObject(schema) && isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const name of Object.keys(properties)) {
    const inner: unknown = uiSchema[name];
    const innerErrors: unknown = Reflect.get(errors, name);
    if (!isJsonObject(inner) || !isJsonObject(innerErrors)) continue;
    // By construction of the library: a handle for each value that is there.
    addFieldProblems(
      Reflect.get(Object(value), name),
      innerErrors as unknown as FormValidation,
      inner,
      properties[name],
    );
  }
}

/** What the field at a path is called: its title, or its name. Fields under conditions are found as well. */
export function fieldLabel(schema: unknown, path: readonly string[]): string {
  let descriptions: unknown[] = [schema];
  let label = path.at(-1) ?? 'This page';
  for (const part of path) {
    const isPosition = /^\d+$/.test(part);
    descriptions = descriptions.filter(isJsonObject).flatMap((each): unknown[] => {
      return isPosition ? [each['items']].flat() : (fieldSchemas(each).get(part) ?? []);
    });
    const title = descriptions
      .filter(isJsonObject)
      .map((each) => each['title'])
      .find((each) => typeof each === 'string' && each !== '');
    if (typeof title === 'string') label = title;
    else if (!isPosition) label = part;
  }
  return label;
}
