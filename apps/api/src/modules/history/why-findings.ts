import type { EntityChange, EntityWhy } from '@waymark/contracts';
import type { ClaimRow, ProblemRow, SourceStateRow } from './why.repository.ts';

/** One thing that speaks for or against an entity being in the catalog. */
export type Finding = EntityWhy['findings'][number];

/** All that is known of a ref. */
export interface Evidence {
  ref: string;
  /** The holder first, if there is one. */
  claims: readonly ClaimRow[];
  problems: readonly ProblemRow[];
  /** How it went, if it was there and is not any more. */
  removal: EntityChange | undefined;
  /** Sources that it waits for before it may go. */
  awaited: readonly SourceStateRow[];
  sources: ReadonlyMap<string, SourceStateRow>;
  similar: readonly string[];
}

/** Who holds the ref, who else claims it, and whether it is about to go. */
export function holderFindings(evidence: Evidence): Finding[] {
  const [holder, ...rivals] = evidence.claims;
  if (!holder?.isHolder) return [];
  const first: Finding = holder.leavingSince
    ? leavingFinding(holder, holder.leavingSince, evidence)
    : {
        code: 'holder',
        level: 'info',
        message: `${holder.path} describes it in line ${holder.line}.`,
        hint: 'Change it there; the portal follows when the source is read again.',
        ...placeOf(holder, evidence),
        at: holder.readAt.toISOString(),
      };
  return [first, ...rivals.map((rival) => rivalFinding(rival, evidence))];
}

function leavingFinding(holder: ClaimRow, since: Date, evidence: Evidence): Finding {
  const waitsFor = evidence.awaited.map(({ id }) => evidence.sources.get(id)?.target ?? id).join(', ');
  return {
    code: 'leaving',
    level: 'warning',
    message:
      `${holder.path} does not describe it any more. It may have moved to another source, so it stays until ` +
      `${waitsFor === '' ? 'the others have been read' : `these have been read: ${waitsFor}`}.`,
    hint: 'Nothing is to be done: it goes by itself, or another source takes it over. To keep it, put it back into a file.',
    ...placeOf(holder, evidence),
    at: since.toISOString(),
  };
}

function rivalFinding(rival: ClaimRow, evidence: Evidence): Finding {
  return {
    code: 'rival',
    level: 'warning',
    message: `${rival.path} describes it as well in line ${rival.line}, and is not shown: who comes first keeps the name.`,
    hint: 'Rename one of the two, or remove the one that is not wanted.',
    ...placeOf(rival, evidence),
    at: rival.readAt.toISOString(),
  };
}

/** What files say of documents with the ref. */
export function fileFindings(evidence: Evidence): Finding[] {
  const isPresent = evidence.claims[0]?.isHolder === true;
  return evidence.problems.map(({ sourceId, problem, readAt }) => ({
    code: isRefusedByRule(problem.code) ? 'kind-not-allowed' : 'file-error',
    level: problem.level,
    message:
      isPresent && problem.level === 'error'
        ? `${problem.message} The last good version stays in the catalog.`
        : problem.message,
    hint: problem.hint,
    ...placeOf({ sourceId, path: problem.path, line: problem.line }, evidence),
    at: readAt.toISOString(),
    entityRef: evidence.ref,
  }));
}

/** Codes of problems that stand for a catalog rule end like this. */
function isRefusedByRule(code: string): boolean {
  return code.endsWith('not-allowed');
}

/** How it went, or that it never was there. */
export function goneFindings({ ref, claims, problems, removal, sources }: Evidence): Finding[] {
  if (claims[0]?.isHolder) return [];
  if (removal) {
    const commit = removal.revision === undefined ? '' : ` with commit ${removal.revision.slice(0, 12)}`;
    const author = removal.changedBy === undefined ? '' : ` by ${removal.changedBy}`;
    const reason = removal.reason === undefined || removal.reason === '' ? '' : `: ${removal.reason}`;
    const place = removal.path ?? 'its file';
    return [
      {
        code: 'removed',
        level: 'warning',
        message: `It left ${place}${commit}${author}${reason}. No other source that was read has it.`,
        hint: isKnown(removal.sourceId, sources)
          ? 'Put the document back into a file of a source; its last text is in the history.'
          : 'The source that it came from is not registered any more. Register it again, or put the document elsewhere.',
        ...(removal.sourceId === undefined ? {} : { sourceId: removal.sourceId }),
        ...(removal.sourceTarget === undefined ? {} : { sourceTarget: removal.sourceTarget }),
        ...(removal.path === undefined ? {} : { path: removal.path }),
        at: removal.at,
      },
    ];
  }
  if (problems.length > 0) return [];
  return [
    {
      code: 'never-seen',
      level: 'warning',
      message: `No file of any source that was read has ever described ${ref}.`,
      hint: 'Check kind, namespace and spelling, see whether the repository is among the sources, and look there for files with errors.',
    },
  ];
}

function isKnown(sourceId: string | undefined, sources: Evidence['sources']): boolean {
  return sourceId !== undefined && sources.has(sourceId);
}

/** Sources that could not be read. Of an entity that is there only its own matter; otherwise it may be in any. */
export function sourceFindings({ claims, sources }: Evidence): Finding[] {
  const [holder] = claims;
  const isPresent = holder?.isHolder === true;
  return [...sources.values()]
    .filter(({ id }) => !isPresent || id === holder.sourceId)
    .flatMap((source) => sourceFinding(source, isPresent));
}

function sourceFinding(source: SourceStateRow, isPresent: boolean): Finding[] {
  const common = {
    sourceId: source.id,
    sourceTarget: source.target,
    ...(source.lastReadAt ? { at: source.lastReadAt.toISOString() } : {}),
  };
  if (source.error) {
    const effect = isPresent
      ? 'What it had stays as it was.'
      : 'If it is described there, it cannot be seen.';
    return [
      {
        code: 'source-failed',
        level: 'error',
        message: `The source ${source.target} could not be read: ${source.error.message} ${effect}`,
        hint: source.error.hint,
        ...common,
      },
    ];
  }
  if (!source.isPaused && !source.isUnread) return [];
  return [
    {
      code: 'source-waiting',
      level: 'warning',
      message: source.isPaused
        ? `The source ${source.target} is paused, so nothing new of it is seen.`
        : `The source ${source.target} was never read so far.`,
      hint: source.isPaused
        ? 'Go on with the source on the page of sources.'
        : 'Wait for its first read, or ask for it on the page of sources.',
      ...common,
    },
  ];
}

/** What may have been meant instead. */
export function similarFindings({ ref, similar }: Evidence): Finding[] {
  return similar.map((other) => ({
    code: 'similar-name',
    level: 'info',
    message:
      nameOf(other) === nameOf(ref)
        ? `${other} has the same name, as another kind or in another namespace.`
        : `${other} has a similar name.`,
    hint: 'If this is the one that was meant, correct the reference.',
    entityRef: other,
  }));
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

function placeOf(
  { sourceId, path, line }: { sourceId: string; path: string; line: number },
  { sources }: Evidence,
): Pick<Finding, 'sourceId' | 'sourceTarget' | 'path' | 'line'> {
  const target = sources.get(sourceId)?.target;
  return { sourceId, ...(target === undefined ? {} : { sourceTarget: target }), path, line };
}
