import { hasInvisible } from '@waymark/catalog-model';
import type { SourceInput } from '@waymark/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import { OutboundError, type AllowedHosts, type Integrations } from '../../platform/outbound/index.ts';
import { DESCRIPTOR_FILES } from './readers/descriptor-paths.ts';
import { parseRepositoryUrl, repositoryUrl, type RepositoryPlace } from './readers/url/repository-url.ts';

/** What a person asked to register, as the source that will be read. */
export interface ResolvedTarget {
  type: 'git' | 'url';
  target: string;
  branch?: string;
  path?: string;
  /** The repository of a known host that it lies in. */
  place?: RepositoryPlace;
}

export interface TargetRules {
  hosts: AllowedHosts;
  integrations: Integrations;
  /** The default branch of a repository of a known host. */
  defaultBranch: (place: RepositoryPlace) => Promise<string>;
}

/**
 * Turns what a person pasted into a source: the page of a file is that file; the page of a repository or folder is
 * every descriptor below it. Only https URLs of hosts that the configuration allows come through: no paths of this
 * server, no ssh, nothing that git would take for an option or a helper.
 *
 * @throws AppError `catalog.source-not-allowed`
 */
export async function resolveSourceInput(input: SourceInput, rules: TargetRules): Promise<ResolvedTarget> {
  const url = demandReadable(input.target, rules);
  const place = parseRepositoryUrl(url.href, rules.integrations);
  // What lies here is read in place, whatever way it was named.
  const isKept = place?.integration.kind === 'waymark';
  if ((input.type === 'git' && !isKept) || (!place && isRepositoryAddress(url, input)))
    return gitSource(url, input);
  if (!place) return { type: 'url', target: url.href };
  const isFile = place.ref !== undefined && place.path !== '' && !url.pathname.includes('/tree/');
  if (isFile && input.path === undefined) return { type: 'url', target: input.target.trim(), place };
  const ref = input.branch ?? place.ref ?? (await rules.defaultBranch(place));
  const at = { ...place, ref };
  const below = isFile || place.path === '' ? '' : `${place.path}/`;
  return { type: 'url', target: patternUrl(at, `${below}${input.path ?? DESCRIPTOR_FILES}`), place: at };
}

/** @throws AppError for a URL that people may not have read. */
export function demandReadable(
  target: string,
  { hosts, integrations }: Pick<TargetRules, 'hosts' | 'integrations'>,
): URL {
  const place = hasInvisible(target) ? undefined : parseRepositoryUrl(target.trim(), integrations);
  // No request is made for what this server itself keeps.
  if (place?.integration.kind === 'waymark') return new URL(target.trim());
  try {
    return hosts.demand(target.trim());
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new AppError('catalog.source-not-allowed', `${error.message} ${error.hint}`, { cause: error });
  }
}

function gitSource(url: URL, { branch, path }: SourceInput): ResolvedTarget {
  return {
    ...{ type: 'git', target: url.href },
    ...(branch === undefined ? {} : { branch }),
    ...(path === undefined ? {} : { path }),
  };
}

function isRepositoryAddress(url: URL, { type, branch }: SourceInput): boolean {
  return type !== 'url' && (url.pathname.endsWith('.git') || branch !== undefined);
}

/** Characters of a pattern stand for themselves, so that people recognise what they wrote. */
function patternUrl(place: RepositoryPlace, pattern: string): string {
  return `${repositoryUrl(place, 'blob', '')}${encodeURI(pattern.replace(/^\/+/, '')).replace(
    /%(7B|7D|5B|5D)/g,
    (encoded) => decodeURIComponent(encoded),
  )}`;
}
