import { NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { examplesId, getInputProps } from '@rjsf/utils';
import { SchemaExamples } from '@rjsf/core';
import { inputProps, type FieldWidgetProps } from './input-props.tsx';

/** One line of text, or a number. */
export function BaseInput(props: FieldWidgetProps) {
  const { id, schema, value, options, onChange } = props;
  const input = getInputProps(schema, props.type, options, false);
  const shared = {
    ...inputProps(props),
    // What somebody answers here is about something new: the browser knows nothing of it.
    autoComplete: input.autoComplete ?? 'off',
    list: schema.examples ? examplesId(id) : undefined,
  };
  if (input.type === 'number' || input.type === 'integer') {
    return (
      <NumberInput
        {...shared}
        value={typeof value === 'number' || typeof value === 'string' ? value : ''}
        step={typeof input.step === 'number' ? input.step : 1}
        {...(typeof input.min === 'number' && { min: input.min })}
        {...(typeof input.max === 'number' && { max: input.max })}
        clampBehavior="none"
        allowDecimal={schema.type !== 'integer'}
        onChange={(next) => onChange(next === '' ? options.emptyValue : next)}
      />
    );
  }
  return (
    <>
      <TextInput
        {...shared}
        type={input.type ?? 'text'}
        value={textOf(value)}
        onChange={({ currentTarget }) => onChange(answerOf(currentTarget.value, props))}
      />
      <SchemaExamples id={id} schema={schema} />
    </>
  );
}

/** Several lines of text. */
export function TextareaWidget(props: FieldWidgetProps) {
  const { rows } = props.options;
  return (
    <Textarea
      {...inputProps(props)}
      rows={typeof rows === 'number' ? rows : 3}
      value={textOf(props.value)}
      onChange={({ currentTarget }) => props.onChange(answerOf(currentTarget.value, props))}
    />
  );
}

/** A text that is hidden while it is typed. It is an answer like any other: a real secret takes the field Secret. */
export function PasswordWidget(props: FieldWidgetProps) {
  return (
    <PasswordInput
      {...inputProps(props)}
      autoComplete="new-password"
      value={textOf(props.value)}
      onChange={({ currentTarget }) => props.onChange(answerOf(currentTarget.value, props))}
    />
  );
}

/** What is emptied is not answered, unless the template says what stands for it. */
function answerOf(text: string, { options }: FieldWidgetProps): unknown {
  return text === '' ? options.emptyValue : text;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
