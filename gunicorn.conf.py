"""How `make run` serves the site; for a public one, put a web server with HTTPS before it."""

import os
import sys
from pathlib import Path

import environ

environ.Env.read_env(Path(__file__).with_name(".env"))


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


def when_ready(server):
    print(f"Serving http://{bind}/ (Ctrl-C ends it)", flush=True)  # noqa: T201
