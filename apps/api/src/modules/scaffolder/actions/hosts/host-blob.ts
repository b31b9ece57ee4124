import { z } from 'zod';

/** The content of a file, as GitHub and GitLab give it by its id. */
export const blobReply = z.object({ content: z.string(), encoding: z.enum(['base64', 'utf-8']) });

/** The bytes of such an answer. Base64 may come in lines. */
export function bytesOfBlob({ content, encoding }: z.output<typeof blobReply>): Buffer {
  return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
}
