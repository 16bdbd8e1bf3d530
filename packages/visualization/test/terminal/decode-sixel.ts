/**
 * Reads a sixel image as DEC's VT330/VT340 Programmer Reference Manual, volume 2, chapter 14, describes it: raster attributes, color
 * introducers of RGB in per cent, repeats, graphics carriage return ($) and new line (-). Pixels without a color are magenta.
 */
export function decodeSixel(text: string): { width: number; height: number; data: Uint8Array } {
  const [whole, body] = /^␛P\d*(?:;\d*)*q([^␛]*)␛\\$/.exec(text.replaceAll('\x1b', '␛')) ?? []
  if (whole === undefined) throw new Error('no sixel image from its introducer to its terminator')
  const raster = /^"(\d+);(\d+);(\d+);(\d+)/.exec(body!)
  if (!raster) throw new Error('no raster attributes')
  const [width, height] = [Number(raster[3]), Number(raster[4])]
  const data = new Uint8Array(3 * width * height).map((_, i) => (i % 3 === 1 ? 0 : 255))
  const registers = new Map<number, number[]>()
  let color: number[] | undefined
  let [x, top] = [0, 0]
  const commands = body!
    .slice(raster[0].length)
    .matchAll(/#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])|([\s\S])/g)
  for (const [, register, red, green, blue, count, repeated, single, move, other] of commands) {
    if (other !== undefined) throw new Error(`unknown ${JSON.stringify(other)}`)
    if (register !== undefined) {
      if (red !== undefined)
        registers.set(
          Number(register),
          [red, green, blue].map(percent => Math.round((Number(percent) * 255) / 100)),
        )
      color = registers.get(Number(register))
      if (!color) throw new Error(`register ${register} has no color`)
    } else if (move === '$') x = 0
    else if (move === '-') [x, top] = [0, top + 6]
    else {
      const bits = (repeated ?? single)!.charCodeAt(0) - 0x3f
      for (let n = Number(count ?? 1); n > 0; n--, x++)
        for (let row = 0; row < 6; row++) {
          if (!((bits >> row) & 1)) continue
          if (x >= width || top + row >= height) throw new Error(`pixel ${x}, ${top + row} is outside`)
          data.set(color!, 3 * ((top + row) * width + x))
        }
    }
  }
  return { width, height, data }
}
