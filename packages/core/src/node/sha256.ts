import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** The SHA-256 of bytes or a text in UTF-8, in hexadecimal digits, at once. */
export function sha256Sync(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The SHA-256 of a file, read piece by piece. @throws what the file system says */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
