import { fieldLabel } from '../page-issues.ts';
import type { FormPage } from '../form-pages.ts';
import { fieldSchemas } from '../schema/field-schemas.ts';
import type { Wizard } from '../use-wizard.ts';

/** Something that has to be put right before a run can start, with the page that it is on. */
export interface OpenProblem {
  page: FormPage | undefined;
  path: string[];
  label: string;
  message: string;
}

/** What the pages themselves find wrong, and what the server has refused. */
export function openProblems({
  shown,
  issues,
  serverIssues,
}: Pick<Wizard, 'shown' | 'issues' | 'serverIssues'>): OpenProblem[] {
  const own = shown.flatMap((page) =>
    (issues.get(page.number) ?? []).map((issue): OpenProblem => ({ page, ...issue })),
  );
  const known = new Set(own.map(({ path }) => path.join('/')));
  const refused = serverIssues
    .filter(({ path }) => !known.has(path.join('/')))
    .map((issue): OpenProblem => ({ ...issue, ...placeOf(shown, issue.path) }));
  return [...own, ...refused];
}

/** The page that asks for an answer, and what it calls it. */
export function placeOf(
  pages: readonly FormPage[],
  path: readonly string[],
): { page: FormPage | undefined; label: string } {
  const page = pages.find(({ source }) => fieldSchemas(source).has(path[0] ?? ''));
  return { page, label: page ? fieldLabel(page.schema, path) : path.join('.') };
}
