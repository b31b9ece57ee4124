import { Input } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import type { ReactNode } from 'react';
import { HelpText } from '../widgets/HelpText.tsx';

/** What fields get from the form library, with types for what it leaves open. */
export interface FormFieldProps extends Pick<
  FieldProps,
  | 'name'
  | 'schema'
  | 'uiSchema'
  | 'fieldPathId'
  | 'required'
  | 'disabled'
  | 'readonly'
  | 'autofocus'
  | 'rawErrors'
> {
  formData?: unknown;
  onChange: FieldProps['onChange'];
  registry: FieldProps['registry'];
}

/** What an input in a field needs to be named, described and told wrong. */
export function frameOf({ name, schema, uiSchema, fieldPathId, rawErrors, ...props }: FormFieldProps) {
  const title: unknown = uiSchema?.['ui:title'] ?? schema.title;
  const texts = [uiSchema?.['ui:description'] ?? schema.description, uiSchema?.['ui:help']].filter(
    (text) => typeof text === 'string' && text !== '',
  );
  return {
    id: fieldPathId.$id,
    label: typeof title === 'string' && title !== '' ? title : name,
    description: texts.length > 0 ? <HelpText texts={texts} /> : undefined,
    error: rawErrors && rawErrors.length > 0 ? rawErrors.join(' ') : undefined,
    required: props.required ?? false,
    disabled: Boolean(props.disabled || props.readonly),
    autoFocus: props.autofocus === true || uiSchema?.['ui:autofocus'] === true,
    placeholder: placeholderOf(uiSchema),
  };
}

/** The options of a field, from wherever a template wrote them. */
export function optionsOf({ uiSchema = {} }: Pick<FormFieldProps, 'uiSchema'>): Record<string, unknown> {
  const written: unknown = uiSchema['ui:options'];
  return typeof written === 'object' && written !== null ? { ...written } : {};
}

/** Label, help and error around something that is more than one input. */
export function FieldFrame({ field, children }: { field: FormFieldProps; children: ReactNode }) {
  const { id, label, description, error, required } = frameOf(field);
  return (
    <Input.Wrapper
      labelElement="div"
      id={id}
      label={label}
      description={description}
      error={error}
      required={required}
    >
      {children}
    </Input.Wrapper>
  );
}

function placeholderOf(uiSchema: FormFieldProps['uiSchema']): string {
  const placeholder: unknown = uiSchema?.['ui:placeholder'];
  return typeof placeholder === 'string' ? placeholder : '';
}
