export function explainIfTaken(address: {
  host: string;
  port: number;
}): Promise<{ message: string; hint: string } | undefined>;
export function findFreePort(): Promise<number>;
