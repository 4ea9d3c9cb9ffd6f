"""Other processes for the tests: users of a server that end, or are killed, when a test says so."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

USE_UNTIL_TOLD_TO_END = """
import sys
from pathlib import Path
from qa_site.embedded_postgres.server import server_in

server = server_in(Path(sys.argv[1]))
server.ensure_running()
server.ensure_database("qa_site")
print("ready", flush=True)
sys.stdin.read()
"""


class OtherProcess:
    """A Python process that runs `script` with `arguments`, and whose input is at its end when `end` is called."""

    def __init__(self, script: str, *arguments: object, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
            cwd=REPOSITORY,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        """Return the next line that it prints, without its end."""
        return self.process.stdout.readline().rstrip("\n")

    def end(self) -> int:
        """Let it end normally; return its exit status."""
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        return self.process.returncode

    def kill(self) -> None:
        """End it as kill -9 does, if it still runs."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def runs(home: Path) -> bool:
    """Whether any PostgreSQL process lives for `home`."""
    try:
        lock = os.open(home / "running.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def postmaster(home: Path) -> int:
    """The number of the server's first process."""
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def kill_postmaster(home: Path) -> None:
    """End the server's first process as kill -9 does, and wait until the others have noticed."""
    os.kill(postmaster(home), signal.SIGKILL)
    wait_until(lambda: not runs(home))


def wait_until(what: Callable[[], bool], seconds: float = 60) -> None:
    """Return when `what` is true, and fail if that takes too long."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def clean_up(home: Path) -> None:
    """End whatever server a test left."""
    if runs(home):
        os.kill(postmaster(home), signal.SIGQUIT)
        wait_until(lambda: not runs(home))
