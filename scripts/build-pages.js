// Builds pages with vite, where their sources are newer than what was built.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './toolchain.js'

/** When a file, or the last one changed in a folder, was changed. */
function changedAt(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const files = readdirSync(path, { recursive: true }).map(file => statSync(join(path, file)).mtimeMs)
  return Math.max(mtimeMs, ...files)
}

/**
 * Builds the pages of a folder, unless that is done.
 * @param folder with a vite.config.ts, seen from the root
 * @param made a file that it makes, seen from the root
 * @param words for `vite build`
 * @returns its exit code
 */
function build(folder, made, words = []) {
  const sources = [
    ...readdirSync(join(root, folder))
      .filter(name => /\.(html|ts)$/.test(name))
      .map(name => join(root, folder, name)),
    // What the page is made of: itself, and the packages and apps that work in it.
    ...['packages', 'apps'].flatMap(group =>
      readdirSync(join(root, group)).map(name => join(root, group, name, 'src')),
    ),
    join(root, 'pnpm-lock.yaml'),
  ]
  const file = join(root, made)
  if (existsSync(file) && sources.every(source => changedAt(source) <= statSync(file).mtimeMs)) return 0
  return run('vite', ['build', '--logLevel', 'warn', ...words], folder)
}

export const buildPlayground = () => build('apps/playground', 'apps/playground/dist/index.html')
export const buildStudio = () => build('packages/studio', 'packages/studio/dist/index.html')
/** The page of `gankit watch`. */
export const buildWatchPage = () =>
  build('packages/studio', 'packages/cli/site/watch.html', ['--mode', 'watch'])
