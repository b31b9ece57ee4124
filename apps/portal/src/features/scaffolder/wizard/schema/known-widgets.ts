/** Widgets that forms have, by the type of the value: another one would stop the whole page from being drawn. */
const widgetsByType: Readonly<Record<string, readonly string[]>> = {
  boolean: ['checkbox', 'radio', 'select', 'hidden'],
  string: [
    ...['text', 'password', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'data-url', 'radio', 'select'],
    ...['textarea', 'hidden', 'date', 'datetime', 'date-time', 'alt-date', 'alt-datetime', 'time', 'color'],
    'file',
  ],
  number: ['text', 'select', 'updown', 'range', 'radio', 'hidden'],
  integer: ['text', 'select', 'updown', 'range', 'radio', 'hidden'],
  array: ['select', 'checkboxes', 'files', 'hidden'],
  object: ['hidden'],
};

/** Whether a field of this type (of a schema, maybe missing or several) can be drawn so. */
export function isKnownWidget(widget: unknown, type: unknown): boolean {
  const types = Array.isArray(type) ? type.filter((each) => each !== 'null') : [type];
  const first: unknown = types[0] ?? 'string';
  return (
    typeof widget === 'string' &&
    typeof first === 'string' &&
    (widgetsByType[first]?.includes(widget) ?? false)
  );
}
