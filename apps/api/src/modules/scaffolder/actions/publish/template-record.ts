import { stringify } from 'yaml';
import type { RunProvenance } from '../action.ts';

/** Where a created project says what it was made from. */
export const TEMPLATE_RECORD = '.waymark/template.yaml';

/**
 * Says what a project was made from, for later upgrades: the template and its version, the answers, and the digest of
 * every file as it was made, so that it can be told what people have changed since.
 *
 * @param files SHA-256 digests in hexadecimal by path
 */
export function templateRecord(
  { templateRef, templateVersion, values }: RunProvenance,
  files: Readonly<Record<string, string>>,
): string {
  const record = {
    apiVersion: 'waymark.dev/v1',
    kind: 'TemplateRecord',
    template: { ref: templateRef, ...(templateVersion === undefined ? {} : { version: templateVersion }) },
    values,
    files,
  };
  return `# Written by Waymark when this project was created. Upgrades of the template start from here.\n${stringify(record)}`;
}
