import type { System, Team } from '../organisation/model.ts';

/** Everything that decides the files of a system's repository at one moment of its history. */
export interface RepositoryState {
  system: System;
  deliveredBy: Team['delivery']['by'];
  hasRunbook: boolean;
  /** Edits of single files that no descriptor object can express, such as a mistake in the YAML. */
  edits: readonly FileEdit[];
}

/** Rewrites one file; a file that is not there is created, and `edit` gets the empty text. */
export interface FileEdit {
  path: string;
  edit: (text: string) => string;
}

/** A change that somebody made to something. Time runs backwards here: a change knows how to be undone. */
export interface Change<State> {
  /** Imperative sentence for the commit. */
  message: string;
  weeksAgo: number;
  /** Team whose member commits it. */
  team: string;
  undo: (state: State) => State;
}

/** Files of a repository: path → text. */
export type FileTree = ReadonlyMap<string, string>;
