"""Verifies an exported log without any of Hindsight's code: Schemas/log.md is all it knows.

Reads one stored value a line, in hexadecimal (digest, then record bytes), from standard input, in
order, from position 1. Prints the count and the last digest; exits 1 at the first broken link.
"""

import hashlib
import sys


def varint(data, place):
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place


def position(record):
    """Field 1 of the record, a varint, which comes first."""
    key, place = varint(record, 0)
    assert key == 1 << 3, "a record begins with its position"
    return varint(record, place)[0]


def main():
    previous = bytes(32)
    count = 0
    for line in sys.stdin:
        stored = bytes.fromhex(line)
        digest, record = stored[:32], stored[32:]
        count += 1
        if position(record) != count:
            sys.exit(f"event {count}: the record says that it is event {position(record)}")
        if hashlib.sha256(previous + record).digest() != digest:
            sys.exit(f"event {count}: the digest is wrong")
        previous = digest
    print(count, previous.hex())


main()
