import { readFileSync } from 'node:fs'

/**
 * Why mixed precision would not be faster on this processor; undefined where it is. Without instructions for bfloat16
 * TensorFlow converts every number to float32 and back.
 * @param file what Linux says about the processor
 */
export function whyNotBfloat16(file = '/proc/cpuinfo'): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return 'whether the processor has instructions for bfloat16 is known on Linux alone'
  }
  // AVX-512 BF16 and AMX on x86, BF16 of Armv8.6 on ARM.
  return /^(flags|Features)\s*:.*\b(avx512_bf16|amx_bf16|bf16)\b/m.test(text)
    ? undefined
    : 'the processor has no instructions for bfloat16'
}
