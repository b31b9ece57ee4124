/** The kind in a canonical reference, in lower case. */
export function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}
