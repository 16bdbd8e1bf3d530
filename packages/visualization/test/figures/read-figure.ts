type Point = readonly [x: number, y: number]

/** The points of the paths that are drawn in a color and a width, in order; those of the legend are left out. */
export function readPath(
  svg: string,
  { stroke, width }: { readonly stroke: string; readonly width: number },
): Point[] {
  const drawing = svg.replace(/<g transform[\s\S]*?<\/g>/g, '')
  const paths = [...drawing.matchAll(/<path [^>]*>/g)]
    .map(([tag]) => tag)
    .filter(tag => tag.includes(`stroke="${stroke}"`) && tag.includes(`stroke-width="${width}"`))
  return paths.flatMap(tag => {
    const [, data = ''] = /\bd="([^"]*)"/.exec(tag)!
    return [...data.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]): Point => [Number(x), Number(y)])
  })
}

/** From pixels to the values of an axis, by two of its labels: those of x, of y in the plane, or of D on the line. */
export function readScale(svg: string, axis: 'x' | 'y' | 'D'): (pixel: number) => number {
  const texts = [
    ...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*text-anchor="(\w+)"[^>]*>([^<]*)<\/text>/g),
  ]
  const labels = texts.flatMap(([, x, y, anchor, text]) => {
    const value = text === '½' ? 0.5 : Number(text!.replace('−', '-'))
    const isOf = { x: anchor === 'middle', y: anchor === 'end', D: anchor === 'start' }[axis]
    return isOf && Number.isFinite(value) ? [{ pixel: Number(axis === 'x' ? x : y), value }] : []
  })
  const [first, last] = [labels[0]!, labels.at(-1)!]
  return pixel =>
    first.value + ((pixel - first.pixel) * (last.value - first.value)) / (last.pixel - first.pixel)
}
