import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { celeba } from '../../src/node.ts'
import { makeZip } from './images/make-zip.ts'

const names = ['Bald', 'Eyeglasses', 'Smiling']
const marks = [
  [-1, 1, 1],
  [1, -1, -1],
  [-1, -1, 1],
]
const fileOf = (i: number) => `${String(i + 1).padStart(6, '0')}.png`

let root: string
let folder: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gankit-celeba-'))
  folder = join(root, 'celeba')
  mkdirSync(join(folder, 'img_align_celeba'), { recursive: true })
  // The red channel is the column, the green one the row, so that pixels say where they come from.
  const data = new Uint8Array(178 * 218 * 3)
  for (let y = 0; y < 218; y++) for (let x = 0; x < 178; x++) data.set([x, y, 0], 3 * (178 * y + x))
  const file = join(root, 'face.png')
  await sharp(data, { raw: { width: 178, height: 218, channels: 3 } })
    .png()
    .toFile(file)
  for (const i of marks.keys()) copyFileSync(file, join(folder, 'img_align_celeba', fileOf(i)))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const list = (text: string | Uint8Array, name = 'list_attr_celeba.txt') =>
  writeFileSync(join(folder, name), text)
const right = [
  String(marks.length),
  names.join(' '),
  ...marks.map((row, i) => `${fileOf(i)} ${row.join('  ')}`),
].join('\r\n')
const open = (options = {}) => celeba(folder, { cacheDir: join(root, 'cache'), ...options })

test('a centered crop of 108 or 178 is taken, and nothing is resized at its own size', async () => {
  for (const crop of [108, 178] as const) {
    const faces = await open({ crop, size: crop })
    const { value } = await faces.batches({ size: 1, shuffle: false }).next()
    const values = await value.samples.data()
    value.samples.dispose()
    await faces.close?.()
    const byte = (at: number) => Math.round((values.at(at)! + 1) * 127.5)
    const [left, top] = [(178 - crop) / 2, (218 - crop) / 2]
    expect([byte(0), byte(1)]).toEqual([left, top])
    expect([byte(-3), byte(-2)]).toEqual([left + crop - 1, top + crop - 1])
  }
})

test.each([
  ['list_attr_celeba.txt', right],
  [
    'list_attr_celeba.csv',
    [`image_id,${names.join(',')}`, ...marks.map((row, i) => `${fileOf(i)},${row.join(',')}`)].join('\n'),
  ],
  [
    'list_attr_celeba.csv',
    // As spreadsheets save it.
    [
      ['image_id', ...names].map(name => `"${name}"`).join(';'),
      ...marks.map((row, i) => `"${fileOf(i)}";${row.map(mark => `"${mark}"`).join(';')}`),
    ].join('\r\n'),
  ],
  ['list_attr_celeba.csv', Buffer.from(`\ufeff${right}`, 'utf16le')],
  ['list_attr_celeba.txt', Buffer.from(`\ufeff${right}`, 'utf16le').swap16()],
  ['list_attr_celeba.txt', `\ufeff${right}`],
])('attributes come from %s: %#', async (name, text) => {
  list(text, name)
  const faces = await open({ size: 8 })
  await rm(join(folder, name))
  expect(faces.attributes?.map(attribute => attribute.name)).toEqual(names)
  expect(faces.attributes![0]!.values).toEqual(['no', 'yes'])
  const { value } = await faces.batches({ size: 3, shuffle: false }).next()
  value.samples.dispose()
  await faces.close?.()
  expect(Array.from(value.attributes!)).toEqual(marks.flat().map(mark => (mark === 1 ? 1 : 0)))
})

