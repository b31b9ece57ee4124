import type { PushAccess } from './git-transport.service.ts';
import type { PushCommand } from './push-commands.ts';

const SHARED = [
  // Nothing but what is said here: no plain files, and refs of people alone.
  ...['http.getanyfile=false', 'transfer.hideRefs=refs/'],
  ...['transfer.hideRefs=!refs/heads/', 'transfer.hideRefs=!refs/tags/'],
  // A clone may cost one core.
  'pack.threads=1',
];

/** Settings of git for who reads. */
export function fetchSettings(): string[] {
  return [...SHARED, 'http.uploadpack=true', 'http.receivepack=false', 'uploadpack.allowFilter=true'];
}

/**
 * Settings of git for who pushes. The default branch only ever moves forward and never goes: where a push moves it,
 * git refuses whatever is no fast-forward.
 */
export function pushSettings(
  { repository, maxInputBytes }: PushAccess,
  commands: readonly PushCommand[],
): string[] {
  const defaultRef = `refs/heads/${repository.defaultBranch}`;
  const movesDefault = commands.some(({ ref }) => ref === defaultRef);
  return [
    ...SHARED,
    ...['http.uploadpack=false', 'http.receivepack=true'],
    ...['transfer.fsckObjects=true', 'receive.fsckObjects=true', 'receive.denyDeleteCurrent=refuse'],
    ...[`receive.denyNonFastForwards=${movesDefault}`, `receive.maxInputSize=${maxInputBytes}`],
    ...['receive.autogc=false'],
  ];
}
