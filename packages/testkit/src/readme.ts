import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'

/** Makes a test of every ```ts block in a package's README: it has to run to its end. */
export function testReadme(packageFolder: string): void {
  const text = readFileSync(join(packageFolder, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(match => match[1]!)
  if (blocks.length === 0) throw new Error(`${packageFolder}/README.md has no \`\`\`ts example`)
  const folder = join(packageFolder, '.results', 'readme')
  mkdirSync(folder, { recursive: true })
  for (const [index, block] of blocks.entries()) {
    const file = join(folder, `example-${index + 1}.ts`)
    writeFileSync(file, block)
    test(`README example ${index + 1} runs`, () => import(/* @vite-ignore */ file))
  }
}
