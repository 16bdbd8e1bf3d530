import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'

export interface ReadmeOptions {
  /** Default: the package's own. */
  readonly readme?: string
  /** Texts of examples that would take long, each with what the test runs instead. */
  readonly instead?: Readonly<Record<string, string>>
}

/**
 * Creates a test for every ```ts block in a README: the block has to run to its end, with the packages that this one can
 * import. What it writes into the working folder goes below `.results`.
 */
export function testReadme(
  packageFolder: string,
  { readme = join(packageFolder, 'README.md'), instead = {} }: ReadmeOptions = {},
): void {
  const blocks = readExamples(readme)
  if (blocks.length === 0) throw new Error(`${readme} has no \`\`\`ts example`)
  // A folder for each README: their examples have the same names.
  const folder = join(packageFolder, '.results', 'readme', basename(dirname(readme)), basename(readme))
  mkdirSync(folder, { recursive: true })
  const before = process.cwd()
  beforeAll(() => process.chdir(folder))
  afterAll(() => process.chdir(before))
  for (const [text, replacement] of Object.entries(instead)) {
    const index = blocks.findIndex(block => block.includes(text))
    if (index < 0) throw new Error(`${readme} has no example with '${text}'`)
    blocks[index] = blocks[index]!.replace(text, replacement)
  }
  for (const [index, block] of blocks.entries()) {
    const file = join(folder, `example-${index + 1}.ts`)
    writeFileSync(file, block)
    test(`${basename(dirname(readme))}/${basename(readme)} example ${index + 1} runs`, () =>
      import(/* @vite-ignore */ file))
  }
}

/** The ```ts blocks of a README. */
export function readExamples(readme: string): string[] {
  return [...readFileSync(readme, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(match => match[1]!)
}
