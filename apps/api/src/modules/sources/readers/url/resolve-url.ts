import { hasDotSegment, type Integrations } from '../../../../platform/outbound/index.ts';
import { withoutPassword } from '../../../../platform/shown-url.ts';
import { parseRepositoryUrl } from './repository-url.ts';
import { isUrlPath, type Unresolved } from '../source-reader.ts';

/** The URL that a target means, or why it means none. */
export type ResolvedUrl = { url: string } | Unresolved;

/**
 * What a Location or placeholder in the file at `baseUrl` means, by Backstage's rule: a full URL is taken as it is;
 * `/x` begins at the root of the repository on the same branch; anything else follows the standard. A relative
 * target never leaves the repository, and no target may hide dot segments in encoded form.
 */
export function resolveUrl(target: string, baseUrl: string, integrations: Integrations): ResolvedUrl {
  if (URL.canParse(target)) return absoluteUrl(target, integrations);
  // It says that it is a URL, or is what everything else is relative to: `https://a:b.c/`, `http://[`.
  if (isUrlPath(target) || !URL.canParse(baseUrl)) return noUrl(target);
  const base = parseRepositoryUrl(baseUrl, integrations);
  const url = new URL(baseUrl);
  if (target.startsWith('//') || target.includes('\\')) return outside(target);
  if (target.startsWith('/') && base) {
    // The part of the pathname in front of the file: host pages encode paths, so the end is cut segment by segment.
    const depth = base.path === '' ? 0 : base.path.split('/').length;
    const segments = url.pathname.replace(/\/+$/, '').split('/');
    url.pathname = `${segments.slice(0, segments.length - depth).join('/')}${target}`;
    if (isHidingDots(target)) return hiddenDots(target);
  } else {
    if (!URL.canParse(target, baseUrl)) return outside(target);
    // Dots in front are what a relative target is made of; encoded ones have no honest use.
    if (isHidingDots(decodedDots(target))) return hiddenDots(target);
    url.pathname = new URL(target, baseUrl).pathname;
  }
  const resolved = parseRepositoryUrl(url.href, integrations);
  const stays = base
    ? resolved?.repository === base.repository && resolved.ref === base.ref
    : url.origin === new URL(baseUrl).origin;
  return stays ? { url: url.href } : outside(target);
}

/** Globs hold characters that `URL` leaves alone or encodes; the text stays as the author wrote it where it can. */
function absoluteUrl(target: string, integrations: Integrations): ResolvedUrl {
  const { pathname, href, protocol } = new URL(target);
  if (protocol !== 'https:' && protocol !== 'http:') {
    return noUrl(target);
  }
  const written = /^[a-z]+:\/\/[^/]*([^?#]*)/i.exec(target)?.[1] ?? '';
  if (integrations.of(target) && (hasDotSegment(pathname) || hasDotSegment(written)))
    return hiddenDots(target);
  return { url: href };
}

function noUrl(target: string): Unresolved {
  return {
    reason: 'refused',
    message: `The target "${quote(target)}" is not an http or https URL.`,
    hint: 'Give the https URL of the file.',
  };
}

function isHidingDots(target: string): boolean {
  return hasDotSegment(target);
}

/** The target without the plain dot segments that it may have. */
function decodedDots(target: string): string {
  return target
    .split('/')
    .filter((segment) => segment !== '.' && segment !== '..')
    .join('/');
}

function hiddenDots(target: string): Unresolved {
  return {
    reason: 'refused',
    message: `The target "${quote(target)}" holds "." or ".." segments where none may be.`,
    hint: 'Write the path without them.',
  };
}

function outside(target: string): Unresolved {
  return {
    reason: 'refused',
    message: `The target "${quote(target)}" leaves the repository of this file.`,
    hint: 'Give the full URL of a file elsewhere.',
  };
}

function quote(target: string): string {
  const text = withoutPassword(target);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
