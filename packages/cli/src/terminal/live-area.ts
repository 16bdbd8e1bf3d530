/** The last lines of a terminal, drawn anew in place: a picture, and below it a line. Elsewhere lines go to a log. */
export interface LiveArea {
  /** Whether it is drawn in place, as on a terminal that can move its cursor. */
  readonly isTTY: boolean
  /** Characters in a line; undefined where nobody knows. */
  readonly columns: number | undefined
  /** Replaces the line; in a log it is a new one. */
  showLine(text: string): void
  /** Whether a picture of so many lines can be shown. */
  hasRoomFor(lines: number): boolean
  /** Replaces the picture. */
  showPicture(text: string): void
  /** Prints a text that stays, above the area. */
  print(text: string): void
  /** Ends the area. Its line stays, its picture where that is wanted. */
  end(keepPicture: boolean): void
}

const toLineStart = '\r'
const clearLine = '\x1b[K'
const clearBelow = '\x1b[J'
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '')

/** The live area of a stream, empty at first. */
export function openLiveArea(stream: NodeJS.WriteStream): LiveArea {
  const isLive = Boolean(stream.isTTY) && process.env['TERM'] !== 'dumb'
  let [picture, line] = ['', '']
  /** Lines that the area takes now, and the width of the terminal when they were drawn. */
  let [height, width] = [0, 0]

  /** Takes the area away. In a terminal whose width has changed, lines have moved, and it stays where it is. */
  const erase = (): string => {
    if (height === 0) return ''
    if (width !== stream.columns) return '\n'
    return `${toLineStart}${up(height - 1)}${clearBelow}`
  }
  const draw = (before = '') => {
    const lines = [...(picture ? picture.split('\n') : []), ...(line ? [line] : [])]
    stream.write(`${erase()}${before}${lines.join('\n')}`)
    height = lines.length
    width = stream.columns
  }
  return {
    isTTY: isLive,
    get columns() {
      return stream.columns
    },
    hasRoomFor: lines => isLive && lines > 0 && (stream.rows || 24) > lines + 2,
    showLine(text) {
      if (!isLive) {
        stream.write(`${text}\n`)
        return
      }
      const isAlone = line !== '' && width === stream.columns
      line = text
      if (isAlone) stream.write(`${toLineStart}${clearLine}${text}`)
      else draw()
    },
    showPicture(text) {
      if (!isLive) return
      picture = text
      draw()
    },
    print(text) {
      if (isLive) draw(`${text}\n`)
      else stream.write(`${text}\n`)
    },
    end(keepPicture) {
      if (!isLive) return
      if (!keepPicture && picture) {
        picture = ''
        draw()
      }
      if (height > 0) stream.write('\n')
      ;[picture, line, height] = ['', '', 0]
    },
  }
}
