/** The definition of an API as one version of its entity had it. */
export interface DefinitionVersion {
  /** Names the version, as in the history of the entity. */
  id: string;
  /** When the catalog learnt of it. */
  at: string;
  /** Commit that brought it, where the source is a Git repository. */
  revision?: string;
  /** `spec.type` of the entity. */
  type: unknown;
  /** Absent where the entity has no definition, such as an API of a type of its own. */
  text?: string;
  /** The definition stands in another file that was not read: the text only names it. */
  isPlaceholder: boolean;
}

/** Where versions of definitions come from. A ref is canonical. */
export interface DefinitionVersions {
  /** What the catalog shows; undefined when there is no such entity. */
  current(ref: string): Promise<DefinitionVersion | undefined>;
  /** The last version before the given one whose definition is another one. */
  previousDifferent(ref: string, version: DefinitionVersion): Promise<DefinitionVersion | undefined>;
  byId(ref: string, id: string): Promise<DefinitionVersion | undefined>;
}
