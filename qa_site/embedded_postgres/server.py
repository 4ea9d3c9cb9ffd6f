"""A PostgreSQL server for one directory, shared by all processes that use it. Knows nothing of Django.

    server = server_in(Path("var/postgres"))
    server.ensure_running()
    psycopg.connect(**server.address("postgres"))

What lies in the directory:

data/          PostgreSQL's data directory, and its socket; only its owner may enter
start.log      what PostgreSQL said as it last started; what it said later is in data/log
changing.lock  held by whoever is starting or stopping the server
users.lock     held, shared, by each process that uses the server: who gets it alone is the last, and stops it
running.lock   inherited, and so held, by every process of the server: if it is free, none is left

The locks are flock(2) locks, which the kernel drops when the last process that has the file open is gone,
however it ended. So nothing here trusts a process number in a file, which may be another's after a crash.
"""

import atexit
import fcntl
import hashlib
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors, sql

from qa_site.embedded_postgres.data import create_data, last_words, tidy
from qa_site.embedded_postgres.programs import ServerError, account_for, program_directory, run_as

ROLE = "qa_site"  # owns everything; a superuser, since no other may add pgvector
PORT = "5432"  # only a part of the socket's name: no port is opened
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 103  # bytes: a sockaddr_un has 104 on macOS and 108 on Linux, with a final zero

START_SECONDS = 60  # after a crash, PostgreSQL first replays up to 1 GB of its write-ahead log
STOP_SECONDS = 20  # it first writes what has changed in memory; past that it is told to let that be

# Given at each start, since the rest of this module relies on them. The socket's directory is relative to the
# data directory: so neither spaces in the path nor its length matter to the server.
FIXED_SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
}


@cache
def server_in(home: Path) -> "Server":
    """Return this process's one object for the server in the directory `home`, which need not exist yet."""
    return Server(home)


