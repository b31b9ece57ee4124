/** What a delivery says of a Git host, in words that hold for GitHub and GitLab. */
export type WebhookEvent =
  | { type: 'push'; repository: PushedRepository; branch: string }
  /** Repositories came, went, or changed their name. Owners that are concerned, with all groups above. */
  | { type: 'repositories-changed'; owners: string[] }
  /** People or teams of these organisations changed. */
  | { type: 'people-changed'; owners: string[] }
  | { type: 'nothing'; reason: string };

/** A repository that somebody pushed to. */
export interface PushedRepository {
  fullName: string;
  defaultBranch: string;
  /** Of its web page, without the scheme: `github.com/acme/payments`. */
  address: string | undefined;
}

/** A push to what is not a branch, or that ends one, changes nothing that is read. */
export function branchOf(ref: string): string | undefined {
  const prefix = 'refs/heads/';
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}

/** A web address without what may differ between two spellings of it. */
export function addressOf(webUrl: string | undefined): string | undefined {
  if (webUrl === undefined || !URL.canParse(webUrl)) return undefined;
  const { host, pathname } = new URL(webUrl);
  return `${host}${pathname.replace(/\/+$/, '').replace(/\.git$/, '')}`.toLowerCase();
}
