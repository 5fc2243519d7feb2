"""Waits until a server answers at an address: ``ready.py URL PROCESS SECONDS``.

Ends with 0 once it does, with 1 when the process has ended or the time is over.
"""

import os
import sys
import time
import urllib.error
import urllib.request

PAUSE = 0.1
"""Seconds between two tries."""

# A proxy of the machine must not stand between a server and its own starter.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(url: str) -> bool:
    """Say whether the address answers with success."""
    try:
        with opener.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def runs(process: int) -> bool:
    """Say whether the process is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait(url: str, process: int, seconds: float) -> bool:
    """Try again and again; say whether the server answered in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and runs(process):
        if answers(url):
            return True
        time.sleep(PAUSE)
    return False


if __name__ == "__main__":
    address, number, limit = sys.argv[1:]
    sys.exit(0 if wait(address, int(number), float(limit)) else 1)
