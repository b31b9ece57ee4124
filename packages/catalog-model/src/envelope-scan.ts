import { readableRef } from './entity-ref.ts';

/** The lines of a document that say which entity it is, found without parsing it. Values are unquoted. */
export interface ScannedEnvelope {
  apiVersion?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

/** An envelope stands at the beginning; so many characters of a document are looked at. */
const maxScannedLength = 64 * 1024;

const field = /^[ \t]*(apiVersion|kind|name|namespace):[ \t]+(.*)$/;

/**
 * Finds apiVersion, kind, name and namespace of a document in block style line by line, for texts that no parser can
 * or may read. Good enough to tell whose last good version a broken document belongs to.
 */
export function scanEnvelope(text: string): ScannedEnvelope {
  const envelope: ScannedEnvelope = {};
  let metadataIndent = -1;
  let isInMetadata = false;
  for (const line of text.slice(0, maxScannedLength).split('\n')) {
    if (/^[ \t]*(?:#|\r?$)/.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) {
      isInMetadata = line.startsWith('metadata:');
      metadataIndent = -1;
    } else if (isInMetadata && metadataIndent < 0) {
      metadataIndent = indent;
    }
    const match = field.exec(line.trimEnd());
    // The expression matches no other keys.
    const key = match?.[1] as keyof ScannedEnvelope | undefined;
    const value = match?.[2];
    if (key === undefined || value === undefined) continue;
    const isTop = indent === 0 && (key === 'apiVersion' || key === 'kind');
    const isMetadata = isInMetadata && indent === metadataIndent && (key === 'name' || key === 'namespace');
    if (isTop || isMetadata) envelope[key] ??= unquote(value);
  }
  return envelope;
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1[ ]*(?:#.*)?$/.exec(value);
  return quoted?.[2] ?? value.replace(/[ ]#.*$/, '').trim();
}

/** The canonical reference in a scanned envelope, when kind and name are there and well formed. */
export function scannedRef({ kind, name, namespace }: ScannedEnvelope): string | undefined {
  return readableRef({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
}

const templateMark = /\{\{|\{%/;

/** Whether the text of an envelope field holds an expression of a template language: `${{ }}`, `{{ }}` or `{% %}`. */
export function isTemplated(envelope: ScannedEnvelope): boolean {
  return Object.values(envelope).some((value: string) => templateMark.test(value));
}

/** Fields of free text, where an expression is something to read and not a place that a template fills in. */
const proseLine = /^[ \t-]*["']?(?:description|title)["']?[ \t]*:/;

/**
 * Whether a line holds an expression of a template language where the structure of a descriptor is: in the key or the
 * value of a field that is no prose.
 */
export function isTemplatedLine(line: string): boolean {
  return templateMark.test(line) && !proseLine.test(line);
}

/** Fields that say what an entity is and belongs to, near the margin: deeper ones are in texts or in data. */
const identityLine =
  /^ {0,3}["']?(?:apiVersion|kind|name|namespace|owner|system|domain|type|lifecycle)["']?[ \t]*:[^#]*(?:\{\{|\{%)/;

/** Whether a line leaves open what the entity is or belongs to. */
export function isTemplatedIdentityLine(line: string): boolean {
  return identityLine.test(line);
}

/** Whether a line is a block tag of a template language, which never begins a line of valid YAML. */
export function isTemplateBlockLine(line: string): boolean {
  return /^\s*\{\{?%|^\s*\{\{-/.test(line);
}
