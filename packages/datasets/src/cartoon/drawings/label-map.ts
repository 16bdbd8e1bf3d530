import { renderRgb } from '../../drawn/renderer.ts'
import { type CartoonLabel, cartoonLabels, listComponents } from '../labels.ts'
import type { FaceStyle, Parts } from '../style.ts'
import { createBody, formatSvg } from './svg.ts'

/** A label map, and how many of its pixels had to be given the nearest label's color, as a part had a soft edge. */
export interface LabelMap {
  /** [size, size, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly snapped: number
}

/**
 * Draws each component of a face in the color of its label, in the order in which DiceBear paints them and without smooth edges,
 * so that a pixel has the label of the part that is on top there.
 */
export function drawLabelMap(style: FaceStyle, parts: Parts, size: number): LabelMap {
  const painted = listComponents(style.name, parts)
  const names = painted.map(({ component }) => component)
  const template = createBody(style, keepComponents(parts, names, undefined)).replace(
    /<g transform="[^"]*"><\/g>/g,
    '',
  )
  const bodies = painted.map(({ component, color }) => {
    const body =
      component === 'template' ? template : createBody(style, keepComponents(parts, names, component))
    // The template's own shapes come with every component.
    return fillWith(component === 'template' || template === '' ? body : body.replace(template, ''), color)
  })
  const svg = formatSvg(style, bodies.join(''), 'shape-rendering="crispEdges"')
  return snapToLabels(renderRgb(svg, size), cartoonLabels(style.name))
}

/** The parts of a face with only one of its components, or with none. */
function keepComponents(parts: Parts, names: readonly string[], kept: string | undefined): Parts {
  const others = names.filter(name => name !== kept && name !== 'template')
  return {
    ...parts,
    ...Object.fromEntries(
      others.flatMap(name => [
        [name, []],
        [`${name}Probability`, 0],
      ]),
    ),
  }
}

/** Gives all that is drawn one color, with no light, shade or transparency; masks and clips stay as they are. */
function fillWith(body: string, [red, green, blue]: CartoonLabel['color']): string {
  return body
    .split(/(<(?:mask|clipPath)\b[\s\S]*?<\/(?:mask|clipPath)>)/)
    .map((text, i) =>
      i % 2 === 1
        ? text
        : text
            .replace(/\b(fill|stroke)="(?!none)[^"]*"/g, `$1="rgb(${red},${green},${blue})"`)
            .replace(/\s(?:style|filter|(?:fill-|stroke-|stop-)?opacity)="[^"]*"/g, ''),
    )
    .join('')
}

function snapToLabels(bytes: Uint8Array<ArrayBuffer>, labels: readonly CartoonLabel[]): LabelMap {
  let snapped = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const [red, green, blue] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!]
    let [nearest, least] = [labels[0]!, Number.POSITIVE_INFINITY]
    for (const label of labels) {
      const [r, g, b] = label.color
      const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2
      if (distance < least) [nearest, least] = [label, distance]
      if (distance === 0) break
    }
    if (least === 0) continue
    snapped++
    bytes.set(nearest.color, i)
  }
  return { bytes, snapped }
}
