import { IconAlertTriangle } from '@tabler/icons-react';
import {
  orderProperties,
  type ErrorListProps,
  type RJSFSchema,
  type RJSFValidationError,
  type UiSchema,
} from '@rjsf/utils';
import { countText } from '@waymark/ui';
import { fieldLabel } from '../page-issues.ts';
import { pathOf, type FormValues } from '../schema/form-validator.ts';
import type { FormContext } from './form-context.ts';
import { focusField } from './focus-field.ts';
import styles from './ErrorSummary.module.css';

/** Everything that is wrong with a page, each a link to its field. It takes the focus when going on fails. */
export function ErrorSummary({ errors, schema, uiSchema, registry }: ErrorListProps<FormValues>) {
  const context = registry.formContext as FormContext; // what PageForm hands over
  const answers = new Set(errors.map((error) => JSON.stringify(pathOf(error)))).size; // one may have several errors
  return (
    <div id={context.summaryId} tabIndex={-1} className={styles.summary} role="alert">
      <p className={styles.title}>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
        {answers === 1 ? 'One answer needs' : `${countText(answers, 'answer')} need`} a correction
      </p>
      <ul className={styles.list}>
        {inOrderOfFields(errors, schema, uiSchema).map((error, index) => {
          const path = pathOf(error);
          return (
            <li key={index}>
              {path.length === 0 ? (
                error.message
              ) : (
                <>
                  <button type="button" className={styles.link} onClick={() => focusField(path)}>
                    {fieldLabel(schema, path)}
                  </button>
                  : {error.message}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Validators tell first what is missing. */
function inOrderOfFields(
  errors: readonly RJSFValidationError[],
  schema: RJSFSchema,
  uiSchema: UiSchema<FormValues> | undefined,
): RJSFValidationError[] {
  const fields = orderProperties(Object.keys(schema.properties ?? {}), uiSchema?.['ui:order']);
  const placeOf = (error: RJSFValidationError): number => {
    const [field] = pathOf(error);
    if (field === undefined) return -1; // of the page as a whole
    return fields.includes(field) ? fields.indexOf(field) : fields.length; // under a condition, below the others
  };
  return errors.toSorted((left, right) => placeOf(left) - placeOf(right));
}
