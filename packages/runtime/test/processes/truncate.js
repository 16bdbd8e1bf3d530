import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Preloaded: files whose names end in one of TRUNCATE's read as if their second half had been lost.
const names = process.env.TRUNCATE.split(',')
const half = (path, content) =>
  names.some(name => String(path).endsWith(name)) ? content.subarray(0, content.length / 2) : content
const { readFileSync } = fs
const { readFile } = fs.promises
fs.readFileSync = (path, ...rest) => half(path, readFileSync(path, ...rest))
fs.promises.readFile = async (path, ...rest) => half(path, await readFile(path, ...rest))
syncBuiltinESMExports()
