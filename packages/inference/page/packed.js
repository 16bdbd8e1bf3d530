/**
 * Bytes that the page holds, deflated and in base64.
 * @param {string} base64 @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export const unpack = async base64 => {
  const binary = atob(base64)
  const packed = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) packed[i] = binary.charCodeAt(i)
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
