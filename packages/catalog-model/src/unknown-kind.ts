import type { KindRegistry } from './kind-registry.ts';
import { nearestWord } from './near-miss.ts';
import { quote, type Finding } from './problem.ts';

/** Says why no kind of the registry fits, and what to write or configure instead. */
export function findUnknownKind(apiVersion: string, kind: string, registry: KindRegistry): Finding {
  const sameKind = registry.kinds.filter((known) => known.kind === kind);
  if (sameKind.length > 0) {
    const versions = sameKind.map((known) => known.apiVersion);
    return unknown(
      `The kind ${kind} has no apiVersion ${quote(apiVersion)}; it is known as ${versions.join(' and ')}.`,
      `Write "apiVersion: ${nearestWord(apiVersion, versions) ?? versions[0]}".${allow(apiVersion, kind)}`,
      'apiVersion',
    );
  }
  const meant = nearestWord(
    kind,
    registry.kinds.map((known) => known.kind),
  );
  const isCaseOnly = meant?.toLowerCase() === kind.toLowerCase();
  const hint = isCaseOnly
    ? `Write "kind: ${meant}": kinds are told apart by upper and lower case.`
    : meant === undefined
      ? allow(apiVersion, kind).trim()
      : `Did you mean "kind: ${meant}"?${allow(apiVersion, kind)}`;
  return unknown(
    `No kind ${quote(kind)} with the apiVersion ${quote(apiVersion)} is known here.`,
    hint,
    'kind',
  );
}

function allow(apiVersion: string, kind: string): string {
  return (
    ` If it is a kind of your own, allow it in the configuration under catalog.kinds: ` +
    `{ apiVersion: ${quote(apiVersion)}, kind: ${quote(kind)} }.`
  );
}

function unknown(message: string, hint: string, field: 'apiVersion' | 'kind'): Finding {
  return { level: 'error', code: 'entity.unknown-kind', message, hint, path: [field], at: 'value' };
}
