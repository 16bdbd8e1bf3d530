import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type ProgramOptions, type ProgramResult, runProgram } from './run-program.ts'

/** The result that a child process printed, or how the process ended without one. */
export type Outcome<Result> = { readonly result: Result } | { readonly ended: ProgramResult }

/**
 * Calls a function that this package exports for Node in a child process: a crash or a hang in a native library ends that
 * process alone.
 * @param parameters of the function, which become JSON, as does its result
 */
export async function callInOwnProcess<Result>(
  name: string,
  parameters: readonly unknown[],
  options: Omit<ProgramOptions, 'growing'>,
): Promise<Outcome<Result>> {
  // A checkout has only sources.
  const inSource = import.meta.url.endsWith('.ts')
  const entry = new URL(inSource ? '../../node.ts' : './node.js', import.meta.url).href
  const script = `const { ${name} } = await import(${JSON.stringify(entry)})
const result = await ${name}(...${JSON.stringify(parameters)})
process.stdout.write(${JSON.stringify(mark)} + JSON.stringify(result) + '\\n', () => process.exit(0))`
  const loader = inSource
    ? [
        '--import',
        pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
        '--conditions=@gankit/source',
      ]
    : []
  const ended = await runProgram(
    process.execPath,
    [...loader, '--input-type=module', '--eval', script],
    options,
  )
  const line = ended.stdout.split('\n').findLast(text => text.startsWith(mark))
  // A library may crash at exit, after the result was printed.
  return line ? { result: JSON.parse(line.slice(mark.length)) as Result } : { ended }
}

const mark = '@gankit/runtime: '

/** Why a child process gave no result. */
export function explainMissingResult({ code, stderr, stopped }: ProgramResult): string {
  if (stopped) return stopped
  const error = stderr.split('\n').find(line => /^(\w*Error|\[gankit)\b.*: |^\w*Error: /.test(line))
  if (error) return error.replace(/^\w*Error( \[\w+\])?: /, '').replace(/^\[gankit\/\w+\] /, '')
  const last = stderr.split('\n').findLast(line => line.trim() !== '')
  return `${typeof code === 'string' ? `it crashed (${code})` : `it ended with code ${code}`}${last ? ` (${last.trim().slice(0, 200)})` : ''}`
}
