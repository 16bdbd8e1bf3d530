/** Whether a process of this machine runs. Signal 0 asks only; a process of somebody else answers EPERM. */
export function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
