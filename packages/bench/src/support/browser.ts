import { chromium, type Browser } from 'playwright';
import { readBrowser } from '../../../../scripts/browser.mjs';
import { ensureBrowser } from '../../../../scripts/ensure-browser.mjs';

/** Starts a Chromium, which goes with the other resources of a benchmark. */
export async function launchBrowser(resources: AsyncDisposableStack): Promise<Browser> {
  await ensureBrowser((line) => process.stderr.write(`  ${line}\n`));
  const { executablePath, env } = readBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    ...(env === undefined ? {} : { env }),
  });
  resources.defer(() => browser.close());
  return browser;
}
