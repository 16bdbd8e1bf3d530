import { mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { findGenerator } from '../src/generator/find.ts'
import { refusal } from './gankit.ts'
import { useProject } from './project.ts'

// What a run, a folder and an app's name stand for.
useProject('shared')

test("an app's usual generator has the name that it has in a run, and the others theirs", async () => {
  const find = (generator?: string) =>
    findGenerator('style-transfer', generator === undefined ? {} : { generator })
  const usual = await find()
  expect(basename(usual!.folder)).toBe('generator')
  expect(await find('photos-to-paintings')).toEqual(usual)
  expect((await find('paintings-to-photos'))!.folder).toMatch(/paintings-to-photos$/)
  await expect(find('photos')).rejects.toThrow(
    "--generator of style-transfer is 'photos', expected one of: photos-to-paintings, paintings-to-photos",
  )
})

test.each([
  ['edges-to-faces', 'expected one of: labels: leave it out for the usual one'],
  ['segmentation', "--generator is 'edges', and segmentation has one generator: leave it out"],
])('a name that no generator of %s has is refused', async (app, message) => {
  await expect(findGenerator(app, { generator: 'edges' })).rejects.toThrow(message)
})

test('a file of a model, a run that is not there, and latest where there is none: what to do instead', async () => {
  mkdirSync('model')
  writeFileSync('model/model.json', '{}')
  expect(await refusal('sample', 'model/model.json', '--out', 'x.png')).toMatch(
    /^\[gankit\/cli\] model\/model\.json is a file, expected .*: give its folder, model$/,
  )
  expect(await refusal('inspect', 'nowhere')).toContain('nowhere does not exist, expected a run directory')
  expect(await refusal('inspect', 'model')).toContain('model holds no config.json')
  for (const words of [['inspect'], ['sample', '--out', 'x.png'], ['train', '--resume']])
    expect(await refusal(...words, 'latest')).toContain(
      "'latest' is the newest run in the folder runs, and there is none",
    )
})
