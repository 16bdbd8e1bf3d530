import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPage, type DrawingPageOptions, exportPage } from '../../src/node.ts'
import { translator } from '../generators.ts'
import { failureOf, scratch, tree } from '../scratch.ts'

const evil = '"><script>alert("1")</script>'
/** The head of a PNG of a size, as much as the exporter reads. */
const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(25)
  bytes.write('89504e470d0a1a0a', 0, 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
const palette = [
  { name: evil, color: [0, 0, 0] },
  { name: 'b', color: [255, 255, 255] },
] as const

const html = await createPage(translator(), {
  title: evil,
  drawing: {
    input: { kind: 'labels', palette },
    examples: [png(4, 4)],
    origin: { app: evil, license: 'CC0', path: '/secret' },
  },
})
const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => ({
  attributes: attributes!.trim(),
  text: text!,
}))

test('it holds what its scripts read, one module, and its policy allows nothing else', () => {
  expect(scripts.map(({ attributes }) => attributes)).toEqual([
    'type="application/json" id="generator-data"',
    'type="module" async',
    ...['engine', 'wasm', 'weights'].map(id => `type="application/octet-stream" id="${id}"`),
  ])
  const { model, weightSpecs, ...data } = JSON.parse(scripts[0]!.text)
  expect(data).toEqual({
    inputShape: [4, 4, 1],
    sampleShape: [4, 4, 3],
    input: { kind: 'labels', palette },
    examples: [png(4, 4).toString('base64')],
  })
  expect([typeof model, weightSpecs.length]).toEqual(['object', 2])
  const hash = createHash('sha256').update(scripts[1]!.text).digest('base64')
  expect(html).toContain(`script-src 'sha256-${hash}'`)
  expect(html).toContain("default-src 'none'; img-src data:;")
  expect(scripts[1]!.text).not.toMatch(/^(import|export)\b/m)
  expect(html).not.toMatch(/(?:src|href)="|@import|url\(/)
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('/secret')
})

test('no two of its modules name anything alike at their top', () => {
  const names = [...scripts[1]!.text.matchAll(/^(?:const|let|function|class) (\w+)/gm)].map(
    ([, name]) => name,
  )
  expect(names.length).toBeGreaterThan(20)
  expect(new Set(names).size).toBe(names.length)
})

test.each<[string, DrawingPageOptions, string]>([
  [
    'an example of another size',
    { examples: [png(4, 4), png(5, 4)] },
    'example 1 is a PNG of 4×5, expected one of 4×4',
  ],
  [
    'an example that is no PNG',
    { examples: [Buffer.from('GIF89a')] },
    'example 0 is no PNG, expected one of 4×4',
  ],
  [
    'one label',
    { input: { kind: 'labels', palette: palette.slice(1) } },
    'palette is 1, expected at least two labels',
  ],
  [
    'a color beyond bytes',
    { input: { kind: 'lines', ink: [0, 0, 256], paper: [255, 255, 255] } },
    "color is '0 0 256', expected three whole numbers from 0 to 255",
  ],
])('%s: refused, and nothing written', async (_, drawing, message) => {
  const folder = scratch()
  const failure = await failureOf(
    exportPage(join(folder, 'page.html'), translator(), { title: 'page', drawing }),
  )
  expect(failure).toContain(message)
  expect(tree(folder)).toEqual([])
})
