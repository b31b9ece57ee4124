import { parseCarefully, type CarefulOutcome, type YamlLimits } from './careful-yaml.ts';
import type { DocumentText } from './document-splitter.ts';
import { isRecord, readableRef, stringifyRef } from './entity-ref.ts';
import {
  isTemplateBlockLine,
  isTemplated,
  isTemplatedIdentityLine,
  isTemplatedLine,
  scanEnvelope,
  scannedRef,
} from './envelope-scan.ts';
import { parseFast } from './fast-yaml.ts';
import { utf8Length } from './file-text.ts';
import type { KindRegistry } from './kind-registry.ts';
import { maxKeysToCompare, nearestWord } from './near-miss.ts';
import { NodeLocator } from './node-position.ts';
import type { DescriptorDocument, DocumentLimits } from './descriptor-document.ts';
import {
  formatPath,
  limitProblems,
  toEntityProblem,
  type DescriptorProblem,
  type Finding,
  type TextProblem,
} from './problem.ts';
import { substitutePlaceholders, type References } from './substitute-placeholders.ts';
import { judgeEntity, notAnObject, type Judgement } from './validate-entity.ts';
import { inspectStructure } from './value-structure.ts';

interface DocumentOptions {
  kinds: KindRegistry;
  limits: DocumentLimits;
  references?: References | undefined;
}

/** A verdict with what the placeholders of the document name. */
type DocumentJudgement = Judgement & { placeholderTargets?: string[] };

type ParsedDocument = Omit<DescriptorDocument, 'index'>;

/** Parses and judges one document; `undefined` for one that holds nothing. */
export function parseDocument(part: DocumentText, options: DocumentOptions): ParsedDocument | undefined {
  const { limits } = options;
  const bytes = utf8Length(part.text);
  if (bytes > limits.maxDocumentBytes) {
    return refuse(part, [tooLarge(bytes, limits, part.line)], scannedRef(scanEnvelope(part.text)));
  }
  const text = part.text.includes('\r') ? part.text.replaceAll('\r\n', '\n') : part.text;
  const fast = parseFast(text, limits.maxDepth);
  if (fast.isTrusted) {
    if (fast.value === null) return undefined;
    const judgement = judge(fast.value, options);
    // Anything else to say needs the lines that only the careful parser knows.
    if (judgement.findings.length === 0) return accept(part, judgement, []);
    if (judgement.findings.every(isNoEnvelope)) return refuse(part, [foreign(part.line)], undefined);
    return parseDocumentCarefully(part, text, options, judgement);
  }
  return parseDocumentCarefully(part, text, options);
}

/** The verdict on the value of a document, which may be one of another format. */
function judge(value: unknown, options: DocumentOptions): DocumentJudgement {
  const { limits } = options;
  if (!isRecord(value)) return { relations: [], findings: [notAnObject(value)] };
  if (looksLikeDescriptor(value)) return judgeDescriptor(value, options);
  // What matters to descriptors only is not reported of other formats.
  const dangerous = inspectStructure(value, limits.maxDepth).findings.filter(
    ({ code }) => code === 'yaml.forbidden-key' || code === 'yaml.too-deep',
  );
  return { relations: [], findings: [...dangerous, noEnvelope] };
}

function judgeDescriptor(value: unknown, { kinds, limits, references }: DocumentOptions): DocumentJudgement {
  const substitution = substitutePlaceholders(value, references, limits);
  const judgement = judgeEntity(substitution.value, kinds, limits.maxDepth);
  const { targets } = substitution;
  return {
    ...judgement,
    ...(targets.length === 0 ? {} : { placeholderTargets: targets }),
    findings: [...substitution.findings, ...judgement.findings],
  };
}

function parseDocumentCarefully(
  part: DocumentText,
  text: string,
  options: DocumentOptions,
  judgementOfFastValue?: DocumentJudgement,
): ParsedDocument | undefined {
  const outcome = parseCarefully(text, part.line, options.limits);
  const place = new Placement(outcome);
  if (outcome.content === undefined) {
    return refuseUnreadable(part, text, place.textProblems(outcome.problems));
  }
  const { value } = outcome.content;
  if (value === null) return undefined;
  const judgement = judgementOfFastValue ?? judge(value, options);
  const isForeign = judgement.findings.some(isNoEnvelope);
  const textProblems = isForeign ? outcome.problems.filter(matteringAnywhere) : outcome.problems;
  const problems = [...place.textProblems(textProblems), ...place.findings(judgement.findings)];
  if (isForeign) return refuse(part, problems, undefined);
  if (!problems.some(({ level }) => level === 'error')) return accept(part, judgement, problems);
  if (isSkeleton(part, text, problems)) return refuse(part, [templated(part.line)], undefined);
  return refuse(part, problems, readableRef(value));
}

function refuseUnreadable(part: DocumentText, text: string, problems: DescriptorProblem[]): ParsedDocument {
  if (isSkeleton(part, text, problems)) return refuse(part, [templated(part.line)], undefined);
  return refuse(part, problems, scannedRef(scanEnvelope(text)));
}

