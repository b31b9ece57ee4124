import { isMap, isScalar, isSeq, stringify, type Document, type ParsedNode, type YAMLMap } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { demandShort, documentProblem } from './document-problem.ts';
import type { YamlMergeWork } from './document-work.ts';
import { contentToMerge } from './merge-content.ts';
import { mergeData } from './merge-data.ts';
import { dataOf, readYaml } from './read-document.ts';

type YamlDocument = Document<ParsedNode>;

/** The text of a YAML file with data merged into one of its documents. @throws TemplateProblemError */
export function mergeIntoYaml(work: YamlMergeWork): string {
  const content = contentToMerge(work);
  const documents = readYaml(work.text, work.file);
  const chosen = chooseDocument(documents, work);
  if (!chosen) return demandShort(stringify(content, work.options));
  const texts = documents.map((document, index) => {
    const text = document === chosen ? mergedText(document, content, work) : document.toString(work.options);
    return index > 0 && !/^(---|%)/.test(text) ? `---\n${text}` : text;
  });
  return demandShort(texts.join(''));
}

function chooseDocument(
  documents: readonly YamlDocument[],
  { documentWith, file }: YamlMergeWork,
): YamlDocument | undefined {
  if (!documentWith) {
    if (documents.length <= 1) return documents[0];
    throw documentProblem(
      `${file} has ${documents.length} YAML documents, and nothing says which one is meant.`,
      'Name a key and value of the document in useDocumentIncludingField.',
    );
  }
  const { key, value } = documentWith;
  const found = documents.find((document) => hasField(dataOf(document), key, value));
  if (found) return found;
  throw documentProblem(`No document of ${file} has ${key}: ${value}.`, 'Correct useDocumentIncludingField.');
}

function hasField(data: JsonValue, key: string, value: string): boolean {
  if (Array.isArray(data)) return data.some((item) => hasField(item, key, value));
  if (!isJsonObject(data)) return false;
  const own = Object.hasOwn(data, key) ? data[key] : undefined;
  if (own !== undefined && typeof own !== 'object' && String(own) === value) return true;
  return Object.values(data).some((item) => hasField(item, key, value));
}

function mergedText(document: YamlDocument, content: JsonObject, work: YamlMergeWork): string {
  if (!work.preserveComments) {
    const text = stringify(mergeData(dataOf(document), content, work), work.options);
    return document.directives?.docStart === true ? `---\n${text}` : text;
  }
  if (isMap(document.contents)) mergeNode(document, document.contents, content, work);
  else throw documentProblem(`${work.file} holds no mapping.`, 'Only into mappings can be merged.');
  return document.toString(work.options);
}

/** Changes the tree of the text itself, so that comments stay where they are. */
function mergeNode(document: YamlDocument, map: YAMLMap, content: JsonObject, work: YamlMergeWork): void {
  for (const [key, value] of Object.entries(content)) {
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    const node = pair?.value;
    if (isMap(node) && isJsonObject(value)) mergeNode(document, node, value, work);
    else if (isSeq(node) && work.mergeArrays) {
      for (const item of [value].flat()) node.add(document.createNode(item));
    } else if (isScalar(node) && (typeof value !== 'object' || value === null)) node.value = value;
    else if (pair) pair.value = document.createNode(value);
    else map.add(document.createPair(key, value));
  }
}
