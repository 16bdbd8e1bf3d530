import { type Colour, detectColour } from '@gankit/visualization'

/** Where a command writes. What it is about goes to `out`, how it goes to `progress`. */
export interface Output {
  readonly out: NodeJS.WriteStream
  readonly progress: NodeJS.WriteStream
}

/** What colours a stream can show, by the conventions of NO_COLOR, FORCE_COLOR, COLORTERM and TERM. */
export function colourOf(stream: NodeJS.WriteStream): Colour {
  return detectColour({ isTTY: stream.isTTY, env: process.env })
}

/** How gankit is called where this process was started: through npx in a project that has it. */
export function commandLine(...words: string[]): string {
  const quoted = words.map(word =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  return ['npx gankit', ...quoted].join(' ')
}
