export interface ProcessLock {
  release(): void;
}
export function tryLock<Info extends Record<string, unknown>>(
  path: string,
  info: Info,
): { lock: ProcessLock } | { holder: { pid: number } & Partial<Info> };
export function waitForLock(
  path: string,
  options?: { onWait?: (holder: { pid: number }) => void; signal?: AbortSignal },
): Promise<ProcessLock>;
