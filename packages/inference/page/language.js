/**
 * Words in the reader's language.
 * @template {Record<string, string>} Words
 * @param {Words & { lang: string }} english @param {Words & { lang: string }} chinese
 */
export const createWords = (english, chinese) => {
  const words = navigator.language.startsWith('zh') ? chinese : english

  /**
   * @param {keyof Words} name @param {Record<string, string | number>} [values] for the places in braces
   * @returns {string}
   */
  const translateWord = (name, values = {}) =>
    (words[name] ?? '').replace(/\{(\w+)\}/g, (whole, place) => String(values[place] ?? whole))

  /** Puts the reader's language wherever the markup names words, as text or as a label. */
  const translatePage = () => {
    document.documentElement.lang = words.lang
    for (const kind of /** @type {const} */ (['text', 'label']))
      for (const at of document.querySelectorAll(`[data-${kind}]`)) {
        if (!(at instanceof HTMLElement)) continue
        const text = translateWord(at.dataset[kind] ?? '', { size: at.dataset['size'] ?? '' })
        if (kind === 'text') at.textContent = text
        else at.setAttribute('aria-label', text)
      }
  }
  return { translateWord, translatePage }
}
