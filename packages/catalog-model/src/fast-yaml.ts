import {
  CORE_SCHEMA,
  EVENT_ALIAS,
  EVENT_MAPPING,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  floatCoreTag,
  intCoreTag,
  mapTag,
  parseEvents,
  NOT_RESOLVED,
  type Event,
} from 'js-yaml';
import { readExactNumber } from './exact-number.ts';
import { hasOutdentedComment } from './outdented-comment.ts';

/** The value of a document, when the fast parser may be trusted with it. */
export type FastOutcome = { isTrusted: true; value: unknown } | { isTrusted: false };

const untrusted: FastOutcome = { isTrusted: false };

/** Thrown out of the fast parser at the first construct that the careful parser has to judge. */
class NeedsCare extends Error {}

function exactNumberTag(tag: typeof intCoreTag) {
  return defineScalarTag(tag.tagName, {
    implicit: true,
    implicitFirstChars: tag.implicitFirstChars,
    identify: tag.identify,
    represent: tag.represent,
    resolve: (source) => {
      if (!looksNumeric.test(source)) return NOT_RESOLVED;
      const value = readExactNumber(source);
      if (value === undefined) throw new NeedsCare();
      return value;
    },
  });
}

/** The integer and float forms of the YAML 1.2 core schema. */
const looksNumeric =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Keys have to be text: the two parsers do not agree on how other keys are written as text. */
const textKeyMapTag = defineMappingTag(mapTag.tagName, {
  create: mapTag.create,
  identify: mapTag.identify,
  represent: mapTag.represent,
  has: mapTag.has,
  keys: mapTag.keys,
  get: mapTag.get,
  addPair: (map, key, value) => {
    if (typeof key !== 'string' || key === '__proto__') throw new NeedsCare();
    map[key] = value;
    return '';
  },
});

const schema = CORE_SCHEMA.withTags(exactNumberTag(intCoreTag), exactNumberTag(floatCoreTag), textKeyMapTag);

/** A document marker that is indented, or has content behind it, before the first content of the document. */
const beginsWithMarker = /^(?:[ ]*(?:#.*)?\n)*[ ]*(?:---|\.\.\.)/;

/**
 * What the two parsers treat differently in some places: a directive, lone carriage returns, tabs, byte order marks,
 * the line separators of YAML 1.1 and other control characters, and block scalars with an explicit indentation.
 */
const needsCare = /^%|[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\uFEFF\uFFFE\uFFFF]|[|>][-+]?[1-9]/;

/**
 * Parses one document ten times as fast as {@link parseCarefully} does, and gives its value only where both are
 * proved to agree: no error, anchor, alias, tag or directive, only text keys, only exact numbers. For anything else
 * the answer is "not trusted", which is no verdict.
 */
export function parseFast(text: string, maxDepth: number): FastOutcome {
  if (needsCare.test(text) || beginsWithMarker.test(text) || hasOutdentedComment(text)) return untrusted;
  try {
    const events = parseEvents(text, { maxDepth });
    if (!isPlain(events)) return untrusted;
    const documents = constructFromEvents(events, { source: text, schema, maxAliases: 0 });
    if (documents.length > 1) return untrusted;
    return { isTrusted: true, value: documents[0] ?? null };
  } catch {
    return untrusted;
  }
}

function isPlain(events: readonly Event[]): boolean {
  return events.every((event) => {
    switch (event.type) {
      case EVENT_ALIAS:
        return false;
      case EVENT_MAPPING:
      case EVENT_SEQUENCE:
      case EVENT_SCALAR:
        return event.anchorStart < 0 && event.tagStart < 0;
      default:
        return true;
    }
  });
}
