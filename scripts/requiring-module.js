/**
 * The text of a module that exports what a CommonJS package does, by `require`. To import such a package directly, Node
 * parses it and each package behind it twice over, to find the names: of TensorFlow.js that takes longer than to run it.
 * @param require as the module's package sees the other
 */
export function requiringModule(name, require) {
  const names = Object.keys(require(name)).filter(key => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default')
  // Not as one word: what loads a build's configuration would put this file's own address there.
  const address = ['import', 'meta', 'url'].join('.')
  return `import { createRequire } from 'node:module'
const { ${names.map(key => `${key}: ${key}_`).join(', ')} } = createRequire(${address})('${name}')
export { ${names.map(key => `${key}_ as ${key}`).join(', ')} }
`
}
