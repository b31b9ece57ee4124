/** What a generated descriptor is made of; an undefined entry is left out. */
export type YamlValue = string | readonly string[] | readonly YamlMap[] | YamlMap;

/** A mapping of a generated descriptor. */
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined;
}

/**
 * Block-style YAML of a mapping, as people write it. A library takes half a minute for 100,000 entities; this
 * knows only what the generator makes: strings, lists of strings, lists of mappings, mappings.
 */
export function blockYaml(map: YamlMap, indent = ''): string {
  let text = '';
  for (const [key, value] of Object.entries(map)) {
    if (value !== undefined) text += `${indent}${quoteUnlessPlain(key)}:${valueText(value, indent)}`;
  }
  return text;
}

/** The value with the blank or line end before it and the line end after it. */
function valueText(value: YamlValue, indent: string): string {
  if (typeof value === 'string') return stringText(value, indent);
  if (!isList(value)) return `\n${blockYaml(value, `${indent}  `)}`;
  if (value.length === 0) return ' []\n';
  let text = '\n';
  for (const item of value) {
    text +=
      typeof item === 'string'
        ? `${indent}  - ${quoteUnlessPlain(item)}\n`
        : `${indent}  - ${blockYaml(item, `${indent}    `).trimStart()}`;
  }
  return text;
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: YamlValue): value is readonly string[] | readonly YamlMap[] {
  return Array.isArray(value);
}

function stringText(value: string, indent: string): string {
  if (!value.includes('\n')) return ` ${quoteUnlessPlain(value)}\n`;
  const lines = value.trimEnd().split('\n');
  return ` |\n${lines.map((line) => `${indent}  ${line}\n`).join('')}`;
}

/** A plain scalar if nothing in it could mean something else to YAML; else JSON, which is YAML too. */
function quoteUnlessPlain(text: string): string {
  const isPlain =
    /^[A-Za-z](?:[\w ./-]*[\w.])?$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
