import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { RunProvenance } from '../action.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Where a created project says what it was made from. */
export const TEMPLATE_RECORD = '.waymark/template.yaml';

/**
 * Writes down what a project was made from, for later upgrades: the template and its version, the answers, and the
 * digest of every file as it was made, so that it can be told what people have changed since.
 */
export async function writeTemplateRecord(
  workspace: Workspace,
  folder: string,
  { templateRef, templateVersion, values }: RunProvenance,
): Promise<void> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const files: Record<string, string> = {};
  for (const { path } of await workspace.list(folder)) {
    const relative = path.slice(prefix.length);
    if (relative === TEMPLATE_RECORD) continue;
    files[relative] = createHash('sha256')
      .update(await workspace.read(path))
      .digest('hex');
  }
  const record = {
    apiVersion: 'waymark.dev/v1',
    kind: 'TemplateRecord',
    template: { ref: templateRef, ...(templateVersion === undefined ? {} : { version: templateVersion }) },
    values,
    files,
  };
  const text = `# Written by Waymark when this project was created. Upgrades of the template start from here.\n${stringify(record)}`;
  await workspace.write(`${prefix}${TEMPLATE_RECORD}`, Buffer.from(text));
}
