import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiError } from '@waymark/api-client';
import {
  dryRunTemplate,
  getEntityByName,
  getTemplateDetails,
  getTemplateParameterSchema,
  listTemplates,
  planRun,
  previewRun,
  type EndpointRequest,
} from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { answersFor } from '../../testing/form-answers.ts';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';

const corpora =
  process.env['WAYMARK_CORPORA'] ?? path.resolve(import.meta.dirname, '../../../../../../shared/corpora');
const folder = path.join(corpora, 'templates');
const hasCorpora = existsSync(folder);
if (!hasCorpora) console.warn(`corpus not found, skipped: no folder ${folder} (set WAYMARK_CORPORA)`);

const PATTERN = '**/{template,edit-template}.yaml';
/** So many templates are there at the least. */
const MIN_TEMPLATES = 35;
/**
 * So many of them run dry to their end at the least, ten where nothing is slow: they need no action of somebody else's, no
 * other server, and nothing beyond their own folder, which is all that the protocol of dry runs takes.
 */
const MIN_COMPLETED = 8;
/** With their files at their real place, more do. */
const MIN_PREVIEWED = 15;

interface Verdict {
  template: string;
  pages: number;
  answers: 'valid' | string[];
  dryRun: string;
  /** A dry run with everything that lies around the template, too. */
  preview: string;
}

/** Files beside a descriptor, as a client of the protocol sends them. */
function contentsOf(file: string): EndpointRequest<typeof dryRunTemplate>['body']['directoryContents'] {
  const directory = path.dirname(file);
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((found) => ({
      path: path.relative(directory, found),
      base64Content: readFileSync(found).toString('base64'),
    }));
}

describe.skipIf(!hasCorpora)('templates of others', () => {
  const server = useScaffolderServer({ templateFolders: [folder], templatePattern: PATTERN });

  async function judge(namespace: string, name: string): Promise<Verdict> {
    const params = { namespace, kind: 'template', name };
    const { steps } = await server.api.call(getTemplateParameterSchema, { params });
    const details = await server.api.call(getTemplateDetails, { params });
    const answers = Object.assign({}, ...steps.map(({ schema }) => answersFor(schema))) as Record<
      string,
      never
    >;
    const verdict = { template: `${namespace}/${name}`, pages: steps.length };
    const lacking = details.problems.map(({ message }) => message);
    const plan = await server.api
      .call(planRun, { body: { templateRef: `template:${namespace}/${name}`, values: answers } })
      .catch((error: unknown) => (error instanceof ApiError ? undefined : Promise.reject(error as Error)));
    const wrong = (plan?.problems ?? []).filter(({ code }) => code === 'scaffolder.values-invalid');
    const judged = wrong.length === 0 ? ('valid' as const) : wrong.map(({ message }) => message);
    const entity = await server.api.call(getEntityByName, { params, query: {} });
    const origin = entity.metadata.annotations?.['backstage.io/managed-by-location'] ?? '';
    const file = origin.replace(/^file:/, '');
    const dryRun = await server.api
      .call(dryRunTemplate, {
        body: {
          template: entity as never,
          values: answers,
          secrets: {},
          directoryContents: contentsOf(file),
        },
      })
      .then(({ directoryContents }) => `completed, ${directoryContents.length} files`)
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        expect(error.status, `${name}: ${error.message}`).toBeLessThan(500);
        return `refused: ${[error.message, ...lacking].join(' ')}`;
      });
    const preview = await server.api
      .call(previewRun, { body: { templateRef: `template:${namespace}/${name}`, values: answers } })
      .then(({ publications, problem }) => {
        if (problem) return `refused: Step "${problem.at}": ${problem.message} ${problem.hint}`;
        return `completed, ${publications.map(({ files }) => `${files.length} files`).join(' and ') || 'no files'}`;
      })
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        expect(error.status, `${name}: ${error.message}`).toBeLessThan(500);
        return `refused: ${error.message}`;
      });
    return { ...verdict, answers: judged, dryRun, preview };
  }

  it('are registered, serve their form, and run dry or say exactly what they lack', async () => {
    const templates = await eventually(async () => {
      const found = (await server.api.call(listTemplates, {})).templates;
      expect(found.length).toBeGreaterThanOrEqual(MIN_TEMPLATES);
      return found;
    });
    const verdicts: Verdict[] = [];
    for (const { ref } of templates) {
      const [, namespace = '', name = ''] = /^template:([^/]+)\/(.+)$/.exec(ref) ?? [];
      verdicts.push(await judge(namespace, name));
    }
    const table = process.env['WAYMARK_CORPUS_TABLE'];
    if (table !== undefined) writeFileSync(table, JSON.stringify(verdicts, undefined, 1));
    const completed = (outcome: (verdict: Verdict) => string) => {
      for (const verdict of verdicts)
        expect(outcome(verdict), verdict.template).toMatch(/^completed|^refused: .{20}/);
      return verdicts.filter((verdict) => outcome(verdict).startsWith('completed')).length;
    };
    expect(completed(({ dryRun }) => dryRun)).toBeGreaterThanOrEqual(MIN_COMPLETED);
    expect(completed(({ preview }) => preview)).toBeGreaterThanOrEqual(MIN_PREVIEWED);
  }, 300_000);
});
