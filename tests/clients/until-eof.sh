#!/bin/sh
# Runs a client until standard input ends, then asks it to end (SIGTERM): until-eof.sh PROGRAM [ARG...]
# The test that started it holds the other end, so no client outlives its test, however that ends.
exec 3<&0
"$@" < /dev/null 3<&- &
client=$!
(read -r _ <&3; kill -TERM "$client") > /dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$client"
code=$?
kill "$watcher" 2> /dev/null
exit "$code"
