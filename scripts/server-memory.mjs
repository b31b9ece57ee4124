/**
 * How the server's process is told to be sparing with memory; both can only be said before it starts.
 */

/**
 * Node gives short-lived objects up to 192 MB in each thread on a large machine, and lets the heap grow by half before it
 * looks for what is dead. The server's objects are gone within a request: with less it answers a twentieth fewer requests
 * a second, in three quarters of the memory.
 */
export const memoryArguments = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

/**
 * glibc keeps a heap for each thread, and what a parser thread took would stay when the thread has ended. It also stops
 * giving large blocks back once it has seen some of them freed, unless it is told from which size on (bytes) it should.
 */
export const memoryEnvironment = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
