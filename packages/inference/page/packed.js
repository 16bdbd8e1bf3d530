/**
 * Bytes that the page holds, deflated and in base64.
 * @param {string} base64 @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export const unpack = async base64 => {
  const stream = new Blob([decodeBase64(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
const decodeBase64 = base64 => {
  // Many times as fast, where a browser has it.
  const decode = Reflect.get(Uint8Array, 'fromBase64')
  if (decode) return decode.call(Uint8Array, base64)
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
