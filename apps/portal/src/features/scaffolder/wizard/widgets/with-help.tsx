import type { Widget, WidgetProps } from '@rjsf/utils';
import styles from './with-help.module.css';
import { helpOf } from './input-props.tsx';

/** A widget of the library with the description and help of its field below it. */
export function withHelp(Inner: Widget | undefined): Widget {
  return function WidgetWithHelp(props: WidgetProps) {
    const help = helpOf(props);
    return (
      Inner && (
        <>
          <Inner {...props} />
          {help && <p className={styles.help}>{help}</p>}
        </>
      )
    );
  };
}
