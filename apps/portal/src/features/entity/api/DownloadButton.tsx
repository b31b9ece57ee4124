import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { DefinitionFormat } from '@waymark/contracts';
import { downloadFile } from '../../../lib/browser/download-file.ts';
import { isJsonText } from './is-json-text.ts';

export interface DownloadButtonProps {
  text: string;
  format: DefinitionFormat;
  /** Name of the file without its ending. */
  name: string;
}

/** Saves the definition as a file, as it was written. */
export function DownloadButton({ text, format, name }: DownloadButtonProps) {
  const file = `${name}.${endingOf(format, text)}`;
  const save = () => downloadFile(new Blob([text], { type: 'text/plain' }), file);
  return (
    <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={save}>
      Download {file}
    </Button>
  );
}

function endingOf(format: DefinitionFormat, text: string): string {
  const isJson = isJsonText(text);
  switch (format) {
    case 'openapi':
    case 'asyncapi':
      return isJson ? 'json' : 'yaml';
    case 'graphql':
      return isJson ? 'json' : 'graphql';
    case 'grpc':
      return 'proto';
    case 'text':
      return 'txt';
  }
}
