import { GankitError } from '@gankit/core'

/**
 * SHA-256 of bytes, as 64 hexadecimal digits.
 * @throws GankitError in a page without `crypto.subtle`
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // Undefined in pages that came over plain HTTP from another machine, whatever the types say.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto }
  if (!subtle)
    throw new GankitError(
      'trainer',
      'state',
      'this page has no crypto.subtle, expected it for the checksums of checkpoints: open the page over HTTPS or from localhost',
    )
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
