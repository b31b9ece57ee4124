/** Shorter values would blot out ordinary words. */
const MIN_REDACTED_LENGTH = 4;
/** The same for a line of a value of several lines, which may be as usual as a bracket. */
const MIN_REDACTED_LINE_LENGTH = 12;

/** The forms in which other programs repeat a secret: actions see its value, and so may what they call. */
export function shapesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= MIN_REDACTED_LINE_LENGTH);
  return [secret, ...lines].flatMap((value) =>
    value.length < MIN_REDACTED_LENGTH ? [] : shapesOfValue(value),
  );
}

function shapesOfValue(value: string): string[] {
  const hex = Buffer.from(value).toString('hex');
  return [
    value,
    ...base64Shapes(value),
    hex,
    hex.toUpperCase(),
    encodeURIComponent(value),
    encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams({ v: value }).toString().slice(2),
    encodeURI(value),
    JSON.stringify(value).slice(1, -1),
    markupOf(value),
    [...value].toReversed().join(''),
  ];
}

/** In base64 a text looks different at each of three places, as in the `user:password` of a header. */
function base64Shapes(value: string): string[] {
  const bytes = Buffer.from(value);
  const shifted = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // What shares a sign with a neighbour depends on it: before, and after unless it ends at a group.
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    return padded.slice(start, end);
  });
  const whole = bytes.toString('base64');
  return [whole, whole.replace(/=+$/, ''), ...shifted].flatMap((text) => [
    text,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}

function markupOf(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
