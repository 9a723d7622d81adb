// @platformatic/kafka, idempotent: sends 0, 1, 2, ... one after the other until SIGTERM.
// node platformatic-producer.mjs BOOTSTRAP TOPIC RATE
import { Producer, stringSerializers } from '@platformatic/kafka'
import { numbers, reason, say } from './numbers.mjs'

const [bootstrap, topic, rate] = process.argv.slice(2)

// Through a restart of a broker, 1.35.0 was seen never to settle a send: neither acknowledged nor failed after 90 s, with every
// broker back. Who runs it in earnest has a limit of his own and starts anew; the table tells how often that was needed.
const patience = 20_000

// The default of 3 retries, a second apart, ends before a stopped broker is back, and it asks the same broker each time.
// A number, not true: retries are compared as numbers, so true is one retry.
const connect = () => new Producer({
  clientId: 'platformatic',
  bootstrapBrokers: bootstrap.split(','),
  serializers: stringSerializers,
  idempotent: true,
  retries: 60,
  retryDelay: 250
})

let producer = connect()
let fail = () => {}
process.on('uncaughtException', error => fail(error))

function send (number) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience)
    fail = reject
    producer.send({ acks: -1, messages: [{ topic, value: `${number}` }] }).then(resolve, reject).finally(() => clearTimeout(limit))
  })
}

for await (const number of numbers(Number(rate))) {
  try {
    const { offsets } = await send(number)
    say('acked', number, offsets[0].partition, offsets[0].offset)
  } catch (error) {
    say('failed', number, reason(error))
    producer.close(true).catch(reason => console.error(`the old producer does not close: ${reason.message}`))
    producer = connect()
  }
}
process.exit(0)
