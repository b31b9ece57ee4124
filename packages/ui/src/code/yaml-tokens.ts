/** What a piece of a YAML line is, as far as its colour goes. */
export type YamlTokenKind = 'key' | 'text' | 'comment' | 'mark';

export interface YamlToken {
  kind: YamlTokenKind;
  text: string;
}

// Indent, list dashes, then a plain or quoted key up to its colon. Possessive by construction: no nesting.
const keyLine = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s#'"{[>|&*!%@`-][^:#]*|-[^\s:#][^:#]*)(:)(?=\s|$)(.*)$/;
const comment = /(^|\s)#.*$/;
/** Longer lines are shown as they are: nobody reads colours in them. */
const maxColouredLength = 2000;

/**
 * Cuts one line of YAML into pieces for colouring. It sees single lines, so text inside a block
 * scalar that looks like a key is coloured like one: good enough for reading, never used for meaning.
 */
export function yamlTokens(line: string): YamlToken[] {
  if (line.length > maxColouredLength) return [{ kind: 'text', text: line }];
  if (/^\s*#/.test(line)) return [{ kind: 'comment', text: line }];
  if (/^(---|\.\.\.)\s*$/.test(line)) return [{ kind: 'mark', text: line }];
  const match = keyLine.exec(line);
  if (!match) return withComment(line);
  const [, lead = '', key = '', colon = '', rest = ''] = match;
  return [
    { kind: 'mark', text: lead },
    { kind: 'key', text: key },
    { kind: 'mark', text: colon },
    ...withComment(rest),
  ].filter((token): token is YamlToken => token.text !== '');
}

function withComment(text: string): YamlToken[] {
  const match = text.includes('"') || text.includes("'") ? null : comment.exec(text);
  if (!match) return [{ kind: 'text', text }];
  return [
    { kind: 'text', text: text.slice(0, match.index) },
    { kind: 'comment', text: match[0] },
  ];
}
