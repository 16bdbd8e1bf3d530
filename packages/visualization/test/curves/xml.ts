/** Checks that a text is well-formed XML as far as SVG needs it. @throws Error that says where it is not */
export function checkXml(text: string): void {
  const open: string[] = []
  let at = 0
  const tag = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="(?:[^"<&]|&(?:amp|lt|gt|quot|#39);)*")*)\s*(\/?)>/y
  const content = /(?:[^<&>]|&(?:amp|lt|gt|quot|#39);)+/y
  while (at < text.length) {
    tag.lastIndex = content.lastIndex = at
    const [whole, closing, name, , empty] = tag.exec(text) ?? []
    if (whole === undefined) {
      const inner = content.exec(text)
      if (!inner) throw new Error(`not XML: ${text.slice(at, at + 60)}`)
      at += inner[0].length
      continue
    }
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    } else if (!empty) open.push(name!)
    at += whole.length
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`)
}
