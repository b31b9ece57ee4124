import nunjucks from 'nunjucks';
import type { TemplateFilter } from 'nunjitsu';

/** How a template is read; the names are those of `fetch:template`. */
export interface OracleOptions {
  filters?: Record<string, TemplateFilter>;
  cookiecutterCompat?: boolean;
  trimBlocks?: boolean;
  lstripBlocks?: boolean;
}

/** Renders with Nunjucks itself, set up as Backstage's scaffolder did. For texts of our own only: it is no sandbox. */
export function renderWithNunjucks(
  source: string,
  context: Record<string, unknown>,
  { filters = {}, cookiecutterCompat = false, trimBlocks = false, lstripBlocks = false }: OracleOptions = {},
): string {
  const environment = new nunjucks.Environment(null, {
    autoescape: false,
    trimBlocks,
    lstripBlocks,
    ...(cookiecutterCompat ? {} : { tags: { variableStart: '${{', variableEnd: '}}' } }),
  });
  for (const [name, filter] of Object.entries(filters)) {
    environment.addFilter(name, (value: never, ...rest: never[]) => filter(value, ...rest));
  }
  return environment.renderString(source, context);
}
