import type { Entity } from '@waymark/catalog-model';
import type { SourceProblem } from '@waymark/contracts';
import { parseFiles } from './file-parsing.ts';
import type { KindRules } from './kind-rules.ts';
import { LocationLinks } from './location-links.ts';
import type { DescriptorParser } from './parsing/descriptor-parser.ts';
import { readIncomingEntities } from './parsing/incoming-row.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';
import { SourceReadError, type ListedFile, type SourceReader } from './readers/source-reader.ts';
import type { SourceToRead } from './source-row.repository.ts';

/** Somebody waits for the answer. */
const TIMEOUT_MS = 25_000;
const MAX_FILES = 200;
const MAX_ENTITIES = 500;
const MAX_PROBLEMS = 200;
const MAX_DEPTH = 10;

/** An entity that a source would bring. */
export interface FoundEntity {
  ref: string;
  entity: Entity;
  path: string;
  /** `type:target` of its file. */
  location: string;
  line: number;
}

/** Everything that a reading would find, without a trace in the database. */
export interface SourceFindings {
  revision: string;
  files: { path: string; viewUrl: string | undefined; entityCount: number }[];
  entities: FoundEntity[];
  problems: SourceProblem[];
  isTruncated: boolean;
}

export interface SourceAnalysisOptions {
  openReader: (source: SourceToRead) => SourceReader;
  parser: DescriptorParser;
  kindRules: KindRules;
}

/** Reads a source as the worker would, within the time that a person waits, and writes nothing. */
export async function findInSource(
  source: SourceToRead,
  options: SourceAnalysisOptions,
): Promise<SourceFindings> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await collectFindings(source, options, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new SourceReadError(
      'source.timeout',
      `Looking at the source took more than ${TIMEOUT_MS / 1000} seconds.`,
      'Give the URL of a single file or folder, or register it without looking first.',
      error,
    );
  }
}

async function collectFindings(
  source: SourceToRead,
  { openReader, parser, kindRules }: SourceAnalysisOptions,
  signal: AbortSignal,
): Promise<SourceFindings> {
  const reader = openReader(source);
  const listing = await reader.list(undefined, signal);
  if (!listing) throw new Error('A first listing never says that nothing changed.');
  const links = new LocationLinks(reader, new Map(), []);
  const findings: SourceFindings = {
    ...{ revision: listing.revision, files: [], entities: [], isTruncated: !listing.isComplete },
    problems: [...listing.problems],
  };
  const seen = new Set(listing.files.map(({ path }) => path));
  let pending = listing.files;
  for (let depth = 0; depth < MAX_DEPTH && pending.length > 0; depth += 1) {
    const room = MAX_FILES - findings.files.length;
    if (pending.length > room) findings.isTruncated = true;
    const linked: ListedFile[] = [];
    const options = { reader, parser, allowedKinds: kindRules.allowedFor(source), signal };
    for await (const batch of parseFiles(pending.slice(0, room), options)) {
      for (const file of batch) {
        const followed = await links.follow(file, signal);
        linked.push(...followed.files.filter(({ path }) => !seen.has(path)));
        for (const { path } of followed.files) seen.add(path);
        addFile(findings, file, reader.annotationsFor(file.path));
      }
    }
    pending = linked;
  }
  return findings;
}

function addFile(
  findings: SourceFindings,
  file: Pick<ParsedFile, 'path' | 'rowCount' | 'rows' | 'problems'>,
  annotations: Record<string, string>,
): void {
  findings.files.push({
    path: file.path,
    viewUrl: annotations['backstage.io/view-url'],
    entityCount: file.rowCount,
  });
  const roomForEntities = MAX_ENTITIES - findings.entities.length;
  const roomForProblems = MAX_PROBLEMS - findings.problems.length;
  if (file.rowCount > roomForEntities || file.problems.length > roomForProblems) findings.isTruncated = true;
  for (const row of readIncomingEntities(file.rows, roomForEntities)) {
    const { ref, line } = row;
    const entity = JSON.parse(row.entity) as Entity; // written by our own parser
    const location = annotations['backstage.io/managed-by-location'] ?? '';
    findings.entities.push({ ref, line, entity, path: file.path, location });
  }
  findings.problems.push(...file.problems.slice(0, roomForProblems));
}
