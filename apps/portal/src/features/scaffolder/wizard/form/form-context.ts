/** What fields may need beside their own answer. */
export interface FormContext {
  /** By the name of the field: what is sent beside the answers and kept nowhere. */
  secrets: Readonly<Record<string, string>>;
  setSecret: (name: string, value: string | undefined) => void;
  /** Id of the list of errors. */
  summaryId: string;
}
