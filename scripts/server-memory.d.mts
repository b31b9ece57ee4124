/** Arguments of Node that keep the server's memory small. */
export const memoryArguments: readonly string[];
/** Environment variables that do; those that are set already win. */
export const memoryEnvironment: Readonly<Record<string, string>>;
