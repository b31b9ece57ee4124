/** Words that are not simply written with a capital. */
const spellings: Readonly<Record<string, string>> = {
  api: 'API',
  db: 'database',
  fx: 'FX',
  ios: 'iOS',
  js: 'JS',
  pin: 'PIN',
  sepa: 'SEPA',
  swift: 'SWIFT',
  xbrl: 'XBRL',
  iso8583: 'ISO 8583',
  iso20022: 'ISO 20022',
};

/** A title for a name with hyphens: `sepa-gateway` → `SEPA gateway`. */
export function entityTitle(name: string): string {
  const words = name.split('-').map((word) => spellings[word] ?? word);
  const [first = '', ...rest] = words;
  // A first word of known spelling keeps it: `iOS`, not `IOS`.
  const start =
    first in spellings || first !== first.toLowerCase()
      ? first
      : first.charAt(0).toUpperCase() + first.slice(1);
  return [start, ...rest].join(' ');
}
