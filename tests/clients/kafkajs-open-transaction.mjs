// Leaves a transaction open: one record, and neither commit nor abort.
// node kafkajs-open-transaction.mjs BOOTSTRAP TOPIC PARTITION TRANSACTIONAL_ID
import kafkajs from 'kafkajs'
import { say } from './numbers.mjs'

const [bootstrap, topic, partition, transactionalId] = process.argv.slice(2)
const kafka = new kafkajs.Kafka({ clientId: 'kafkajs', brokers: bootstrap.split(','),
    logLevel: kafkajs.logLevel.ERROR })
const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1,
    transactionTimeout: 600000 })
await producer.connect()
const transaction = await producer.transaction()
const [placed] = await transaction.send({ topic, acks: -1, messages: [{ value: 'never committed',
    partition: Number(partition) }] })
say('open', placed.partition, placed.baseOffset)
process.exit(0)
