import type { ErrorCode } from 'yaml';
import { quote, type Finding } from './problem.ts';

/** A problem without its place. */
type Explanation = Pick<Finding, 'level' | 'code' | 'message' | 'hint'>;

const syntaxErrors: Partial<Record<ErrorCode, readonly [message: string, hint: string]>> = {
  ALIAS_PROPS: [
    'An alias (*name) cannot have a tag or an anchor.',
    'Remove what stands in front of the "*".',
  ],
  BAD_ALIAS: [
    'The name of an anchor or alias is missing.',
    'Put the value in quotes if it is meant to begin with "&" or "*".',
  ],
  BAD_DIRECTIVE: ['The line that begins with "%" is no valid YAML directive.', 'Remove the line.'],
  BAD_DQ_ESCAPE: [
    'A backslash in a double-quoted text begins no known escape.',
    'Write the backslash twice, or use single quotes.',
  ],
  BAD_INDENT: [
    'The indentation does not fit the lines around it.',
    'Begin all keys of one mapping, and all "-" of one list, in the same column.',
  ],
  BAD_SCALAR_START: [
    'The value begins with a character that YAML reserves.',
    'Put the value in quotes, for example "@name".',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'The value contains ": ", which YAML reads as a second key on the same line.',
    'Put the value in quotes, or write the nested key on a line of its own.',
  ],
  BLOCK_IN_FLOW: [
    'An indented list or mapping stands inside brackets.',
    'Write everything inside [ ] and { } with commas, without "- " and without indented lines of "key: value".',
  ],
  KEY_OVER_1024_CHARS: [
    'A key has more than 1024 characters.',
    'Shorten the key, or check for a missing line break.',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'A key runs over several lines, probably because a line before it lacks its ":".',
    'Write "key: value", with a colon and a space, on each line.',
  ],
  MULTIPLE_ANCHORS: ['A value has two anchors.', 'Keep one of them.'],
  MULTIPLE_TAGS: ['A value has two tags.', 'Keep one of them.'],
  TAB_AS_INDENT: ['The line is indented with a tab.', 'Indent with spaces: YAML does not allow tabs there.'],
};

/** Says in plain words what the parser objects to. */
export function explainSyntaxError(code: ErrorCode, parserMessage: string): Explanation {
  const bracket = /end with a ([\]}])/.exec(parserMessage)?.[1];
  if (bracket !== undefined) return unclosedBracket(bracket);
  const known = syntaxErrors[code];
  const message = known?.[0] ?? `The YAML cannot be read here: ${parserMessage.replace(/\s+/g, ' ').trim()}.`;
  const hint =
    known?.[1] ?? 'Check this line and the one before it for a missing quote, bracket, colon or indentation.';
  return { level: 'error', code: 'yaml.syntax', message, hint };
}

function unclosedBracket(bracket: string): Explanation {
  return {
    level: 'error',
    code: 'yaml.syntax',
    message: `The closing "${bracket}" of a list or mapping in brackets is missing.`,
    hint: `Add "${bracket}", or put the value in quotes if it is text.`,
  };
}

/** An alias without an anchor of that name before it. */
export function unknownAlias(name: string): Explanation {
  return {
    level: 'error',
    code: 'yaml.syntax',
    message: `The alias "*${name}" refers to an anchor that does not stand before it in this document.`,
    hint: `Put the value in quotes if it is meant to begin with "*", or define "&${name}" first.`,
  };
}

/** An alias inside the value that it stands for. */
export function selfReference(name: string): Explanation {
  return {
    level: 'error',
    code: 'yaml.syntax',
    message: `The alias "*${name}" stands inside the value that it refers to.`,
    hint: 'Write the value out: a value cannot contain itself.',
  };
}

/** More aliases than allowed, or aliases that multiply each other. */
export function tooManyAliases(maximum: number): Explanation {
  return {
    level: 'error',
    code: 'yaml.too-many-aliases',
    message: `The document uses more than ${maximum} aliases, or aliases that multiply each other.`,
    hint: 'Write the repeated values out.',
  };
}

/** A key that stands twice in one mapping. */
export function duplicateKey(key: string, firstLine: number): Explanation {
  return {
    level: 'error',
    code: 'yaml.duplicate-key',
    message: `The key ${quote(key)} stands twice in the same mapping, first on line ${firstLine}.`,
    hint: 'Remove or rename one of the two: only the last would count.',
  };
}

/** A key that is a list, a mapping or an alias. */
export function keyNotText(): Explanation {
  return {
    level: 'error',
    code: 'yaml.key-not-text',
    message: 'A key is a list, a mapping or an alias, not text.',
    hint: 'Put text that begins with "{", "[" or "*" in quotes.',
  };
}

/** A number that a JSON number cannot hold. */
export function inexactNumber(source: string): Explanation {
  return {
    level: 'error',
    code: 'yaml.number-not-exact',
    message: `The number ${quote(source).slice(1, -1)} cannot be stored without changing it.`,
    hint: `Quote it to keep it as text: ${quote(source)}.`,
  };
}

/** A tag outside the core schema. */
export function unsupportedTag(tag: string): Explanation {
  const shown = tag.replace('tag:yaml.org,2002:', '!!');
  return {
    level: 'error',
    code: 'yaml.unsupported-tag',
    message: `The YAML tag ${quote(shown)} is not supported.`,
    hint: 'Remove the tag, or put the value in quotes if the "!" belongs to it.',
  };
}

/** A merge key, which YAML 1.2 does not have. */
export function mergeKey(): Explanation {
  return {
    level: 'warning',
    code: 'yaml.merge-key',
    message: 'The merge key "<<" is not expanded: YAML 1.2 takes it as an ordinary key.',
    hint: 'Write the merged keys out.',
  };
}

/** A document that asks for YAML 1.1. */
export function oldVersion(): Explanation {
  return {
    level: 'warning',
    code: 'yaml.old-version',
    message: 'The document asks for YAML 1.1, but is read as YAML 1.2: yes, no, on and off are text.',
    hint: 'Remove the %YAML line, and write true or false.',
  };
}
