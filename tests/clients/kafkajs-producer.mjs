// kafkajs: sends 0, 1, 2, ... one after the other until SIGTERM.
// node kafkajs-producer.mjs BOOTSTRAP TOPIC RATE
import kafkajs from 'kafkajs'
import { numbers, say } from './numbers.mjs'

const [bootstrap, topic, rate] = process.argv.slice(2)
const kafka = new kafkajs.Kafka({ clientId: 'kafkajs', brokers: bootstrap.split(','), logLevel: kafkajs.logLevel.WARN })

// The default of 5 retries ends before a crashed broker's partitions have a leader again. Not idempotent: 2.2.4 loses a record and
// doubles another when an answer is lost (kafkajs-lost-answer.mjs); without, it only doubles one.
const producer = kafka.producer({ maxInFlightRequests: 1, retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: 2000 } })
await producer.connect()
for await (const number of numbers(Number(rate))) {
  try {
    const [placed] = await producer.send({ topic, acks: -1, messages: [{ value: `${number}` }] })
    say('acked', number, placed.partition, placed.baseOffset)
  } catch (error) {
    say('failed', number, error.message)
  }
}
await producer.disconnect()
