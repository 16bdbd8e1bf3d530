/** A line that changes while something is done. */
export interface ProgressLine {
  /** Replaces the line on a terminal; elsewhere prints a new one. */
  show(text: string): void
  /** Ends the line, and prints a text that stays. */
  end(text?: string): void
}

/**
 * Shows progress in one line on a terminal; elsewhere, as in a log, in a line each time.
 * @param transient whether the line is wiped at the end, on a terminal
 */
export function progressLine(stream: NodeJS.WriteStream, transient = false): ProgressLine {
  let open = false
  return {
    show(text) {
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
      open = stream.isTTY
    },
    end(text) {
      if (open) stream.write(transient ? '\r\x1b[K' : '\n')
      open = false
      if (text !== undefined) stream.write(`${text}\n`)
    },
  }
}

/**
 * A progress line for something whose length is known: elsewhere than on a terminal it speaks at every tenth.
 * @param transient whether the line is wiped at the end, on a terminal
 */
export function shareLine(
  stream: NodeJS.WriteStream,
  transient = false,
): {
  show(text: string, share: number): void
  end(text?: string): void
} {
  const line = progressLine(stream, transient)
  let tenths = -1
  return {
    show(text, share) {
      const now = Math.floor(10 * share)
      if (stream.isTTY || now !== tenths) line.show(text)
      tenths = now
    },
    end: text => line.end(text),
  }
}
