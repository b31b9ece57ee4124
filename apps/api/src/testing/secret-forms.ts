/** The forms in which a secret could be found again by whoever has a log or a copy of the database. */
export function secretForms(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret);
  const half = Math.floor(secret.length / 2);
  return {
    raw: secret,
    base64: bytes.toString('base64').replace(/=+$/, ''),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    'URL-encoded': encodeURIComponent(secret),
    'JSON text': JSON.stringify(secret).slice(1, -1),
    reversed: [...secret].toReversed().join(''),
    'first half': secret.slice(0, half),
    'second half': secret.slice(half),
  };
}

/** Names of the forms of a secret that a text holds. */
export function formsIn(text: string, secret: string): string[] {
  return Object.entries(secretForms(secret)).flatMap(([name, form]) => (text.includes(form) ? [name] : []));
}
