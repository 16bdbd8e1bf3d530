const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML and XML show it, in elements and in quoted attributes. Control characters, which XML can't hold, go. */
export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character]!).replaceAll(/[^\P{Cc}\t\n]/gu, '')
}
