import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { dataKinds, dataOptions, listDataKinds, openDataset, parseSpec } from '../src/node.ts'
import { createOptionsSchema, listOptions } from '../src/options.ts'

describe.each(Object.entries(dataOptions))('the option %s', (name, { schema, default: usual, flag }) => {
  test('has a default that passes its check', () => {
    expect(v.parse(schema as v.GenericSchema, usual)).toEqual(usual)
  })

  test('has a flag of its name, if it has one', () => {
    if (!flag) return
    const dashed = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    expect(flag.usage.split(' ')[0]).toBe(`--${dashed}`)
    for (const choice of flag.choices ?? []) {
      const value: unknown = 'parse' in flag && flag.parse ? flag.parse(choice) : choice
      expect(v.parse(schema as v.GenericSchema, value)).toBe(value)
    }
  })
})

test('flags are read as the values that their options check', () => {
  const parse = (name: 'size' | 'channels' | 'crop' | 'dataSeed', text: string) =>
    dataOptions[name].flag!.parse!(text)
  expect([parse('size', '64'), parse('size', '96x64')]).toEqual([64, [96, 64]])
  expect([parse('crop', 'center'), parse('crop', '108'), parse('channels', '1')]).toEqual(['center', 108, 1])
  expect(() => parse('size', '0')).toThrow('Expected a whole number from 1 to 4096, or HEIGHTxWIDTH')
  expect(() => parse('size', '1x2x3')).toThrow('or HEIGHTxWIDTH, as in 96x64.')
  expect(() => parse('channels', '2')).toThrow('Expected 1 or 3.')
  expect(() => parse('dataSeed', '-1')).toThrow('Expected a whole number from 0')
})

test('each kind of data takes the options of its groups', () => {
  expect(dataKinds.celeba.options).toEqual(listOptions('pictures'))
  expect(dataKinds.cartoon.options).toEqual([
    'size',
    'reduce',
    'style',
    'drawing',
    'noise',
    'colorCast',
    'captions',
    'dataSeed',
  ])
  expect(dataKinds.birds.options).toEqual(['size', 'reduce', 'captions', 'dataSeed'])
  expect(dataKinds.ring.options).toEqual(['dataSeed'])
  expect(v.parse(createOptionsSchema('faces'), { size: 32 })).toEqual({
    size: 32,
    reduce: 1,
    style: 'personas',
    drawing: 'picture',
    noise: 0,
    colorCast: 0,
    dataSeed: 0,
  })
})

test('kinds are listed by what they give, and specs of others refused', async () => {
  const images = listDataKinds({ samples: 'images' })
  expect(images).toEqual([
    'embedded',
    'mnist',
    'fashion',
    'idx',
    'folder',
    'pairs',
    'unpaired',
    'celeba',
    'photographs',
    'cartoon',
    'birds',
  ])
  expect(listDataKinds({ samples: 'images', option: 'size' })).toEqual([
    'folder',
    'pairs',
    'unpaired',
    'celeba',
    'photographs',
    'cartoon',
    'birds',
  ])
  expect(listDataKinds()).toEqual(Object.keys(dataKinds))
  expect(() => parseSpec('ring', { samples: 'images' })).toThrow(
    "data is 'ring', expected one of embedded, mnist",
  )
  const [image, points] = [await openDataset('embedded'), await openDataset('ring:20')]
  expect([image.sampleShape, points.sampleShape]).toEqual([[28, 28, 1], [2]])
})
