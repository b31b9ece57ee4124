import { RE2JS, RE2JSSyntaxException } from 're2js';

/** A regular expression that needs time in proportion to the text, whatever it and the text are. */
export interface LinearPattern {
  /** Whether it matches a part of the text. */
  test(text: string): boolean;
  /** Whether it matches the text from its first to its last character. */
  testExact(text: string): boolean;
}

/**
 * Compiles a regular expression from a configuration. The engine of JavaScript would run a pattern such as `(a+)+$`
 * for years against a name that somebody chose for that. RE2 runs none for long, and therefore knows no lookaround
 * and no back references: https://github.com/google/re2/wiki/Syntax
 *
 * @throws RE2JSSyntaxException for a pattern that {@link patternProblem} finds fault with
 */
export function compilePattern(source: string): LinearPattern {
  return RE2JS.compile(RE2JS.translateRegExp(source));
}

/** What is wrong with a regular expression; undefined when nothing is. */
export function patternProblem(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return error.message.replace(/^error parsing regexp: /, '');
  }
}

/**
 * A text with every match of a regular expression replaced, by the rules of `String.prototype.replaceAll`: `$1` and
 * `$<name>` are groups, `$&` is the match.
 *
 * @throws RE2JSSyntaxException
 */
export function replacePattern(text: string, source: string, replacement: string): string {
  return RE2JS.compile(RE2JS.translateRegExp(source)).matcher(text).replaceAll(replacement);
}
