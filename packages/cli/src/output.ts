import { type ColorSupport, detectColor } from '@gankit/visualization'

/** Where a command writes. What it is about goes to `out`, how it goes to `progress`. */
export interface Output {
  readonly out: NodeJS.WriteStream
  readonly progress: NodeJS.WriteStream
}

export const terminal: Output = { out: process.stdout, progress: process.stderr }

/** Which colors a stream can show, by the conventions of NO_COLOR, FORCE_COLOR, COLORTERM and TERM. */
export function detectStreamColor(stream: NodeJS.WriteStream): ColorSupport {
  return detectColor({ isTTY: stream.isTTY, env: process.env })
}

/** How gankit is called where this process was started: through npx in a project that has it. */
export function commandLine(...words: string[]): string {
  const quoted = words.map(word =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  return ['npx gankit', ...quoted].join(' ')
}
