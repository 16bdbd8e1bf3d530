import type { Terminal } from './terminal.ts'

// Configurations, events, names of files, classes and layers, and errors about them hold what somebody else wrote. A
// terminal obeys control characters: with them a text can wipe lines, hide others, and change what a line says.

/**
 * Control characters but tab and line feed, and those that turn the direction of writing (Unicode Standard Annex 9) or
 * end a line.
 */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** What the command itself begins a line with that replaces the one before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequence that wipes a line
const ownBeginning = /^\r\x1b\[2?K/

/** Text with a visible sign in place of each control character. */
export function showControls(text: string): string {
  return text.replace(controls, character => {
    const code = character.charCodeAt(0)
    // The control pictures of Unicode: ␛ for escape.
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '␡' : '�'
  })
}

/** Text of somebody else as a part of one line. */
export function oneLine(text: string): string {
  return showControls(text.trim().replace(/\s*\n\s*/g, ' '))
}

/** A value as one line of JSON, with every control character as its number: JSON itself leaves those above 127. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value).replace(controls, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}

/** A picture for a terminal, whose colors are escape sequences: as bytes it passes the filter of text. */
export function drawing(text: string): Uint8Array {
  return Buffer.from(text)
}

/**
 * The one filter between the command and a terminal: strings lose their control characters, but for those that begin a
 * line which replaces another; bytes, which only this command makes, pass as they are.
 */
export function filterTerminal({ out, progress }: Terminal): Terminal {
  return { out: filterStream(out), progress: filterStream(progress), exitCode: 0 }
}

function filterStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: []) => stream.write(filterChunk(chunk), ...rest)
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function filterChunk(chunk: string | Uint8Array): string | Uint8Array {
  if (typeof chunk !== 'string') return chunk
  const [own = ''] = ownBeginning.exec(chunk) ?? []
  return own + showControls(chunk.slice(own.length))
}
