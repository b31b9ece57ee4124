import { ColorInput, Input, Slider, TextInput } from '@mantine/core';
import { localToUTC, rangeSpec, utcToLocal } from '@rjsf/utils';
import { inputProps, type FieldWidgetProps } from './input-props.tsx';
import styles from './PickWidgets.module.css';

/** A number between two bounds. The number stands beside the slider, which alone would leave it to be guessed. */
export function RangeWidget(props: FieldWidgetProps) {
  const { id, label, description, error, required, disabled } = inputProps(props);
  const { min = 0, max = 100, step } = rangeSpec(props.schema);
  const value = typeof props.value === 'number' ? props.value : undefined;
  return (
    <Input.Wrapper
      labelElement="div"
      id={id}
      label={label}
      description={description}
      error={error}
      required={required}
    >
      <div className={styles.range}>
        <Slider
          className={styles.slider ?? ''}
          thumbLabel={props.label}
          thumbProps={{ id }}
          label={null}
          min={min}
          max={max}
          step={typeof step === 'number' ? step : 1}
          value={value ?? min}
          disabled={disabled}
          onChange={props.onChange}
        />
        <span className={styles.number}>{value ?? '–'}</span>
      </div>
    </Input.Wrapper>
  );
}

/** A colour, as `#rrggbb`. */
export function ColorWidget(props: FieldWidgetProps) {
  return (
    <ColorInput
      {...inputProps(props)}
      format="hex"
      withEyeDropper={false}
      value={textOf(props.value)}
      onChange={(value) => props.onChange(value === '' ? props.options.emptyValue : value)}
    />
  );
}

/** A day. The browser's own field: it speaks the person's language and is known to their tools. */
export function DateWidget(props: FieldWidgetProps) {
  return <NativeInput {...props} type="date" shown={textOf(props.value)} read={(text) => text} />;
}

/** An instant, in the person's own time. */
export function DateTimeWidget(props: FieldWidgetProps) {
  return (
    <NativeInput
      {...props}
      type="datetime-local"
      shown={utcToLocal(textOf(props.value))}
      read={(text) => localToUTC(text) ?? text}
    />
  );
}

/** A time of day in UTC: the format wants to know where. */
export function TimeWidget(props: FieldWidgetProps) {
  return (
    <NativeInput
      {...props}
      type="time"
      shown={textOf(props.value).slice(0, 'hh:mm'.length)}
      read={(text) => `${text}:00Z`}
    />
  );
}

interface NativeInputProps extends FieldWidgetProps {
  type: 'date' | 'datetime-local' | 'time';
  shown: string;
  read: (text: string) => string;
}

function NativeInput({ type, shown, read, ...props }: NativeInputProps) {
  return (
    <TextInput
      {...inputProps(props)}
      className={styles.native ?? ''}
      type={type}
      value={shown}
      onChange={({ currentTarget: { value } }) =>
        props.onChange(value === '' ? props.options.emptyValue : read(value))
      }
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
