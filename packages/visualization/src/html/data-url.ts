/** A PNG as the address of itself. */
export function toDataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${toBase64(png)}`
}

/** Bytes in base64 (RFC 4648). */
export function toBase64(bytes: Uint8Array): string {
  // In pieces, since a call takes a limited number of arguments.
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}
