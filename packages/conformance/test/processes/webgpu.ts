import { selectBackend } from '@gankit/runtime/node'
import { named, runCases } from '../../src/browser/results.ts'
import { cases } from '../../src/suite/index.ts'
import { refusals } from './compared.ts'

// Runs the suite on WebGPU and prints what came of it; the arguments are words of which a case's name has one.
const { reason } = await selectBackend({ backend: 'webgpu' })
const refused = refusals()
const results = await runCases(named(process.argv.slice(2), cases({ size: 'short' })))
process.stdout.write(`\n${JSON.stringify({ ...results, refused, reason })}`)
