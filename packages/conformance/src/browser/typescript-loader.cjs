/** A loader for webpack that takes the types off, with what vite does that by. */
module.exports = function stripTypes(source) {
  const done = this.async()
  import('vite')
    .then(({ transformWithOxc }) => transformWithOxc(source, this.resourcePath))
    .then(({ code }) => done(null, code), done)
}
