// kafkajs, as a member of a group, until SIGTERM.
// node kafkajs-consumer.mjs BOOTSTRAP TOPIC GROUP
import kafkajs from 'kafkajs'
import { ending, say } from './numbers.mjs'

const [bootstrap, topic, groupId] = process.argv.slice(2)
const kafka = new kafkajs.Kafka({ clientId: 'kafkajs', brokers: bootstrap.split(','), logLevel: kafkajs.logLevel.WARN })
const consumer = kafka.consumer({ groupId, retry: { retries: 1000, maxRetryTime: 2000 } })
await consumer.connect()
await consumer.subscribe({ topics: [topic], fromBeginning: true })
await consumer.run({
  eachMessage: async ({ partition, message }) => say('read', message.value.toString(), partition, message.offset)
})
await ending
await consumer.disconnect()