/**
 * Whether a document that is no valid entity is one that a template still has to fill in: its identity, or a line
 * that breaks a rule, is an expression. A template itself holds expressions rightly, so only block tags count there.
 */
function isSkeleton(part: DocumentText, text: string, problems: readonly DescriptorProblem[]): boolean {
  const envelope = scanEnvelope(text);
  if (isTemplated(envelope)) return true;
  const isTemplate = envelope.kind === 'Template';
  const isMark = isTemplate ? isTemplateBlockLine : isTemplatedLine;
  const lines = text.split('\n');
  if (!isTemplate && lines.some(isTemplatedIdentityLine)) return true;
  return problems.some(({ level, line }) => level === 'error' && isMark(lines[line - part.line] ?? ''));
}

function accept(
  part: DocumentText,
  judgement: DocumentJudgement,
  problems: DescriptorProblem[],
): ParsedDocument {
  const { entity, relations, placeholderTargets } = judgement;
  const { line, text } = part;
  return {
    line,
    text,
    ...(entity === undefined ? {} : { entity, ref: stringifyRef(entity) }),
    relations,
    ...(placeholderTargets === undefined ? {} : { placeholderTargets }),
    problems: inOrder(problems),
  };
}

function refuse(
  { line, text }: DocumentText,
  problems: DescriptorProblem[],
  ref: string | undefined,
): ParsedDocument {
  return { line, text, ...(ref === undefined ? {} : { ref }), relations: [], problems: inOrder(problems) };
}

function inOrder(problems: DescriptorProblem[]): DescriptorProblem[] {
  const column = (problem: DescriptorProblem) => problem.column ?? 0;
  return limitProblems(problems).toSorted(
    (left, right) => left.line - right.line || column(left) - column(right),
  );
}

const envelopeFields = ['apiVersion', 'kind', 'metadata'];

/** With two of the three envelope fields, misspelt or not, a document was meant as a descriptor. */
function looksLikeDescriptor(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value).slice(0, maxKeysToCompare);
  const found = envelopeFields.filter(
    (field) => field in value || keys.some((key) => nearestWord(key, [field]) === field),
  );
  return found.length >= 2;
}

const noEnvelope: Finding = {
  level: 'info',
  code: 'entity.no-envelope',
  message: 'The document is no catalog descriptor: it has no apiVersion, kind and metadata.',
  hint: 'Add them if it should be one; otherwise leave the file out of the catalog.',
  path: [],
  at: 'value',
};

function isNoEnvelope({ code }: Finding): boolean {
  return code === 'entity.no-envelope';
}

/** Tags, large numbers and merge keys are ordinary in other formats; a repeated key is wrong in any. */
function matteringAnywhere({ code }: TextProblem): boolean {
  return code === 'yaml.duplicate-key';
}

/** Gives a finding about a document its place in the file, for rules that look at several documents. */
export function placeFinding(part: DocumentText, limits: YamlLimits, finding: Finding): DescriptorProblem[] {
  return new Placement(parseCarefully(part.text, part.line, limits)).findings([finding]);
}

/** Gives problems their line in the file. */
class Placement {
  private readonly outcome: CarefulOutcome;
  private readonly nodes: NodeLocator;

  constructor(outcome: CarefulOutcome) {
    this.outcome = outcome;
    this.nodes = new NodeLocator(outcome.content?.root ?? null);
  }

  textProblems(problems: readonly TextProblem[]): DescriptorProblem[] {
    return problems.map(({ level, code, message, hint, offset, path }) => ({
      ...{ level, code, message, hint },
      ...this.outcome.locate(offset),
      ...(path === undefined ? {} : { path: formatPath(path) }),
    }));
  }

  findings(findings: readonly Finding[]): DescriptorProblem[] {
    return this.textProblems(
      findings.map(({ level, code, message, hint, path, at }) => ({
        ...{ level, code, message, hint, offset: this.nodes.offsetOf(path, at) },
        ...(path.length > 0 ? { path } : {}),
      })),
    );
  }
}

function foreign(line: number): DescriptorProblem {
  return { ...toEntityProblem(noEnvelope), line };
}

function templated(line: number): DescriptorProblem {
  return {
    level: 'info',
    code: 'document.templated',
    message: 'The document is a skeleton of a software template: it still holds expressions to be filled in.',
    hint: 'Leave skeleton folders out of the catalog; the file becomes a descriptor when the template has run.',
    line,
  };
}

function tooLarge(bytes: number, { maxDocumentBytes }: DocumentLimits, line: number): DescriptorProblem {
  return {
    level: 'error',
    code: 'document.too-large',
    message: `The document has ${bytes} bytes; at most ${maxDocumentBytes} are read.`,
    hint: 'Move long definitions into files of their own, or raise catalog.limits.maxDocumentBytes in the configuration.',
    line,
  };
}
