import { Button, Combobox, Input, MantineThemeProvider } from '@mantine/core';
import { withTheme } from '@rjsf/core';
import type { ErrorSchema } from '@rjsf/utils';
import { ErrorSchemaBuilder } from '@rjsf/utils';
import { KeyHint } from '@waymark/ui';
import { useEffect, useId, useMemo, useState } from 'react';
import { commandKey } from '../../../../lib/browser/command-key.ts';
import type { ButtonWords } from '../button-words.ts';
import { formFields } from '../fields/form-fields.ts';
import { plainValues, presetBehavior, resolvedSchema, type FormPage } from '../form-pages.ts';
import { customValidate } from '../page-issues.ts';
import { formValidator, type FormValues } from '../schema/form-validator.ts';
import type { JsonObject } from '../schema/json.ts';
import { HelpText } from '../widgets/HelpText.tsx';
import type { ServerIssue, Wizard } from '../use-wizard.ts';
import { formTheme } from './form-theme.ts';
import './form-theme.css';
import type { FormContext } from './form-context.ts';
import styles from './PageForm.module.css';

const Form = withTheme<FormValues>(formTheme);

/** Help stands below the field that it explains, what is wrong right under the field. */
const fieldTheme = {
  components: {
    // Beside its field, inside the page: what hangs outside the landmarks is lost to screen readers.
    Combobox: Combobox.extend({ defaultProps: { withinPortal: false, shadow: 'md' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] },
      classNames: { description: styles.below ?? '', error: styles.below ?? '' },
    }),
  },
};

export interface PageFormProps {
  page: FormPage;
  wizard: Wizard;
  words: ButtonWords;
  /** The review follows. */
  isLast: boolean;
  onBack: (() => void) | undefined;
  onNext: (values: JsonObject) => void;
}

/** One page of a form: its fields, what is wrong with them, and the buttons. */
export function PageForm({ page, wizard, words, isLast, onBack, onNext }: PageFormProps) {
  const { values, serverIssues, secrets, setSecret } = wizard;
  const headingId = useId();
  const summaryId = useId();
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    if (failures > 0) document.getElementById(summaryId)?.focus();
  }, [failures, summaryId]);
  const extraErrors = useMemo(() => errorsOf(page, serverIssues), [page, serverIssues]);
  const formContext: FormContext = useMemo(
    () => ({ secrets, setSecret, summaryId }),
    [secrets, setSecret, summaryId],
  );
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.heading} tabIndex={-1} data-step-heading>
        {page.title}
      </h2>
      {page.description && (
        <p className={styles.lead}>
          <HelpText texts={[page.description]} />
        </p>
      )}
      <MantineThemeProvider theme={fieldTheme} inherit>
        <Form
          className={styles.form ?? ''}
          schema={page.schema}
          uiSchema={page.uiSchema}
          validator={formValidator}
          fields={formFields}
          formData={values}
          formContext={formContext}
          extraErrors={extraErrors}
          customValidate={(answers, errors) =>
            customValidate(page.uiSchema, resolvedSchema(page, answers ?? {}))(answers, errors)
          }
          experimental_defaultFormStateBehavior={presetBehavior}
          noHtml5Validate
          showErrorList="top"
          liveValidate={failures > 0 ? 'onChange' : false}
          onChange={({ formData = {} }) => wizard.change(formData)}
          onError={() => setFailures((count) => count + 1)}
          onSubmit={({ formData = {} }) => onNext(plainValues(wizard.complete(formData)))}
        >
          <div className={styles.buttons}>
            {onBack && (
              <Button variant="default" size="sm" onClick={onBack}>
                {words.back}
              </Button>
            )}
            <Button type="submit" size="sm" aria-keyshortcuts="Control+Enter Meta+Enter">
              {isLast ? words.review : words.next}
            </Button>
            <span className={styles.hint} aria-hidden>
              <KeyHint keys={`${commandKey}+Enter`} />
            </span>
          </div>
        </Form>
      </MantineThemeProvider>
    </section>
  );
}

/** What the server refused, at the fields of this page. */
function errorsOf(page: FormPage, issues: readonly ServerIssue[]): ErrorSchema<FormValues> {
  const builder = new ErrorSchemaBuilder<FormValues>();
  const names = Object.keys(resolvedSchema(page, {}).properties ?? {});
  for (const { path, message } of issues) {
    if (names.includes(path[0] ?? '')) builder.addErrors(message, path);
  }
  return builder.ErrorSchema;
}
