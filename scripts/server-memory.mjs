/**
 * How the server's process is told to be sparing with memory; both can only be said before it starts.
 */

/**
 * Node gives short-lived objects up to 192 MB in each thread on a large machine. The server's are gone
 * within a request: a quarter of that costs it no speed that can be measured.
 */
export const memoryArguments = ['--max-semi-space-size=8', '--heap-growing-percent=40'];

/** glibc keeps a heap for each thread, and what a parser thread took would stay when the thread has ended. */
export const memoryEnvironment = { MALLOC_ARENA_MAX: '2' };
