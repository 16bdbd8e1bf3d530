import { Writable } from 'node:stream'
import { main } from '../src/main.ts'

/** What a command printed, and the exit code that it ended with. */
export interface Outcome {
  readonly code: number
  /** Results. */
  readonly out: string
  /** Progress, notes and errors. */
  readonly err: string
}

/** Runs the command line in this process. */
export async function gankit(...words: string[]): Promise<Outcome> {
  const [out, err] = [new Recorder(), new Recorder()]
  const stream = (of: Recorder) => of as unknown as NodeJS.WriteStream
  const code = await main(words, { out: stream(out), progress: stream(err), exitCode: 0 })
  return { code, out: out.text, err: err.text }
}

/** The one line that bad input ends with. @throws for a command that succeeds, or says more than that line */
export async function refusal(...words: string[]): Promise<string> {
  const { code, err } = await gankit(...words)
  if (code !== 2) throw new Error(`exit code ${code}, expected 2: ${err}`)
  return err.trimEnd().split('\n').at(-1)!
}

class Recorder extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}