test.each([
  [right.replace('3', '4'), 'line 1 of', 'promises 4 pictures, and there are 3'],
  [right.replace('-1', '0'), 'line 3 of', "has the mark '0', expected 1 or -1"],
  [`${right} 1`, 'line 5 of', 'has 4 marks, expected 3'],
  ['', 'line 1 of', 'has no names of attributes'],
])('a list that is wrong is refused: %#', async (text, line, what) => {
  list(text)
  const opening = open({ size: 8 })
  await expect(opening).rejects.toThrow(line)
  await expect(opening).rejects.toThrow(what)
  await rm(join(folder, 'list_attr_celeba.txt'))
})

test('pictures of another size are not of this set, and other crops are not offered', async () => {
  const other = join(root, 'other')
  mkdirSync(other)
  await sharp({ create: { width: 200, height: 300, channels: 3, background: 'red' } })
    .png()
    .toFile(join(other, 'a.png'))
  await expect(celeba(other, { cacheDir: join(root, 'cache') })).rejects.toThrow(
    'a.png is 200×300, expected 178×218',
  )
  await expect(open({ crop: 100 })).rejects.toThrow('crop is 100, expected 108 or 178 pixels')
})

describe('a set is found, with its attributes, however it was unpacked', () => {
  /** Makes a folder with these files, 'pictures' standing for the faces. */
  function unpack(pictures: string, listed: string): string {
    const place = mkdtempSync(join(root, 'unpacked-'))
    mkdirSync(join(place, pictures), { recursive: true })
    mkdirSync(dirname(join(place, listed)), { recursive: true })
    for (const i of marks.keys())
      copyFileSync(join(folder, 'img_align_celeba', fileOf(i)), join(place, pictures, fileOf(i)))
    writeFileSync(join(place, listed), right)
    return place
  }

  test.each([
    ['archive/img_align_celeba/img_align_celeba', 'archive/list_attr_celeba.csv', '.'],
    ['archive/img_align_celeba/img_align_celeba', 'archive/list_attr_celeba.csv', 'archive/img_align_celeba'],
    [
      'archive/img_align_celeba/img_align_celeba',
      'archive/list_attr_celeba.csv',
      'archive/img_align_celeba/img_align_celeba',
    ],
    ['CelebA/Img/img_align_celeba', 'CelebA/Anno/list_attr_celeba.txt', 'CelebA'],
    ['CelebA/Img/img_align_celeba', 'CelebA/Anno/list_attr_celeba.txt', 'CelebA/Img'],
    ['CelebA/Img/img_align_celeba', 'CelebA/Anno/list_attr_celeba.txt', 'CelebA/Img/img_align_celeba'],
    ['faces', 'faces/list_attr_celeba.txt', 'faces'],
  ])('%s and %s, by %s', async (pictures, listed, given) => {
    const notes: string[] = []
    const path = join(unpack(pictures, listed), given)
    const faces = await celeba(path, {
      size: 8,
      cacheDir: join(root, 'cache'),
      onNote: note => notes.push(note),
    })
    await faces.close?.()
    expect([faces.size, faces.attributes?.length, faces.skipped, notes]).toEqual([3, 3, [], []])
  })

  test('in one zip', async () => {
    const entries = marks.map((_, i) => ({
      name: `celeba/img_align_celeba/${fileOf(i)}`,
      content: readFileSync(join(folder, 'img_align_celeba', fileOf(i))),
    }))
    const zip = join(root, 'celeba.zip')
    writeFileSync(
      zip,
      makeZip([...entries, { name: 'celeba/list_attr_celeba.csv', content: Buffer.from(right) }]),
    )
    const faces = await celeba(zip, { size: 8, cacheDir: join(root, 'cache') })
    await faces.close?.()
    expect([faces.size, faces.attributes?.length, faces.skipped]).toEqual([3, 3, []])
  })

  test('a set without attributes says so', async () => {
    const notes: string[] = []
    const faces = await open({ size: 8, onNote: (note: string) => notes.push(note) })
    await faces.close?.()
    expect(faces.attributes).toBeUndefined()
    expect(notes).toEqual([
      `no list_attr_celeba.txt or .csv in, below or beside ${folder}: its faces have no attributes`,
    ])
  })
})
