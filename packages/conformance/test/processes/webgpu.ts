import { selectBackend } from '@gankit/runtime/node'
import { runCases, selectCases } from '../../src/browser/results.ts'
import { cases } from '../../src/suite/index.ts'
import { collectDriverErrors } from './compared.ts'

// Runs the suite on WebGPU and prints what came of it; the arguments are words of which a case's name has one.
const { reason } = await selectBackend({ backend: 'webgpu' })
const driverErrors = collectDriverErrors()
const results = await runCases(selectCases(process.argv.slice(2), cases({ size: 'short' })))
process.stdout.write(`\n${JSON.stringify({ ...results, driverErrors, reason })}`)
