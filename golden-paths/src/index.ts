export { goldenPathNames, goldenPathsFolder, readTextFiles } from './golden-path-files.ts';
export type { GoldenPathName, TextFile } from './golden-path-files.ts';
