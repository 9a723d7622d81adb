// @platformatic/kafka, as a member of a group, until SIGTERM.
// node platformatic-consumer.mjs BOOTSTRAP TOPIC GROUP
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Consumer, stringDeserializers } from '@platformatic/kafka'
import { ending, reason, say } from './numbers.mjs'

// While the broker of its group's coordinator is down, 1.35.0 throws where nobody can catch it (connection-pool.js:98,
// "Cannot read
// properties of undefined (reading 'host')"), which ends the process. Whoever runs it in earnest has something that
// starts it again.
async function supervise () {
  let child
  let ended = false
  ending.then(() => {
    ended = true
    child.kill('SIGTERM')
  })
  while (!ended) {
    let words = ''
    child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
      env: { ...process.env, PLATFORMATIC_CHILD: '1' }, stdio: ['ignore', 'inherit', 'pipe', 'ipc']
    })
    child.stderr.on('data', data => { words += data })
    await new Promise(resolve => child.once('close', resolve))
    process.stderr.write(words)
    if (!ended) say('restarted', words.match(/^\w*Error: .*$|^the stream ended: .*$/m)?.[0] ?? words)
  }
}

async function consume () {
  const [bootstrap, topic, groupId] = process.argv.slice(2)
  const consumer = new Consumer({
    groupId, clientId: 'platformatic', bootstrapBrokers: bootstrap.split(','), deserializers: stringDeserializers,
    retries: 60, retryDelay: 250
  })
  const stream = await consumer.consume({
    topics: [topic], mode: 'committed', fallbackMode: 'earliest', autocommit: 500, sessionTimeout: 10000,
        heartbeatInterval: 1000
  })
  stream.on('data', message => say('read', message.value, message.partition, message.offset))
  stream.on('error', error => {
    console.error(`the stream ended: ${reason(error)}`)
    process.exit(1)
  })
  process.once('disconnect', () => process.exit(1))
  await ending
  await consumer.close(true)
  process.exit(0)
}

await (process.env.PLATFORMATIC_CHILD ? consume() : supervise())
process.exit(0)
