import type { RandomStream } from '@gankit/core'
import type { Bird } from './choose-bird.ts'
import { at, drawScenery, type Vary } from './scenery.ts'

/** A color, its shade, and the color of the line around it, which a part keeps on a part or a background of its own color. */
interface Paint {
  readonly fill: string
  readonly shade: string
  readonly line: string
}

const paint = (fill: string, shade: string, line: string): Paint => ({ fill, shade, line })

const paints: Readonly<Record<Bird['body' | 'beak-color' | 'legs'], Paint>> = {
  red: paint('#dd3340', '#b92436', '#7d1626'),
  orange: paint('#f58a26', '#d86d14', '#94450a'),
  yellow: paint('#f9d43c', '#e3b326', '#937010'),
  green: paint('#4fae50', '#388f42', '#1d5c2c'),
  blue: paint('#3d7fdc', '#2b63b8', '#173d7c'),
  violet: paint('#9152cb', '#733aab', '#472070'),
  brown: paint('#8c5a36', '#6f4427', '#452815'),
  black: paint('#2b2930', '#1b1a20', '#77748a'),
  white: paint('#fbfaf6', '#dfe1ea', '#7d8092'),
  gray: paint('#979aa3', '#7c7f8a', '#4c4e59'),
}

const rings: Readonly<Record<Exclude<Bird['eye-ring'], 'none'>, string>> = {
  white: '#ffffff',
  yellow: '#ffe03a',
  red: '#f0303c',
}

/** Behind (0, 0), where the tail leaves the body. */
const tails: Readonly<Record<Bird['tail'], string>> = {
  short: 'M4-6L-14-8Q-17 0-14 7L4 6Z',
  long: 'M4-5.5L-31-5.5Q-35 0-31 5.5L4 5.5Z',
  forked: 'M4-5L-26-13Q-23-5-15 0Q-23 5-26 13L4 5Z',
}

/** Before (0, 0), where the beak leaves the head. */
const beaks: Readonly<Record<Bird['beak'], string>> = {
  pointed: 'M-5-4.5L13 .8L-5 5Z',
  cone: 'M-6-10Q6-8.5 10.5 1.5Q4 7.5-6 9Z',
  hooked: 'M-6-8.5C6-10.5 15-4 12 12C9 6 4 6.5-6 6.5Z',
  long: 'M-5-3.5L20.5.5Q22 1.5 20.5 2.3L-5 4Z',
}

/** The text of an SVG of 100×100 units that shows a bird. */
export function formatBirdSvg(bird: Bird, random: RandomStream): string {
  const vary: Vary = (min, max) => random.uniform(1, min, max)[0]!
  const feet = vary(85, 90)
  const scenery = drawScenery(bird.background, vary, feet)
  // The longer a bird is, the smaller; and it stands where beak and tail have room.
  const longTail = { short: 0, forked: 0.7, long: 1 }[bird.tail]
  const longBeak = bird.beak === 'long' ? 1 : 0
  const scale = vary(0.97, 1.12) - 0.06 * (longTail + longBeak)
  const across = vary(0, 1) < 0.5 ? -scale : scale
  const x = 50 + Math.sign(across) * (vary(-1, 3) + 3 * longTail - 5 * longBeak)
  const place = `translate(${at(x)} ${at(feet)}) scale(${across.toFixed(4)} ${scale.toFixed(4)}) translate(-50 -88)`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" fill="none" stroke-linecap="round" stroke-linejoin="round">${scenery}<g transform="${place}">${drawBird(bird, vary)}</g></svg>`
}

