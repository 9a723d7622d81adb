"""kafka-python: sends 0, 1, 2, ... until SIGTERM. kafka_python_producer.py BOOTSTRAP TOPIC RATE"""
import logging
import signal
import sys
import threading
import time

from kafka import KafkaProducer

bootstrap, topic, rate = sys.argv[1], sys.argv[2], float(sys.argv[3])
logging.basicConfig(level=logging.WARNING)
ended = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ended.set())


def say(*words):
    # One write for a line: callbacks come from another thread.
    sys.stdout.write(" ".join(str(word).replace("\n", " ") for word in words) + "\n")
    sys.stdout.flush()


# No retries is the default, and loses sends at every change of a leader; one request in flight keeps the order. The
# request's timeout is also how long a record may wait for a leader: ten seconds were seen to be too few on a busy machine.
producer = KafkaProducer(
    bootstrap_servers=bootstrap.split(","), client_id="kafka-python", acks="all", retries=1000000,
    max_in_flight_requests_per_connection=1, retry_backoff_ms=100, request_timeout_ms=60000)
since, number = time.monotonic(), 0
while not ended.is_set():
    try:
        sent = producer.send(topic, str(number).encode())
        sent.add_callback(lambda placed, n=number: say("acked", n, placed.partition, placed.offset))
        sent.add_errback(lambda error, n=number: say("failed", n, error))
    except Exception as error:  # it never reached the queue, which a caller would be told
        say("failed", number, error)
    number += 1
    ended.wait(max(0.0, since + number / rate - time.monotonic()))
producer.flush()
producer.close()
