"""The data directory of the site's own PostgreSQL: how it is made, and the logs in it."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from qa_site.embedded_postgres.programs import REMEDY, ServerError, account_for, program_directory, run_as

LOG_DAYS = 7

# Written into a new postgresql.conf, where whoever runs the site may change them.
FIRST_SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A file for each day of the week, begun anew when its day comes again: the log cannot grow for ever.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}


def create_data(home: Path, *, role: str) -> None:
    """Make the data directory `home`/data, with a superuser `role`. Raises ServerError.

    It is made beside its place and then renamed, so that what bears its name is complete. Whoever may open
    its socket may connect (trust); by the permissions that is the directory's owner, and root.
    """
    initdb = program_directory() / "initdb"
    draft = Path(tempfile.mkdtemp(prefix="initdb-", dir=home))
    if account := account_for(home):
        try:
            os.chown(draft, *account)
        except OSError as error:  # in some containers there is only root, or it may do little
            draft.rmdir()
            raise ServerError(
                f"Root may not give {draft} to another account: {error.strerror}. {REMEDY}"
            ) from error
    options = [f"--pgdata={draft}", f"--username={role}", "--auth-local=trust", "--auth-host=reject"]
    # Sorts by code point and folds case by Unicode, the same on every machine and with every C library.
    options += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    options += [f"--set={name}={value}" for name, value in FIRST_SETTINGS.items()]
    done = run_as(account, [str(initdb), *options], [initdb, draft], capture_output=True)
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise ServerError(f"PostgreSQL's initdb failed in {home}: {done.stderr.strip()}\n{REMEDY}")
    draft.rename(home / "data")
    directory = os.open(home, os.O_RDONLY)
    os.fsync(directory)  # or, after a power failure, everything written since might bear a draft's name
    os.close(directory)


def tidy(home: Path) -> None:
    """Delete what interrupted calls of create_data left, and logs a week old.

    PostgreSQL itself empties the log of a weekday only if it runs as that day begins.
    """
    for leftover in home.glob("initdb-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for log in (home / "data" / "log").glob("*.log"):
        if log.stat().st_mtime < time.time() - (LOG_DAYS - 1) * 86400:
            log.unlink()


def last_words(home: Path) -> str:
    """Return the last lines of what PostgreSQL said at its last start, and of its newest log."""
    logs = sorted((home / "data" / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)[-1:]
    texts = [log.read_text(errors="replace") for log in [home / "start.log", *logs] if log.exists()]
    return "\n".join("\n".join(text.splitlines()[-8:]) for text in texts)
