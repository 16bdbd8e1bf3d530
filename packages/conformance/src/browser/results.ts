import * as tf from '@tensorflow/tfjs'
import type { Case } from '../suite/case.ts'

/** Results of cases, as JSON that a page or a process can send. */
export interface Results {
  /** The backend on which the cases ran. */
  readonly backend: string
  readonly passed: number
  readonly failed: readonly { readonly name: string; readonly why: string }[]
}

/** Runs one case after the other on the backend that tfjs uses. */
export async function runCases(cases: readonly Case[]): Promise<Results> {
  const failed: { name: string; why: string }[] = []
  for (const { name, run } of cases) {
    try {
      await run()
    } catch (error) {
      failed.push({ name, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { backend: tf.getBackend(), passed: cases.length - failed.length, failed }
}

/** The cases whose names contain one of the words; all cases where no word is given. */
export function selectCases(words: readonly string[], cases: readonly Case[]): Case[] {
  return cases.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)))
}
