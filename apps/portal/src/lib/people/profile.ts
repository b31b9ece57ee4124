import type { PartialEntity } from '@waymark/contracts';

/** How somebody or a team can be reached, and what they do, as far as the descriptor says. */
export interface Profile {
  email: string | undefined;
  /** Only an address that tells nobody who looks at the page. */
  picture: string | undefined;
  /** What the person does: a role of the profile, or a short description. */
  role: string | undefined;
}

/** A longer description is a text about the person, not the name of a role. */
const maxRoleLength = 80;

/** Reads `spec.profile` of a group or user. Anything in it may be missing or of another type. */
export function profileOf(entity: PartialEntity): Profile {
  const profile = entity.spec?.['profile'];
  const text = (holder: unknown, key: string) => {
    if (typeof holder !== 'object' || holder === null) return undefined;
    const value: unknown = Reflect.get(holder, key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const description = entity.metadata?.description?.trim();
  const shortDescription =
    description !== undefined && description !== '' && description.length <= maxRoleLength
      ? description
      : undefined;
  return {
    email: text(profile, 'email'),
    picture: safePicture(text(profile, 'picture')),
    role: text(profile, 'role') ?? text(profile, 'jobTitle') ?? text(entity.spec, 'role') ?? shortDescription,
  };
}

/**
 * A picture of this server or in the descriptor itself. Any other address would tell its owner who looks at
 * whose page, and when.
 */
export function safePicture(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  if (/^data:image\/(png|jpeg|gif|webp);base64,[a-z\d+/=]+$/i.test(url)) return url;
  // A path of this origin; "//host" and "/\host" are other hosts.
  return /^\/(?![/\\])/.test(url) ? url : undefined;
}
