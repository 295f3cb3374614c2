#!/usr/bin/env python3
"""Cuts the power: a mounted ext4 file system loses what was not flushed, and processes end.

Usage: cut_power.py MOUNT SEED MILLISECONDS FILES PIDS

Before, some pages of the files (separated by commas) reach the disk, as they would in time, in
no order. The processes (likewise) find for some milliseconds that nothing can be written any more.
"""
import ctypes
import fcntl
import os
import random
import signal
import struct
import sys
import time

MOUNT, SEED, MILLISECONDS, FILES, PIDS = sys.argv[1:]
PAGE_BYTES = 4096
SYNC_FILE_RANGE_WRITE_AND_WAIT = 7
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)

library = ctypes.CDLL(None, use_errno=True)
chance = random.Random(int(SEED))


def write_some_pages(path):
    """Brings about a third of a file's pages to the disk."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return  # What is on its way in is gone when it is in.
    pages = os.fstat(file).st_size // PAGE_BYTES + 1
    for page in range(pages):
        # The first two say which state is the newest.
        if chance.random() < (0.5 if page < 2 else 0.3):
            library.sync_file_range(
                file, ctypes.c_int64(page * PAGE_BYTES), ctypes.c_int64(PAGE_BYTES),
                SYNC_FILE_RANGE_WRITE_AND_WAIT)
    os.close(file)


mount = os.open(MOUNT, os.O_RDONLY)
for name in filter(None, FILES.split(",")):
    write_some_pages(name)
fcntl.ioctl(mount, EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH)
time.sleep(int(MILLISECONDS) / 1000)
for pid in filter(None, PIDS.split(",")):
    try:
        os.kill(int(pid), signal.SIGKILL)
    except ProcessLookupError:
        pass
