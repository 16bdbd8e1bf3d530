import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventFileWriter } from '../../src/node.ts'
import { canMount, failureOf, scratch, smallDisk, tree } from '../node/scratch.ts'

const bytes = (folder: string, file: string) => [...readFileSync(join(folder, file))]

test('records follow one another in a file that is named as TensorBoard expects', async () => {
  const folder = join(scratch(), 'runs', 'one')
  const before = Math.floor(Date.now() / 1000)
  const writer = eventFileWriter(folder)
  await writer.write(Uint8Array.of(1, 2))
  await writer.write(Uint8Array.of(3))
  const [file, ...more] = readdirSync(folder)
  expect(more).toEqual([])
  expect(bytes(folder, file!), 'readable before it is closed').toEqual([1, 2, 3])
  await writer.close()
  const [, seconds, rest] = /^events\.out\.tfevents\.(\d{10})\.(.+)$/.exec(file!)!
  expect(rest).toBe(`${hostname()}.${process.pid}`)
  expect(Number(seconds)).toBeGreaterThanOrEqual(before)
  expect(Number(seconds)).toBeLessThanOrEqual(Date.now() / 1000)
})

test('a later file comes behind all earlier ones, and leaves them as they are', async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'config.json'), '{}')
  writeFileSync(join(folder, 'events.out.tfevents.9999999990.elsewhere.7'), 'a')
  for (const record of [1, 2]) {
    const writer = eventFileWriter(folder)
    await writer.write(Uint8Array.of(record))
    await writer.close()
  }
  const files = tree(folder)
  const ours = (seconds: number) => `events.out.tfevents.${seconds}.${hostname()}.${process.pid}`
  expect(files).toEqual([
    'config.json',
    'events.out.tfevents.9999999990.elsewhere.7',
    ours(9999999991),
    ours(9999999992),
  ])
  expect(files.slice(1).map(file => bytes(folder, file))).toEqual([[97], [1], [2]])
})

test('nothing is made where nothing is written, and nothing written after the end', async () => {
  const parent = scratch()
  const folder = join(parent, 'run')
  const writer = eventFileWriter(folder)
  await writer.close()
  await writer.close()
  expect(await failureOf(writer.write(Uint8Array.of(1)))).toBe(
    `[gankit/trainer] the event file in ${folder} is closed, expected an open one`,
  )
  expect(tree(parent)).toEqual([])
})

test('a folder that can not be made is named', async () => {
  const parent = scratch()
  writeFileSync(join(parent, 'file'), '')
  const folder = join(parent, 'file', 'run')
  expect(await failureOf(eventFileWriter(folder).write(Uint8Array.of(1)))).toBe(
    `[gankit/core] could not write ${folder}: a part of the path is a file, expected folders`,
  )
})

const reason = 'no space left on the disk: make room, or choose another folder'

/** Fills a disk to its last page. */
function fill(disk: string): void {
  try {
    for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(4096))
  } catch {}
}

test.skipIf(!canMount)('a full disk takes no part of a record, and the next one is whole again', async () => {
  const disk = smallDisk('size=64k')
  const writer = eventFileWriter(disk)
  await writer.write(new Uint8Array(100).fill(1))
  fill(disk)
  const [file] = readdirSync(disk).filter(name => name !== 'filler')
  // The rest of the file's page takes some of this.
  const record = new Uint8Array(5000).fill(2)
  expect(await failureOf(writer.write(record))).toBe(
    `[gankit/core] could not write ${join(disk, file!)}: ${reason}`,
  )
  expect(bytes(disk, file!)).toEqual(Array(100).fill(1))
  rmSync(join(disk, 'filler'))
  await writer.write(record)
  await writer.close()
  expect(bytes(disk, file!)).toEqual([...Array(100).fill(1), ...record])
})

test.skipIf(!canMount)('a full disk is left as it was, without a file or folder', async () => {
  const disk = smallDisk('size=64k')
  fill(disk)
  const before = tree(disk)
  const folder = join(disk, 'runs', 'one')
  const writer = eventFileWriter(folder)
  expect(await failureOf(writer.write(Uint8Array.of(1)))).toBe(
    `[gankit/core] could not write ${folder}: ${reason}`,
  )
  expect(tree(disk)).toEqual(before)
  rmSync(join(disk, 'filler'))
  await writer.write(Uint8Array.of(1))
  await writer.close()
  expect(readdirSync(folder).length).toBe(1)
})
