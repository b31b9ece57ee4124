/** Whether a definition is written in JSON: formats of YAML may be. */
export function isJsonText(text: string): boolean {
  return text.trimStart().startsWith('{');
}
