export const BROWSER_FILE: string;
export function readBrowser(): {
  executablePath: string | undefined;
  env: Record<string, string> | undefined;
};
