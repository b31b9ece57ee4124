/** Finds a Chromium that works, or brings one, and remembers it for `readBrowser`. Throws with all that was refused. */
export function ensureBrowser(log: (line: string) => void): Promise<{
  source: string;
  executablePath?: string;
  env?: Record<string, string>;
}>;
