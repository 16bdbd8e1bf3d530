import { renderRgb } from '../../drawn/renderer.ts'
import type { FaceStyle, Parts } from '../style.ts'
import { createBody, formatSvg } from './svg.ts'

/** Pixels that a line is wide, at least. */
const minWidth = 1

/** The width of a line in large pictures, as a share of a side. */
const widthShare = 1 / 100

/**
 * Draws the outline of every shape of a face, black on white: filled with white, each shape hides those behind it, as in a
 * coloring book.
 */
export function drawOutline(style: FaceStyle, parts: Parts, size: number): Uint8Array<ArrayBuffer> {
  const side = Number(style.viewBox.split(' ')[2])
  const width = Math.max(minWidth / size, widthShare) * side
  return renderRgb(formatSvg(style, outlineShapes(createBody(style, parts), width)), size)
}

/** A mask or clip, which stays as it is, or a tag. */
const piece = /<(?:mask|clipPath)\b[\s\S]*?<\/(?:mask|clipPath)>|<(\/?)([a-zA-Z]+)\b([^>]*)>/g

/** Light and shade are translucent shapes inside others, and no part of a line drawing. */
const translucent = /\s(?:fill-|stroke-)?opacity="/

/** @param width of lines, in the units of the whole drawing */
function outlineShapes(body: string, width: number): string {
  /** Of the groups that are open, innermost last: by how much they enlarge what is in them. */
  const scales = [1]
  return body.replace(
    piece,
    (text, closing: string | undefined, name: string | undefined, attributes: string) => {
      if (name === undefined) return text
      if (name === 'g') {
        if (closing) scales.pop()
        else scales.push(scales.at(-1)! * findScale(attributes))
        return closing ? text : `<g${whiten(attributes)}>`
      }
      if (!/^(?:path|ellipse|circle|rect)$/.test(name)) return text
      if (translucent.test(attributes)) return ''
      return `<${name} stroke="#000" stroke-linejoin="round" stroke-width="${width / scales.at(-1)!}"${whiten(attributes)}>`
    },
  )
}

/** The scale of a transform of equal scales along both axes: 'scale(.5)', 'matrix(-.5 0 0 .5 3 4)'. */
function findScale(attributes: string): number {
  const [, number] = /transform="[^"]*(?:scale|matrix)\((-?[\d.]+)/.exec(attributes) ?? []
  return number === undefined ? 1 : Math.abs(Number(number))
}

const whiten = (attributes: string) =>
  attributes
    .replace(/\s(?:stroke|stroke-width|stroke-linejoin|style)="[^"]*"/g, '')
    .replace(/\bfill="(?!none)[^"]*"/g, 'fill="#fff"')
