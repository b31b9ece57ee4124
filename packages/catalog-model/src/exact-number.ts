/** A number text of up to this many characters without an exponent has at most 15 digits: always exact. */
const alwaysExactLength = 15;

/** `Number` holds at most 309 digits before the point; longer texts need no closer look. */
const maxTextLength = 400;

const decimal = /^[-+]?(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/;

/**
 * Reads a number of the YAML 1.2 core schema, or gives `undefined` when a JSON number cannot hold the same value
 * (`12345678901234567890`, `1e400`, `.nan`), so that no number changes in silence.
 *
 * @param text - A text that matches the core schema's integer or float form.
 */
export function readExactNumber(text: string): number | undefined {
  if (text.length > maxTextLength) return undefined;
  const isBased = text.startsWith('0x') || text.startsWith('0o');
  if (isBased) {
    const value = Number(text);
    return Number.isFinite(value) && BigInt(text) === BigInt(value) ? value : undefined;
  }
  const parts = decimal.exec(text);
  if (parts === null) return undefined;
  const value = Number.parseFloat(text);
  if (!Number.isFinite(value)) return undefined;
  if (text.length <= alwaysExactLength && parts[3] === undefined) return value;
  return sameDecimal(parts, decimal.exec(String(value))) ? value : undefined;
}

function sameDecimal(left: RegExpExecArray, right: RegExpExecArray | null): boolean {
  return right !== null && canonicalDecimal(left) === canonicalDecimal(right);
}

/** Digits without leading and trailing zeros, and the power of ten of the last one: `1.50e3` is `15e2`. */
function canonicalDecimal(parts: RegExpExecArray): string {
  const fraction = parts[2] ?? '';
  const digits = `${parts[1] ?? ''}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const exponent = Number(parts[3] ?? 0) - fraction.length + (digits.length - significant.length);
  return `${significant}e${exponent}`;
}
