/**
 * The element of an id that the page is known to have.
 * @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T}
 */
export const element = (id, kind) => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no #${id}`)
  return found
}

/** What the page was made with, as its scripts read it. @returns {any} */
export const readPageData = () => JSON.parse(element('generator-data', HTMLScriptElement).text)
