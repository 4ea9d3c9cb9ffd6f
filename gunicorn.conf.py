"""How `make run` serves the site; for a public one, put a web server with HTTPS before it."""

import os
import subprocess
import sys
from pathlib import Path

import environ

HERE = Path(__file__).parent
environ.Env.read_env(HERE / ".env")


def number(name: str, default: str) -> int:
    value = os.environ.get(name) or default
    if not value.isdecimal():
        sys.exit(f"{name} is “{value}”; it takes a whole number.")
    return int(value)


bind = f"127.0.0.1:{number('PORT', '8000')}"
workers = number("WEB_CONCURRENCY", "2")
# As many as a worker's pool has connections to spare (DATABASES in settings.py).
threads = 4
worker_class = "gthread"
accesslog = None
errorlog = "-"
loglevel = "warning"

find_duplicates_every = number("FIND_DUPLICATES_EVERY", "60")


def when_ready(server):
    print(f"Serving http://{bind}/ (Ctrl-C ends it)", flush=True)  # noqa: T201
    if find_duplicates_every:
        command = [sys.executable, "manage.py", "find_duplicates", "--every", str(find_duplicates_every)]
        # Kept at the server, for this file is read again when it is told to reload.
        server.find_duplicates = subprocess.Popen(
            [*command, "--child-of", str(os.getpid()), "--verbosity", "0"],
            cwd=HERE,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the server, which ends this one when it ends itself
        )


def on_exit(server):
    finder = getattr(server, "find_duplicates", None)
    if finder is not None:
        finder.terminate()
        try:
            finder.wait(timeout=10)
        except subprocess.TimeoutExpired:
            finder.kill()  # nothing is lost by it but what it was just looking at
