import type { ESLint } from 'eslint';
import { castNeedsReason } from './cast-needs-reason.ts';
import { exportsCarryDocumentation } from './exports-carry-documentation.ts';
import { fileName } from './file-name.ts';
import { maxFunctionLines } from './max-function-lines.ts';
import { noApiUrl } from './no-api-url.ts';
import { noDrawerName } from './no-drawer-name.ts';
import { noDynamicPattern } from './no-dynamic-pattern.ts';
import { noProcessEnv } from './no-process-env.ts';
import { noRawHtml } from './no-raw-html.ts';
import { noShell } from './no-shell.ts';
import { noUnsafeSql } from './no-unsafe-sql.ts';
import { noVm } from './no-vm.ts';
import { suppressionNeedsReason } from './suppression-needs-reason.ts';

/** Waymark's own ESLint rules, under the prefix `waymark/`. */
export const waymarkPlugin: ESLint.Plugin = {
  rules: {
    'cast-needs-reason': castNeedsReason,
    'exports-carry-documentation': exportsCarryDocumentation,
    'file-name': fileName,
    'max-function-lines': maxFunctionLines,
    'no-api-url': noApiUrl,
    'no-drawer-name': noDrawerName,
    'no-dynamic-pattern': noDynamicPattern,
    'no-process-env': noProcessEnv,
    'no-raw-html': noRawHtml,
    'no-shell': noShell,
    'no-unsafe-sql': noUnsafeSql,
    'no-vm': noVm,
    'suppression-needs-reason': suppressionNeedsReason,
  },
};