/** Draws a bird that looks to the right and stands at (50, 88). */
function drawBird(bird: Bird, vary: Vary): string {
  const [body, wing, belly, crown] = [
    paints[bird.body],
    paints[bird.wing],
    paints[bird.belly],
    paints[bird.crown],
  ]
  const tilt = `rotate(${at(vary(-15, 9))} 50 60)`
  const [rx, ry] = [vary(20, 22), vary(16, 18.5)]
  const head = `translate(${at(vary(-2, 1))} ${at(vary(-2, 2))})`
  const turned = `${head} rotate(${at(vary(-6, 6))} 64 40)`
  // Torso and head are one shape: a line around both, and a fill that hides the line where they meet.
  const torso = `<ellipse cx="50" cy="59" rx="${at(rx)}" ry="${at(ry)}" transform="rotate(-24 50 59)"/><path d="M52 36Q47 46 33 54L58 72Q76 60 76 44Z"/>`
  const skull = `<circle cx="64" cy="40" r="13.5" transform="${head}"/>`
  const shape = torso + skull
  return `${drawLegs(paints[bird.legs], vary)}<g transform="${tilt}"><clipPath id="body">${torso}</clipPath>
${drawTail(bird.tail, wing, vary)}
<g transform="${turned}">${drawBeak(bird.beak, paints[bird['beak-color']])}</g>
<g fill="${body.line}" stroke="${body.line}" stroke-width="2.6">${shape}</g><g fill="${body.fill}">${shape}</g>
<g clip-path="url(#body)"><ellipse cx="56" cy="76" rx="34" ry="13" transform="rotate(-24 56 76)" fill="${body.shade}"/>${drawBelly(belly, vary)}</g>
<g transform="${turned}">${drawCrown(crown)}${drawEye(bird['eye-ring'], body)}</g>
${drawWing(wing, vary)}</g>`
}

/** Draws a filled path with a line around it. */
const outlined = (path: string, { fill, line }: Paint, width = 1.5) =>
  `<path d="${path}" fill="${fill}" stroke="${line}" stroke-width="${width}"/>`

function drawLegs({ fill, line }: Paint, vary: Vary): string {
  const [back, front] = [vary(43, 46), vary(53, 56)]
  const leg = (x: number) => `M${at(x - 1)} 70L${at(x)} 87M${at(x - 4)} 88L${at(x)} 86.5L${at(x + 5)} 88`
  const legs = `d="${leg(back)}${leg(front)}"`
  return `<path ${legs} stroke="${line}" stroke-width="5"/><path ${legs} stroke="${fill}" stroke-width="3"/>`
}

function drawTail(tail: Bird['tail'], wing: Paint, vary: Vary): string {
  const turn = tail === 'long' ? vary(-42, -22) : vary(-30, -8)
  const middle = tail === 'forked' ? 'M2 0H-12' : tail === 'long' ? 'M2 0H-28' : 'M2 0H-11'
  return `<g transform="translate(33 65) rotate(${at(turn)})">${outlined(tails[tail], wing)}<path d="${middle}" stroke="${wing.line}" stroke-width="1"/></g>`
}

const drawBeak = (beak: Bird['beak'], color: Paint) =>
  `<g transform="translate(76.5 41.5)">${outlined(beaks[beak], color)}</g>`

function drawBelly({ fill, shade, line }: Paint, vary: Vary): string {
  const [rx, ry] = [vary(17, 19), vary(10, 11.5)]
  const patch = (dx: number, dy: number, color: string, more = '') =>
    `<ellipse cx="${58 + dx}" cy="${69 + dy}" rx="${at(rx)}" ry="${at(ry)}" transform="rotate(-32 58 69)" fill="${color}"${more}/>`
  return patch(0, 0, shade, ` stroke="${line}" stroke-width="1"`) + patch(-1, -2, fill)
}

const drawCrown = (crown: Paint) => outlined('M51 44C46.5 24 69 20 77 34.5C70 36 62 33 51 44Z', crown)

function drawEye(ring: Bird['eye-ring'], { line }: Paint): string {
  const around =
    ring === 'none'
      ? ''
      : `<circle cx="68" cy="41.5" r="6.3" fill="${rings[ring]}" stroke="#2a2733" stroke-width=".8"/>`
  return `${around}<circle cx="68" cy="41.5" r="3" fill="#17151c" stroke="${line}" stroke-width="${ring === 'none' ? 0.9 : 0}"/><circle cx="69" cy="40.5" r="1" fill="#fff"/>`
}

function drawWing(wing: Paint, vary: Vary): string {
  const turn = vary(-10, 8)
  const tip = vary(-3, 3)
  const path = `M58 55C56 45 42 45 36 51C31 56 ${at(30 + tip)} 63 ${at(25 + tip)} 70C37 74 55 71 58 55Z`
  return `<g transform="rotate(${at(turn)} 56 54)">${outlined(path, wing)}<path d="M${at(25 + tip)} 70C37 74 55 71 58 55C53 65 40 67 ${at(25 + tip)} 70Z" fill="${wing.shade}"/><path d="M39 65Q45 64 48 60M33 66Q38 64 41 58" stroke="${wing.line}" stroke-width="1"/></g>`
}
