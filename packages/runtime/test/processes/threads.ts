import { readdirSync } from 'node:fs'
import { selectBackend } from '../../src/node.ts'

/** Starts native TensorFlow with the options of the command line. Prints its threads, and all of the process. */
const { threads: said } = await selectBackend({ backend: 'tensorflow', ...JSON.parse(process.argv[2]!) })
const there = readdirSync('/proc/self/task').length
process.stdout.write(JSON.stringify({ said, there }))
