import type { EntityChange } from '@waymark/contracts';
import { changeIdOf } from './change-id.ts';
import { changedPaths } from './changed-paths.ts';
import type { VersionRow } from './history.repository.ts';

/** The change with which a version began. `older`: the version before it in time, whether or not it lasted until then. */
export function beginOf(version: VersionRow, older: VersionRow | undefined): EntityChange {
  const previous = precedes(older, version) ? older : undefined;
  return {
    id: changeIdOf(version.validFrom),
    kind: kindOf(version, previous),
    at: version.validFrom.toISOString(),
    ...placeOf(version),
    ...commitOf(version.revision, version.changedBy, version.reason),
    changedPaths: previous
      ? changedPaths(JSON.parse(previous.entityJson), JSON.parse(version.entityJson))
      : [],
  };
}

/** The change with which the entity went after a version, if it did. */
export function removalAfter(version: VersionRow): EntityChange | undefined {
  if (!version.isLastBeforeRemoval || !version.validTo) return undefined;
  return {
    id: changeIdOf(version.validTo),
    kind: 'removed',
    at: version.validTo.toISOString(),
    ...placeOf(version),
    ...commitOf(version.endedRevision, version.endedBy, version.endedReason),
    changedPaths: [],
  };
}

/** Whether `older` lasted until `version` began: otherwise the entity was gone in between. */
export function precedes(older: VersionRow | undefined, version: VersionRow): older is VersionRow {
  return older?.validTo?.getTime() === version.validFrom.getTime();
}

function kindOf(version: VersionRow, previous: VersionRow | undefined): EntityChange['kind'] {
  if (!previous) return 'added';
  const isElsewhere = previous.sourceId !== version.sourceId || previous.path !== version.path;
  return isElsewhere && previous.text.trim() === version.text.trim() ? 'moved' : 'changed';
}

function placeOf({
  sourceId,
  sourceTarget,
  path,
  line,
}: VersionRow): Pick<EntityChange, 'sourceId' | 'sourceTarget' | 'path' | 'line'> {
  return { sourceId, sourceTarget, path, line };
}

function commitOf(
  revision: string | undefined,
  changedBy: string | undefined,
  reason: string | undefined,
): Pick<EntityChange, 'revision' | 'changedBy' | 'reason'> {
  return {
    ...(revision === undefined ? {} : { revision }),
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(reason === undefined ? {} : { reason }),
  };
}
