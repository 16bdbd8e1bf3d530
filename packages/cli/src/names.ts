/** Names as they are typed, with commas between them. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
}
