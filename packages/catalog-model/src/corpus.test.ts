import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { splitDocuments } from './document-splitter.ts';
import { parseFast } from './fast-yaml.ts';
import { createKindRegistry, parseDescriptorFile, type DescriptorDocument } from './index.ts';
import { backstageKinds, backstageRefusal } from './testing/backstage-verdict.ts';

const corpora = process.env['WAYMARK_CORPORA'] ?? resolve(import.meta.dirname, '../../../../shared/corpora');
const hasCorpora = existsSync(join(corpora, 'catalog'));
if (!hasCorpora) console.warn(`corpus not found, skipped: no folder ${corpora} (set WAYMARK_CORPORA)`);

const limits = { maxFileBytes: 10 * 2 ** 20, maxDocumentBytes: 2 ** 20, maxDepth: 100, maxAliasCount: 20 };
const kinds = createKindRegistry();

interface CorpusFile {
  path: string;
  text: string;
}

function yamlFiles(folder: string): CorpusFile[] {
  return readdirSync(join(corpora, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(corpora.length + 1), text: readFileSync(path, 'utf8') }));
}

/** The values of a stream, read as Backstage reads it. */
function valuesOf(text: string): unknown[] {
  return parseAllDocuments(text, { logLevel: 'silent' }).map((document) =>
    'errors' in document && document.errors.length === 0 ? (document.toJS() as unknown) : undefined,
  );
}

function kindOf(value: unknown): string | undefined {
  const kind: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
  return typeof kind === 'string' ? kind : undefined;
}

/** A second document for one entity is valid by itself, which is all that Backstage's policies look at. */
function isRefusedAsDuplicateOnly({ problems }: DescriptorDocument): boolean {
  const errors = problems.filter(({ level }) => level === 'error');
  return errors.length > 0 && errors.every(({ code }) => code === 'entity.duplicate-ref');
}

function hasError({ problems }: DescriptorDocument): boolean {
  return problems.some(({ level }) => level === 'error');
}

// Several hundred files, read with three parsers: more than the usual five seconds on a busy machine.
describe.skipIf(!hasCorpora)('the corpora of real files', { timeout: 60_000 }, () => {
  it('give every core-kind entity the verdict of Backstage’s policies and validators', async () => {
    const differences: string[] = [];
    let compared = 0;
    for (const { path, text } of yamlFiles('catalog')) {
      const documents = parseDescriptorFile(text, { kinds, limits }).documents;
      const values = valuesOf(text).filter((value) => value !== null);
      expect(documents.length, path).toBe(values.length);
      for (const [index, value] of values.entries()) {
        const document = documents[index];
        const kind = kindOf(value);
        if (document === undefined || kind === undefined || !backstageKinds.has(kind)) continue;
        compared++;
        const refusal = await backstageRefusal(value);
        const isAccepted = document.entity !== undefined || isRefusedAsDuplicateOnly(document);
        if ((refusal === undefined) !== isAccepted) {
          differences.push(`${path}:${document.line} Backstage: ${refusal ?? 'accepted'}`);
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
    expect(differences).toEqual([]);
  });

  it('give every template the verdict of Backstage’s policies, which know the envelope only', async () => {
    const differences: string[] = [];
    let compared = 0;
    for (const { path, text } of yamlFiles('templates')) {
      if (basename(path) !== 'template.yaml') continue;
      const [document] = parseDescriptorFile(text, { kinds, limits }).documents;
      const [value] = valuesOf(text);
      if (document === undefined || kindOf(value) !== 'Template') continue;
      compared++;
      const refusal = await backstageRefusal(value, { kinds: false });
      if ((refusal === undefined) !== (document.entity !== undefined)) {
        differences.push(`${path} Backstage: ${refusal ?? 'accepted'}`);
      }
    }
    expect(compared).toBeGreaterThan(20);
    expect(differences).toEqual([]);
  });

  it('have the same value in both parsers wherever the fast one is trusted', () => {
    let trusted = 0;
    for (const { path, text } of ['catalog', 'templates', 'policies', 'score'].flatMap(yamlFiles)) {
      for (const part of splitDocuments(text)) {
        const fast = parseFast(part.text, limits.maxDepth);
        if (!fast.isTrusted) continue;
        trusted++;
        expect([fast.value], `${path}:${part.line}`).toEqual(valuesOf(part.text));
      }
    }
    expect(trusted).toBeGreaterThan(500);
  });

  it('give every refused document a reason with a line inside its file', () => {
    for (const { path, text } of ['catalog', 'templates'].flatMap(yamlFiles)) {
      const lines = text.split('\n').length;
      for (const document of parseDescriptorFile(text, { kinds, limits }).documents) {
        if (document.entity === undefined) expect(document.problems.length, path).toBeGreaterThan(0);
        else expect(hasError(document), path).toBe(false);
        for (const { line, message, hint } of document.problems) {
          expect(line, path).toBeGreaterThanOrEqual(document.line);
          expect(line, path).toBeLessThanOrEqual(lines);
          expect(message.length * hint.length, path).toBeGreaterThan(0);
        }
      }
    }
  });
});
