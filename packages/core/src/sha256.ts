import { GankitError } from './errors.ts'

/**
 * The SHA-256 of bytes or a text in UTF-8, in hexadecimal digits, in Node, a worker or a tab.
 * @throws GankitError in a page without `crypto.subtle`
 */
export async function sha256(content: BlobPart | Blob): Promise<string> {
  // Undefined in pages that came over plain HTTP from another machine, whatever the types say.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto }
  if (!subtle)
    throw new GankitError(
      'core',
      'state',
      'this page has no crypto.subtle, expected it for SHA-256: open the page over HTTPS or from localhost',
    )
  const bytes = ArrayBuffer.isView(content) ? content : await new Blob([content]).arrayBuffer()
  const digest = await subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
