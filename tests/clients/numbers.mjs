// What every JavaScript client here shares: numbers at a rate, lines for the test to read, and the end.
import { setTimeout as sleep } from 'node:timers/promises'

let ended = false

/** Resolves at SIGTERM. */
export const ending = new Promise(resolve => process.once('SIGTERM', () => {
  ended = true
  resolve()
}))

/** 0, 1, 2, ... at `rate` a second until SIGTERM; what was late is caught up. */
export async function * numbers (rate) {
  const since = performance.now()
  for (let number = 0; !ended; number++) {
    const early = since + number * 1000 / rate - performance.now()
    if (early > 0) await Promise.race([sleep(early), ending])
    if (!ended) yield number
  }
}

/** An error with all that it was made of, on one line. */
export function reason (error) {
  const causes = [error.cause, ...(error.errors ?? [])].filter(Boolean)
  return [error.message, ...causes.map(reason)].join(' <- ').replaceAll('\n', ' ')
}

export function say (...words) {
  process.stdout.write(`${words.join(' ').replaceAll('\n', ' ')}\n`)
}
