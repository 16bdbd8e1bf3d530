import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'vitest'

/**
 * Creates a test for every ```ts block in a README: the block has to run to its end, with the packages that this one can
 * import.
 * @param readme default: the package's own
 */
export function testReadme(packageFolder: string, readme: string = join(packageFolder, 'README.md')): void {
  const text = readFileSync(readme, 'utf8')
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(match => match[1]!)
  if (blocks.length === 0) throw new Error(`${readme} has no \`\`\`ts example`)
  const folder = join(packageFolder, '.results', 'readme')
  mkdirSync(folder, { recursive: true })
  for (const [index, block] of blocks.entries()) {
    const file = join(folder, `example-${index + 1}.ts`)
    writeFileSync(file, block)
    test(`${basename(readme)} example ${index + 1} runs`, () => import(/* @vite-ignore */ file))
  }
}
