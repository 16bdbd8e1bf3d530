/** Says what is being done: on a terminal one line that is written over, elsewhere a line each; without words, the end. */
export function reporter(stream: NodeJS.WriteStream): (what?: string) => void {
  let open = false
  return what => {
    if (what !== undefined) stream.write(stream.isTTY ? `\r\x1b[KMeasures ${what}` : `Measures ${what}\n`)
    else if (open) stream.write('\r\x1b[K')
    open = what !== undefined && stream.isTTY
  }
}
