// kafkajs, idempotent, when an answer is lost on its way: sends 0 to 19 one after the other. The broker has 2 when the connection
// that should bring the answer closes, as it does when a broker stops; the second try gets its answer.
// node kafkajs-lost-answer.mjs BOOTSTRAP TOPIC
import kafkajs from 'kafkajs'
import Broker from 'kafkajs/src/broker/index.js'
import { KafkaJSConnectionClosedError } from 'kafkajs/src/errors.js'
import { say } from './numbers.mjs'

const [bootstrap, topic] = process.argv.slice(2)
const produce = Broker.prototype.produce
let answers = 0
Broker.prototype.produce = async function (request) {
  const answer = await produce.call(this, request)
  if (answers++ === 2) throw new KafkaJSConnectionClosedError('the answer was lost', this.connectionPool)
  return answer
}

const kafka = new kafkajs.Kafka({ clientId: 'kafkajs', brokers: bootstrap.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
await producer.connect()
for (let number = 0; number < 20; number++) {
  const [placed] = await producer.send({ topic, acks: -1, messages: [{ value: `${number}` }] })
  say('acked', number, placed.partition, placed.baseOffset)
}
process.exit(0) // kafkajs leaves the connection open that it takes for closed
