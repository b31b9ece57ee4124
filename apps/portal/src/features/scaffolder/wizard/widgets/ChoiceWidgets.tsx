import { Checkbox, MultiSelect, Radio, Select } from '@mantine/core';
import { enumOptionsIndexForValue, enumOptionsValueForIndex, optionId } from '@rjsf/utils';
import styles from './ChoiceWidgets.module.css';
import { choicesOf, fieldProps, groupProps, inputProps, type FieldWidgetProps } from './input-props.tsx';

/** From so many values on, typing finds one faster than looking. */
const searchableFrom = 8;

/** One value of a list, or several. */
export function SelectWidget(props: FieldWidgetProps) {
  const choices = choicesOf(props);
  const shared = {
    ...inputProps(props),
    data: choices.map(({ label, disabled }, index) => ({ value: String(index), label, disabled })),
    searchable: choices.length >= searchableFrom,
  };
  if (props.multiple) {
    return (
      <MultiSelect
        {...shared}
        value={indexesOf(props)}
        onChange={(next) => props.onChange(valuesOf(props, next))}
      />
    );
  }
  return (
    <Select
      {...shared}
      value={indexOf(props)}
      clearable={!props.required && props.schema.default === undefined}
      onChange={(next) => props.onChange(next === null ? props.options.emptyValue : valueOf(props, next))}
    />
  );
}

/** One value of a few, all in sight. */
export function RadioWidget(props: FieldWidgetProps) {
  const { disabled, autoFocus } = fieldProps(props);
  return (
    <Radio.Group
      {...groupProps(props)}
      value={indexOf(props) ?? ''}
      onChange={(next) => props.onChange(valueOf(props, next))}
    >
      <div className={styles.choices} data-inline={props.options.inline || undefined}>
        {choicesOf(props).map((choice, at) => (
          <Radio
            key={at}
            id={optionId(props.id, at)}
            value={String(at)}
            label={choice.label}
            disabled={disabled || choice.disabled}
            autoFocus={autoFocus && at === 0}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

/** Any of a few values. */
export function CheckboxesWidget(props: FieldWidgetProps) {
  const { disabled, autoFocus } = fieldProps(props);
  return (
    <Checkbox.Group
      {...groupProps(props)}
      value={indexesOf(props)}
      onChange={(next) => props.onChange(valuesOf(props, next))}
    >
      <div className={styles.choices} data-inline={props.options.inline || undefined}>
        {choicesOf(props).map((choice, at) => (
          <Checkbox
            key={at}
            id={optionId(props.id, at)}
            value={String(at)}
            label={choice.label}
            disabled={disabled || choice.disabled}
            autoFocus={autoFocus && at === 0}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** Yes or no. */
export function CheckboxWidget(props: FieldWidgetProps) {
  return (
    <Checkbox
      {...groupProps(props)}
      {...fieldProps(props)}
      // Both answers are answers: only a rule can demand that it is ticked.
      required={false}
      checked={props.value === true}
      onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
    />
  );
}

function indexOf({ value, options }: FieldWidgetProps): string | null {
  const index = enumOptionsIndexForValue(value, options.enumOptions);
  return typeof index === 'string' ? index : null;
}

function indexesOf({ value, options }: FieldWidgetProps): string[] {
  const indexes = enumOptionsIndexForValue(value, options.enumOptions, true);
  return Array.isArray(indexes) ? indexes : [];
}

function valueOf({ options }: FieldWidgetProps, index: string): unknown {
  return enumOptionsValueForIndex(index, options.enumOptions, options.emptyValue);
}

/** In the order in which the template names them, however they were chosen. */
function valuesOf({ options }: FieldWidgetProps, indexes: string[]): unknown {
  const ordered = indexes.toSorted((a, b) => Number(a) - Number(b));
  return enumOptionsValueForIndex(ordered, options.enumOptions, options.emptyValue);
}
