"""kafka-python, as a member of a group, until SIGTERM. kafka_python_consumer.py BOOTSTRAP TOPIC GROUP"""
import logging
import signal
import sys
import threading

from kafka import KafkaConsumer

bootstrap, topic, group = sys.argv[1:4]
logging.basicConfig(level=logging.WARNING)
ended = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ended.set())

consumer = KafkaConsumer(
    topic, bootstrap_servers=bootstrap.split(","), client_id="kafka-python", group_id=group,
    auto_offset_reset="earliest", auto_commit_interval_ms=500)
while not ended.is_set():
    for records in consumer.poll(timeout_ms=200).values():
        for record in records:
            sys.stdout.write(f"read {record.value.decode()} {record.partition} {record.offset}\n")
    sys.stdout.flush()
consumer.close()
