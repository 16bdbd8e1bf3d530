import type { Bird } from './choose-bird.ts'

/** Draws a number from `min` to below `max`. */
export type Vary = (min: number, max: number) => number

/** What is behind a bird. */
interface Scenery {
  readonly back: string
  /** Draws what stands in the back. */
  details(vary: Vary): string
  /** Draws what the bird stands on. @param y the height of its feet */
  perch(vary: Vary, y: number): string
}

/** Coordinates have two digits, so that their text is the same in every engine. */
export const at = (coordinate: number): string => coordinate.toFixed(2)

const times = (count: number, draw: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => draw(i)).join('')

const circle = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="${fill}"/>`

const cloud = (x: number, y: number, r: number) =>
  circle(x - 1.3 * r, y, 0.8 * r, '#f4fafd') +
  circle(x, y - 0.4 * r, r, '#f4fafd') +
  circle(x + 1.3 * r, y + 0.1 * r, 0.7 * r, '#f4fafd')

const leaf = (x: number, y: number, turn: number, size: number, fill: string) =>
  `<path transform="translate(${at(x)} ${at(y)}) rotate(${turn.toFixed(1)}) scale(${at(size)})" d="M-8 0Q0-7 8 0Q0 7-8 0Z" fill="${fill}"/>`

function branch(vary: Vary, y: number): string {
  const [left, right] = [vary(-3, 3), vary(-3, 3)]
  const line = `M-5 ${at(y + 3 + left)}Q50 ${at(y + 3 - (left + right) / 2)} 105 ${at(y + 3 + right)}`
  return `<path d="${line}" stroke="#6f533f" stroke-width="6"/><path d="${line}" stroke="#a07d62" stroke-width="3.6"/>`
}

/** A hill whose top is where the bird stands. */
function hill(vary: Vary, y: number, fill: string): string {
  const [left, right] = [vary(-4, 4), vary(-4, 4)]
  const top = y - 1 - (left + right) / 4
  return `<path d="M-1 ${at(y - 1 + left)}Q50 ${at(top)} 101 ${at(y - 1 + right)}V101H-1Z" fill="${fill}"/>`
}

const sceneries: Readonly<Record<Bird['background'], Scenery>> = {
  sky: {
    back: '#a8d8f4',
    details: vary => times(3, i => cloud(vary(0, 100), vary(8, 26) + 22 * i, vary(5, 8))),
    perch: branch,
  },
  leaves: {
    back: '#c5deb0',
    details: vary =>
      times(14, i =>
        leaf(
          vary(0, 25) + 25 * (i % 4),
          vary(0, 25) + 25 * Math.floor(i / 4),
          vary(0, 180),
          vary(0.9, 1.5),
          i % 2 ? '#a5cb8c' : '#8fbb78',
        ),
      ),
    perch: branch,
  },
  snow: {
    back: '#d3dfea',
    details: vary =>
      times(16, i =>
        circle(vary(0, 25) + 25 * (i % 4), vary(0, 22) + 22 * Math.floor(i / 4), vary(1, 1.9), '#fff'),
      ),
    perch: (vary, y) => hill(vary, y, '#fbfcfe'),
  },
  dusk: {
    back: '#c58bb0',
    details(vary) {
      const stars = times(7, i => circle(vary(0, 14) + 14 * i, vary(3, 26), vary(0.6, 1), '#f7e6f2'))
      return `<linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop stop-color="#8774b4"/><stop offset=".55" stop-color="#c58bb0"/><stop offset=".9" stop-color="#f4b08f"/></linearGradient><path d="M0 0H100V100H0Z" fill="url(#dusk)"/>${stars}${circle(vary(15, 85), vary(58, 72), vary(9, 13), '#f9d2a0')}`
    },
    perch: (vary, y) => hill(vary, y, '#7d5c83'),
  },
  sand: {
    back: '#f3e4c3',
    details: vary => hill(vary, vary(50, 66), '#ead3a2'),
    perch(vary, y) {
      const pebbles = times(6, i => circle(vary(0, 16) + 16 * i, y + vary(3, 9), vary(0.7, 1.3), '#c4a46e'))
      return hill(vary, y, '#dcc08b') + pebbles
    },
  },
}

/** Draws what is behind a bird. @param feet the height at which it stands, of 100 */
export function drawScenery(background: Bird['background'], vary: Vary, feet: number): string {
  const scenery = sceneries[background]
  const back = `<path d="M0 0H100V100H0Z" fill="${scenery.back}"/>`
  return back + scenery.details(vary) + scenery.perch(vary, feet)
}
