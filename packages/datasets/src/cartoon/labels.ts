import { lookUp } from '@gankit/core'
import type { CartoonStyle, Parts } from './style.ts'

/** A part of a face in a label map, and its color there. */
export interface CartoonLabel {
  readonly name: string
  readonly color: readonly [red: number, green: number, blue: number]
}

/**
 * The colors of all labels, the same in each style. Two labels of a style are at least 75 apart in RGB, so that a color that a
 * network or a brush made is still nearest to its own.
 */
const colors = {
  background: [255, 255, 255],
  skin: [255, 205, 165],
  hair: [130, 75, 40],
  'back hair': [235, 175, 60],
  bangs: [235, 175, 60],
  sideburns: [115, 75, 155],
  beard: [115, 75, 155],
  eyebrows: [30, 30, 40],
  eyes: [40, 125, 215],
  nose: [245, 130, 40],
  mouth: [210, 35, 65],
  neck: [200, 130, 115],
  ears: [240, 120, 125],
  clothes: [60, 170, 115],
} as const satisfies Record<string, CartoonLabel['color']>

type LabelName = keyof typeof colors

/** A component, its label, and the labels of variants of it that have another one. */
type Painted = readonly [component: string, LabelName, variants?: Readonly<Record<string, LabelName>>]

/**
 * The components of each style as DiceBear paints them, back to front, with their labels; 'template' stands for what is in
 * every drawing. A class that covers less than 0.5% of the pixels is lost or won with single pixels at 64×64 and would rule a
 * mean over classes, so big-ears' nose (0.1%) and cheeks (0.3%) count as the skin around them; all others cover more.
 */
const components: Readonly<Record<CartoonStyle, readonly Painted[]>> = {
  personas: [
    // Head, ears and neck.
    ['template', 'skin'],
    // With glasses.
    ['eyes', 'eyes'],
    // With caps.
    ['hair', 'hair'],
    ['body', 'clothes'],
    ['mouth', 'mouth'],
    ['nose', 'nose'],
    // Stubble darkens the skin by a fifth of the way to the hair's color, which on some faces nobody sees.
    ['facialHair', 'beard', { shadow: 'skin' }],
  ],
  'toon-head': [
    ['rearHair', 'back hair'],
    ['body', 'neck'],
    // With ears and nose.
    ['head', 'skin'],
    ['clothes', 'clothes'],
    ['mouth', 'mouth'],
    ['beard', 'beard'],
    ['eyes', 'eyes'],
    ['eyebrows', 'eyebrows'],
    ['hair', 'hair'],
  ],
  'big-ears': [
    ['hair', 'hair'],
    ['face', 'skin'],
    ['mouth', 'mouth'],
    ['ear', 'ears'],
    // With eyebrows.
    ['eyes', 'eyes'],
    ['cheek', 'skin'],
    ['nose', 'skin'],
    ['sideburn', 'sideburns'],
    ['frontHair', 'bangs'],
  ],
}

/** A component of DiceBear, and the color of its label. */
export interface PaintedComponent {
  readonly component: string
  readonly color: CartoonLabel['color']
}

/** The components of a face of a style in the order in which they are painted. */
export function listComponents(style: CartoonStyle, parts: Parts): readonly PaintedComponent[] {
  return components[style].map(([component, label, variants = {}]) => {
    const [variant = ''] = (parts[component] ?? []) as readonly string[]
    return { component, color: colors[variants[variant] ?? label] }
  })
}

/**
 * The labels in the drawing 'labels' of a style: their names and colors, the background first. Every pixel of such a drawing has
 * exactly one of these colors.
 * @throws GankitError for an unknown style
 */
export function cartoonLabels(style: CartoonStyle): readonly CartoonLabel[] {
  const painted = lookUp('datasets', 'style', style, components)
  const names = new Set<LabelName>(['background', ...painted.map(([, label]) => label)])
  return [...names].map(name => ({ name, color: colors[name] }))
}
