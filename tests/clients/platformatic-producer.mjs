// @platformatic/kafka, idempotent: sends 0, 1, 2, ... one after the other until SIGTERM.
// node platformatic-producer.mjs BOOTSTRAP TOPIC RATE
import { Producer, stringSerializers } from '@platformatic/kafka'
import { numbers, reason, say } from './numbers.mjs'

const [bootstrap, topic, rate] = process.argv.slice(2)

// The default of 3 retries, a second apart, ends before a crashed broker's partitions have a leader again.
const producer = new Producer({
  clientId: 'platformatic', bootstrapBrokers: bootstrap.split(','), serializers: stringSerializers,
  idempotent: true, retries: true, retryDelay: 250
})
for await (const number of numbers(Number(rate))) {
  try {
    const { offsets } = await producer.send({ acks: -1, messages: [{ topic, value: `${number}` }] })
    say('acked', number, offsets[0].partition, offsets[0].offset)
  } catch (error) {
    say('failed', number, reason(error))
  }
}
await producer.close()
