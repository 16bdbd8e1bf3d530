import * as bigEars from '@dicebear/big-ears'
import { createAvatar, type Style } from '@dicebear/core'
import * as personas from '@dicebear/personas'
import * as toonHead from '@dicebear/toon-head'
import { describe, expect, test } from 'vitest'
import { chooseFace, listAttributes } from '../../src/cartoon/choose-face.ts'
import { formatFaceSvg } from '../../src/cartoon/drawings/svg.ts'
import type { CartoonStyle } from '../../src/cartoon/style.ts'
import { stylesByName } from '../../src/cartoon/styles.ts'

const dicebear = { personas, 'toon-head': toonHead, 'big-ears': bigEars }
const names = Object.keys(dicebear) as CartoonStyle[]

/** Labels of a face by the attribute's name. */
function labelsOf(name: CartoonStyle, index: number, seed = 0): Record<string, string> {
  const { attributes: codes } = chooseFace(stylesByName[name], seed, index)
  return Object.fromEntries(
    listAttributes(stylesByName[name]).map(({ name, values }, i) => [name, values[codes[i]!]!]),
  )
}

/** What DiceBear itself says that it draws when it is given our choices and random numbers of its own. */
function saidByDicebear(name: CartoonStyle, index: number) {
  const { parts } = chooseFace(stylesByName[name], 0, index)
  const options = { ...parts, clip: false, seed: String(Math.sin(index)) }
  return createAvatar(dicebear[name] as unknown as Style<object>, options).toJson()
}

describe.each(names)('%s', name => {
  const style = stylesByName[name]

  test('every value of every attribute occurs', () => {
    const attributes = listAttributes(style)
    const seen = attributes.map(() => new Set<number>())
    for (let index = 0; index < 3000; index++)
      for (const [i, code] of chooseFace(style, 0, index).attributes.entries()) seen[i]!.add(code)
    for (const [i, { values }] of attributes.entries())
      expect([...seen[i]!].sort((a, b) => a - b)).toEqual([...values.keys()])
  })

  test('DiceBear has nothing left to decide', () => {
    for (let index = 0; index < 100; index++) {
      const { parts } = chooseFace(style, 0, index)
      const ours = formatFaceSvg({ ...style, adapt: body => body }, parts)
      const body = ours.slice(ours.indexOf('>') + 1)
      expect(saidByDicebear(name, index).svg.endsWith(body)).toBe(true)
    }
  })

  test('another seed and another number are other faces, the same are the same', () => {
    const faces = Array.from({ length: 50 }, (_, index) => JSON.stringify(labelsOf(name, index)))
    expect(new Set(faces).size).toBeGreaterThan(45)
    expect(faces.map((_, index) => JSON.stringify(labelsOf(name, index)))).toEqual(faces)
    expect(JSON.stringify(labelsOf(name, 0, 1))).not.toBe(faces[0])
    expect(labelsOf(name, 2 ** 32 - 1)).toBeDefined()
    expect(() => labelsOf(name, 2 ** 32)).toThrow('step is 4294967296')
  })
})

test('labels of personas are what DiceBear says that it draws', () => {
  const colors = {
    black: '#362c47',
    brown: '#6c4545',
    red: '#e15c66',
    pink: '#e16381',
    coral: '#f27d65',
    ginger: '#f29c65',
    silver: '#dee1f5',
  }
  const eyes = { open: 'open', closed: 'sleep', wink: 'wink', happy: 'happy' }
  for (let index = 0; index < 400; index++) {
    const labels = labelsOf('personas', index)
    const { extra, svg } = saidByDicebear('personas', index)
    const shown = Object.entries(colors).filter(([, color]) => svg.includes(color))
    expect(shown.map(([label]) => label)).toEqual(
      labels['hair-color'] === 'none' ? [] : [labels['hair-color']],
    )
    const glasses = String(extra['eyes']).endsWith('glasses') ? extra['eyes'] : 'none'
    expect(labels['glasses']).toBe(glasses)
    if (glasses === 'none') expect(extra['eyes']).toBe(eyes[labels['eyes'] as keyof typeof eyes])
    else expect(labels['eyes']).toBe('open')
    expect(extra['facialHair'] === undefined).toBe(labels['facial-hair'] === 'none')
    expect(extra['mouth'] === 'frown').toBe(labels['mouth'] === 'frown')
    expect(extra['hair'] === 'bobCut').toBe(labels['hair'] === 'bob')
    expect(extra['skinColor'] === '#623d36').toBe(labels['skin'] === 'dark')
  }
})

test('labels of the other styles are what DiceBear says that it draws', () => {
  for (let index = 0; index < 300; index++) {
    const toon = labelsOf('toon-head', index)
    const toonSays = saidByDicebear('toon-head', index).extra
    expect(toonSays['hairColor'] === '#a55728').toBe(toon['hair-color'] === 'auburn')
    expect(toonSays['beard'] === undefined).toBe(toon['facial-hair'] === 'none')
    expect(toonSays['rearHair'] === 'longWavy').toBe(toon['back-hair'] === 'wavy')
    expect(toonSays['eyes'] === 'humble').toBe(toon['eyes'] === 'closed')
    const ears = labelsOf('big-ears', index)
    const earsSay = saidByDicebear('big-ears', index).extra
    expect(earsSay['hairColor'] === '#c93305').toBe(ears['hair-color'] === 'red')
    expect(earsSay['cheek'] === undefined).toBe(ears['cheeks'] === 'none')
    expect(earsSay['hair'] === 'short15').toBe(ears['hair'] === 'flat-top')
  }
})

test('glasses are frequent enough to be learnt', () => {
  const worn = Array.from({ length: 3000 }, (_, index) => labelsOf('personas', index)['glasses'])
  // 20% and 10%; five standard deviations are 3.7% and 2.8%.
  expect(Math.abs(worn.filter(value => value === 'glasses').length / 3000 - 0.2)).toBeLessThan(0.037)
  expect(Math.abs(worn.filter(value => value === 'sunglasses').length / 3000 - 0.1)).toBeLessThan(0.028)
})
