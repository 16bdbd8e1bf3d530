import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

/** An empty folder that is gone after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function mount(folder: string, limits: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', limits, 'tmpfs', folder]).status === 0
}

/** Whether this process may mount a disk of its own: as root on Linux, mostly. */
export const canMount: boolean = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-mount-'))
  const mounted = mount(folder, 'size=64k')
  if (mounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return mounted
})()

/** A disk with these limits, `size=64k` or `nr_inodes=4`; gone after the test. */
export function smallDisk(limits: string): string {
  const folder = scratch()
  expect(mount(folder, limits)).toBe(true)
  // Runs before the folder is removed.
  onTestFinished(() => void spawnSync('umount', [folder]))
  return folder
}

/** Every file and folder below a folder, sorted. */
export function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}
