import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explainMissingBfloat16 } from '../../src/node/native/mixed-precision.ts'

test.each([
  ['flags\t\t: fpu avx512f avx512_bf16 amx_tile', undefined],
  ['flags : fpu amx_bf16', undefined],
  ['Features\t: fp asimd bf16 i8mm', undefined],
  ['flags : fpu avx512f avx512_vnni', 'the processor has no instructions for bfloat16'],
  ['model name : bf16', 'the processor has no instructions for bfloat16'],
])('%j', (text, why) => {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-processor-'))
  const file = join(folder, 'cpuinfo')
  writeFileSync(file, `processor : 0\n${text}\n`)
  expect(explainMissingBfloat16(file)).toBe(why)
  rmSync(folder, { recursive: true })
  expect(explainMissingBfloat16(file)).toContain('on Linux alone')
})
