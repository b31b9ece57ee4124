import { labelValue, type EnumOptionsType, type WidgetProps } from '@rjsf/utils';
import type { ReactNode } from 'react';
import { HelpText } from './HelpText.tsx';

type Given =
  | ('id' | 'name' | 'htmlName' | 'label' | 'hideLabel' | 'required' | 'disabled' | 'readonly' | 'autofocus')
  | ('rawErrors' | 'placeholder' | 'options' | 'schema' | 'multiple');

/** What the form library gives a widget, with a type for what it leaves open. */
export interface FieldWidgetProps extends Pick<WidgetProps, Given> {
  value?: unknown;
  onChange: (value: unknown) => void;
  /** Only of plain inputs: the type of the element, where the widget names one. */
  type?: string;
}

/** What every input of Mantine takes, from what the form library gives a widget: no other option reaches the element. */
export function inputProps(props: FieldWidgetProps) {
  return { ...groupProps(props), ...fieldProps(props), placeholder: props.placeholder ?? '' };
}

/** What a group of choices takes. */
export function groupProps(props: FieldWidgetProps) {
  const { id, label, hideLabel, required, rawErrors } = props;
  const shown = labelValue(label || undefined, hideLabel, false);
  return {
    id,
    label: shown,
    // Of alternatives and entries of lists, whose name stands above them.
    ...(!shown && { 'aria-label': label || 'Choice' }),
    description: helpOf(props),
    error: rawErrors && rawErrors.length > 0 ? rawErrors.join(' ') : undefined,
    required: required ?? false,
  };
}

/** What a single element takes. */
export function fieldProps({ name, htmlName, disabled, readonly, autofocus }: FieldWidgetProps) {
  return {
    name: htmlName ?? name,
    disabled: Boolean(disabled || readonly),
    autoFocus: autofocus ?? false,
  };
}

/** Description and help of a field, below it; undefined where there is neither. */
export function helpOf({ options, schema, hideLabel }: FieldWidgetProps): ReactNode {
  const description = hideLabel ? undefined : (options.description ?? schema.description);
  const texts = [description, options.help].filter((text) => typeof text === 'string' && text !== '');
  return texts.length === 0 ? undefined : <HelpText texts={texts} />;
}

/** The values to choose from. */
export function choicesOf({ options }: FieldWidgetProps) {
  const disabled: unknown[] = Array.isArray(options.enumDisabled) ? options.enumDisabled : [];
  return (options.enumOptions ?? []).map(({ label, value }: EnumOptionsType) => ({
    label,
    disabled: disabled.includes(value),
  }));
}
