import { expect, test } from 'vitest'
import { createPage } from '../../src/node.ts'
import { captioned } from '../generators.ts'

const generator = captioned()
const html = await createPage(generator, { title: 'Said & drawn' })
const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, , text]) => text!)

test('it holds the words, captions in each language to start from, and nothing of them as HTML', () => {
  const { model: _, weightSpecs, ...data } = JSON.parse(scripts[0]!)
  expect(data).toEqual({
    noise: generator.noise,
    words: generator.condition.words,
    length: 4,
    sampleShape: [2, 2, 1],
    examples: ['curly red hair', '红发'],
    count: 9,
    seed: 0,
  })
  expect(weightSpecs).toHaveLength(3)
  expect(html.match(/<\/script>/g)).toHaveLength(5)
  expect(html).not.toMatch(/(?:src|href)="|@import|url\(/)
})

test('no two of its modules name anything alike at their top', () => {
  const names = [...scripts[1]!.matchAll(/^(?:const|let|function|class) (\w+)/gm)].map(([, name]) => name)
  expect(names).toContain('createField')
  expect(new Set(names).size).toBe(names.length)
})

test('every word that the page shows is there in both languages', () => {
  const named = [...html.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, name]) => name!)
  for (const name of named) expect(scripts[1]!.match(new RegExp(`^  ${name}:`, 'gm')), name).toHaveLength(2)
})

test('a generator of captions without noise is refused', async () => {
  const { painter: _, ...rest } = { painter: 0, ...generator, noise: undefined }
  await expect(createPage(rest as never, { title: 'x' })).rejects.toThrow('expected')
})
