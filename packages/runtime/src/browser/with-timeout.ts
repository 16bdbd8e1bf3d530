/** Waits for a promise for at most so many seconds. @throws Error that names `who` didn't answer */
export async function withTimeout<T>(seconds: number, who: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from ${who} in ${seconds} s`)), 1000 * seconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
