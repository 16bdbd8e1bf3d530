import { GankitError } from '@gankit/core'

/** SHA-256 in hexadecimal digits. @throws GankitError in a page without `crypto.subtle` */
export async function sha256Of(content: BlobPart | Blob): Promise<string> {
  // Undefined in pages that came over plain HTTP from another machine, whatever the types say.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto }
  if (!subtle)
    throw new GankitError(
      'metrics',
      'state',
      'this page has no crypto.subtle, expected it for SHA-256: open the page over HTTPS or from localhost',
    )
  const bytes = ArrayBuffer.isView(content) ? content : await new Blob([content]).arrayBuffer()
  const digest = await subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
