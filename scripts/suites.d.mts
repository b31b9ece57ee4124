export interface Suite {
  name: string;
  kind: 'gate' | 'vitest' | 'playwright';
  command: string[];
  needsBrowser?: boolean;
}
export interface Result {
  passed: number;
  failed: number;
  skipped: number;
  problem?: string;
}
export const SUITES: Suite[];
export const QUICK_SUITES: Suite[];
export function reportTo(suite: Suite, resultFile: string): { args: string[]; env: Record<string, string> };
export function readResult(suite: Suite, exitCode: number | null, resultFile: string): Result;
