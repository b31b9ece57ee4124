import { escapeInvisible } from '@waymark/catalog-model';
import type { EntityWhy } from '@waymark/contracts';
import { END_OF_TIME } from './change-id.ts';
import { removalAfter } from './entity-changes.ts';
import type { HistoryRepository } from './history.repository.ts';
import {
  fileFindings,
  goneFindings,
  holderFindings,
  similarFindings,
  sourceFindings,
  type Evidence,
  type Finding,
} from './why-findings.ts';
import type { SourceStateRow, WhyRepository } from './why.repository.ts';

/** Refs that somebody who asks for one may have meant. */
export type SimilarRefs = (ref: string, maxItems: number) => Promise<string[]>;

export interface WhySources {
  why: WhyRepository;
  history: Pick<HistoryRepository, 'versions'>;
  similarRefs: SimilarRefs;
}

const MAX_SIMILAR = 5;
const LEVELS = ['error', 'warning', 'info'];

/** Why the entity of a ref is, or is not, in the catalog, from everything that is known of it. */
export async function explainPresence(ref: string, sources: WhySources): Promise<EntityWhy> {
  const { why, history, similarRefs } = sources;
  const [claims, problems, [latest], awaitedIds] = await Promise.all([
    why.claims(ref),
    why.problems(ref),
    history.versions(ref, END_OF_TIME, 1),
    why.awaitedSourceIds(ref),
  ]);
  const holder = claims.find((claim) => claim.isHolder);
  const ids = new Set([
    ...[...claims, ...problems].map(({ sourceId }) => sourceId),
    ...awaitedIds,
    ...(latest ? [latest.sourceId] : []),
  ]);
  const rows = await why.sources([...ids], holder === undefined);
  const evidence: Evidence = {
    ref,
    claims,
    problems,
    removal: holder || !latest ? undefined : removalAfter(latest),
    awaited: rows.filter(({ id }) => awaitedIds.includes(id)),
    sources: new Map(rows.map((row) => [row.id, row])),
    similar: holder ? [] : await similarRefs(ref, MAX_SIMILAR),
  };
  const findings = [
    ...holderFindings(evidence),
    ...fileFindings(evidence),
    ...goneFindings(evidence),
    ...sourceFindings(evidence),
    ...similarFindings(evidence),
  ].sort((left, right) => LEVELS.indexOf(left.level) - LEVELS.indexOf(right.level));
  return {
    ref,
    isPresent: holder !== undefined,
    // The sentences quote whoever asks, and names of files.
    summary: escapeInvisible(summarise(evidence, findings)),
    findings: findings.map((finding) => ({ ...finding, message: escapeInvisible(finding.message) })),
    sources: rows.filter(({ id }) => ids.has(id)).map(sourceOf),
  };
}

/** One sentence: what decides, in the order of what is surest. */
function summarise({ ref, claims, removal }: Evidence, findings: readonly Finding[]): string {
  const has = (code: string) => findings.some((finding) => finding.code === code);
  const [holder] = claims;
  if (holder?.isHolder) {
    const place = `${holder.path}, line ${holder.line}`;
    if (holder.leavingSince)
      return `${ref} is in the catalog, and about to go: its file does not describe it any more.`;
    if (has('file-error'))
      return `${ref} is in the catalog in its last good version: ${holder.path} has an error now.`;
    return `${ref} is in the catalog because ${place} describes it.`;
  }
  if (has('kind-not-allowed'))
    return `${ref} is not in the catalog: a rule does not allow it from where it stands.`;
  if (findings.some(({ code, level }) => code === 'file-error' && level === 'error')) {
    return `${ref} is not in the catalog: the document that describes it has an error.`;
  }
  if (removal)
    return `${ref} is not in the catalog any more: it left ${removal.path ?? 'its file'} on ${removal.at}.`;
  if (has('file-error')) return `${ref} is not in the catalog: what describes it was passed over.`;
  if (has('source-failed') || has('source-waiting')) {
    return `${ref} is not in the catalog, and not every source could be read so far.`;
  }
  return `${ref} is not in the catalog: no file that was read describes it.`;
}

function sourceOf(row: SourceStateRow): EntityWhy['sources'][number] {
  return {
    id: row.id,
    target: row.target,
    state: row.isPaused ? 'paused' : row.state,
    ...(row.lastReadAt ? { lastReadAt: row.lastReadAt.toISOString() } : {}),
    ...(row.nextReadAt ? { nextReadAt: row.nextReadAt.toISOString() } : {}),
  };
}