class Server:
    """See the module. Threads may share it; a forked child begins anew, as a user in its own right."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self._begin()
        os.register_at_fork(after_in_child=self._begin_in_child)
        atexit.register(self.release)

    @property
    def socket_directory(self) -> Path:
        """Where clients find the socket: the data directory, or a link to it if its path is too long."""
        if len(os.fsencode(self.data / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"qa-site-{os.geteuid()}-{name}")

    def address(self, database: str) -> dict[str, Any]:
        """Return libpq's parameters for a connection to `database`."""
        return {"host": str(self.socket_directory), "port": PORT, "user": ROLE, "dbname": database}

    def ensure_running(self) -> None:
        """Start the server unless it runs, making its data first if there are none; wait until it answers.

        From then on this process is a user, until it ends or calls `release`. While the server runs this
        takes microseconds, so it may come before every connection. Raises ServerError, or MissingPrograms.
        """
        with self._thread_lock:
            if not self._processes_live() or self._status() != "ready":
                self._join_or_start()
            self._ensure_short_path()

    def ensure_database(self, name: str) -> None:
        """Create the database `name` if it is missing; asks the running server once in a process."""
        with self._thread_lock:
            if name in self._known_databases:
                return
            with psycopg.connect(**self.address("postgres"), autocommit=True) as connection:
                found = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
                if found is None:
                    # Another process may be a moment quicker; either error may then say so.
                    with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            self._known_databases.add(name)

    def release(self) -> None:
        """Stop being a user; the last one stops the server. Called when the process ends normally."""
        with self._thread_lock, suppress(ServerError, OSError):
            if self._users is None:
                return
            try:
                with self._changing():
                    if _try_lock(self._users, fcntl.LOCK_EX):
                        self._stop()
                        if self.socket_directory != self.data:
                            self.socket_directory.unlink(missing_ok=True)
            finally:
                self._leave()

    # The locks ---------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._users: int | None = None  # users.lock, open and held if we are a user
        self._running: int | None = None  # running.lock, open to ask about it
        self._passing: set[int] = set()  # files that some thread has open for a moment
        self._known_databases: set[str] = set()
        self._thread_lock = threading.RLock()

    def _begin_in_child(self) -> None:
        """Close the copies of the parent's lock files, without which its locks would outlive it in us."""
        self._leave()
        for descriptor in self._passing:
            os.close(descriptor)
        self._begin()

    def _leave(self) -> None:
        for descriptor in (self._users, self._running):
            if descriptor is not None:
                os.close(descriptor)
        self._users = self._running = None

    def _open(self, name: str) -> int:
        descriptor = os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.geteuid() == 0:  # root, visiting the directory of another, must not lock that one out
            owner = self.home.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        return descriptor

    @contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        descriptor = self._open(name)
        self._passing.add(descriptor)
        try:
            yield descriptor
        finally:
            self._passing.discard(descriptor)
            os.close(descriptor)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold changing.lock. Nobody needs it for longer than initdb and a start, or a stop, may take."""
        deadline = time.monotonic() + 2 * START_SECONDS
        with self._opened("changing.lock") as descriptor:
            while not _try_lock(descriptor, fcntl.LOCK_EX):
                if time.monotonic() > deadline:
                    raise ServerError(
                        f"Another process is starting or stopping {self.data}, and does not end."
                    )
                time.sleep(0.01)
            yield

    def _processes_live(self) -> bool:
        """Whether we are a user and any process of the server is left (it may be one that is ending)."""
        if self._running is None:
            return False
        if _try_lock(self._running, fcntl.LOCK_SH):
            fcntl.flock(self._running, fcntl.LOCK_UN)
            return False
        return True

    # Starting ----------------------------------------------------------------------------------------------

    def _join_or_start(self) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            if self.home.stat().st_uid == os.geteuid():
                # Root's server runs as another account in group 0 (see programs.py), which has to pass.
                self.home.chmod(0o710 if os.geteuid() == 0 else 0o700)
            with self._changing():
                self._leave()  # and open anew: the directory, with the files, may have been deleted meanwhile
                self._users, self._running = self._open("users.lock"), self._open("running.lock")
                self._known_databases.clear()
                fcntl.flock(self._users, fcntl.LOCK_SH)
                self._ensure_short_path()
                if not self.data.exists():
                    create_data(self.home, role=ROLE)
                self._start_and_wait()
        except OSError as error:
            self._leave()
            if isinstance(error, PermissionError) and self.home.is_dir():
                account_for(self.home)  # says whose it is, if that is the reason
            raise ServerError(f"The site's PostgreSQL in {self.home} cannot be started: {error}") from error
        except BaseException:
            self._leave()
            raise

    def _ensure_short_path(self) -> None:
        """Make the link to a data directory whose path is too long, if it is missing or was cleaned away."""
        link = self.socket_directory
        if link == self.data:
            return
        with suppress(FileExistsError):
            link.symlink_to(self.data)
        # Anyone may write where temporary files lie; a link of another's could lead to another's server.
        if link.lstat().st_uid != os.geteuid() or link.readlink() != self.data:
            raise ServerError(
                f"{link} is in the way of the site's PostgreSQL: delete it, or shorten VAR_DIR."
            )

    def _start_and_wait(self) -> None:
        began = time.monotonic()
        started = False
        while True:
            waited = time.monotonic() - began
            if self._processes_live():
                postmaster, status = self._postmaster(), self._status()
                if postmaster is not None and status == "ready":
                    return
                if postmaster and status == "stopping" and waited > STOP_SECONDS:
                    os.kill(postmaster, signal.SIGQUIT)  # see _stop, which may have been killed as it waited
            elif started:
                raise ServerError(f"PostgreSQL ended as it started in {self.data}:\n{last_words(self.home)}")
            else:
                started = self._start()
            if waited > START_SECONDS:
                raise ServerError(
                    f"PostgreSQL in {self.data} is not ready after {START_SECONDS} s. It may still be "
                    f"recovering from a crash: try again later. Its last words:\n{last_words(self.home)}"
                )
            time.sleep(0.005)

    def _start(self) -> bool:
        """Start the server in the background, holding running.lock; False if the lock was not to be had."""
        version = int((self.data / "PG_VERSION").read_text())
        postgres = program_directory(version) / "postgres"
        settings = [f"-c{name}={value}" for name, value in FIXED_SETTINGS.items()]
        # The shell puts it into the background and ends. So it is not our child: it leaves us no zombie, and
        # may outlive us.
        command = ["/bin/sh", "-c", '"$@" &', "sh", str(postgres), "-D", str(self.data), *settings]
        account = account_for(self.data)
        with self._opened("running.lock") as running, self._opened("start.log") as log:
            if not _try_lock(running, fcntl.LOCK_EX):
                return False
            # The lock proves these to be left over, though their process numbers may be in use again.
            for name in ("postmaster.pid", SOCKET, f"{SOCKET}.lock"):
                (self.data / name).unlink(missing_ok=True)
            tidy(self.home)
            os.ftruncate(log, 0)
            run_as(account, command, [postgres, self.data], stdout=log, stderr=log, pass_fds=[running])
            return True

    def _postmaster(self) -> int | None:
        """Return the process number of a listening server (0 if in another container), or None."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            try:
                client.connect(str(self.socket_directory / SOCKET))
            except (ConnectionRefusedError, FileNotFoundError, BlockingIOError, TimeoutError):
                return None
            if sys.platform == "linux":  # from the kernel: it is true, and translated between containers
                return struct.unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _status(self) -> str:
        """Return the last line of postmaster.pid: starting, ready or stopping. (So does pg_ctl.)"""
        with suppress(FileNotFoundError, IndexError):
            return (self.data / "postmaster.pid").read_text().splitlines()[7].strip()
        return "starting"

    # The end -----------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        """Shut down fast (SIGINT) or else at once (SIGQUIT), from which the next start recovers."""
        # In recovery PostgreSQL lets nobody in; and version 18 then never ends when told to shut down fast.
        for how in (signal.SIGINT, signal.SIGQUIT) if self._lets_us_in() else (signal.SIGQUIT,):
            if postmaster := self._postmaster():
                os.kill(postmaster, how)
                deadline = time.monotonic() + STOP_SECONDS
                while self._processes_live() and time.monotonic() < deadline:
                    time.sleep(0.005)

    def _lets_us_in(self) -> bool:
        try:
            psycopg.connect(**self.address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def _try_lock(descriptor: int, kind: int) -> bool:
    """Take the flock if that takes no waiting; return whether it did."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
