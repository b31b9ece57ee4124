import { descriptorFile } from '../descriptors/descriptor.ts';
import { componentDescriptor } from '../descriptors/software-descriptors.ts';
import { foreignExchange } from '../organisation/treasury/foreign-exchange.ts';
import { merchantPayouts } from '../organisation/merchant-services/merchant-payouts.ts';
import type { FileEdit } from './repository-state.ts';

/** A mistake in a file, of the kind that real companies have, and the commit that made it. */
export interface Imperfection extends FileEdit {
  repository: string;
  message: string;
  weeksAgo: number;
}

/** The mistakes that live in files. Those that live in data (a team and a server that are gone) are in README.md. */
export const imperfections: readonly Imperfection[] = [
  {
    repository: 'regulatory-reporting',
    path: 'apps/filing-calendar/catalog-info.yaml',
    message: 'Tidy up the descriptor of filing-calendar',
    weeksAgo: 3,
    // A required field is gone.
    edit: (text) => replaceOnce(text, '  lifecycle: production\n', ''),
  },
  {
    repository: 'general-ledger',
    path: 'pipelines/ledger-audit-export/catalog-info.yaml',
    message: 'Say which archive ledger-audit-export writes to',
    weeksAgo: 1,
    // A colon and a blank inside a plain scalar: not YAML.
    edit: (text) =>
      replaceOnce(text, 'to archive files that auditors', 'to the archive: files that auditors'),
  },
  {
    repository: 'merchant-payouts',
    path: 'libraries/currency-math/catalog-info.yaml',
    message: 'Copy currency-math until the shared one rounds Swiss francs',
    weeksAgo: 5,
    // The foreign-exchange repository claims the same name.
    edit: copyOfCurrencyMath,
  },
];

/** The mistakes in one repository. */
export function imperfectionsOf(repository: string): Imperfection[] {
  return imperfections.filter((imperfection) => imperfection.repository === repository);
}

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2)
    throw new Error(`the text to spoil does not stand exactly once: ${from}`);
  return text.replace(from, to);
}

function copyOfCurrencyMath(): string {
  const original = foreignExchange.components.find(({ name }) => name === 'currency-math');
  if (original === undefined) throw new Error('currency-math is gone: choose another name to claim twice');
  const copy = { ...original, language: 'kotlin', description: `${original.description} Our own copy.` };
  return descriptorFile(componentDescriptor(copy, merchantPayouts, 'argocd'));
}
