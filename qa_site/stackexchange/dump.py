"""Where a dump is and what it is called: a folder, or the .7z file as published, unpacked for as long as it is read."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import py7zr

# In the order in which they are loaded: people before what they wrote, posts before what hangs on them.
# The values are the root elements.
FILES = {
    "Users.xml": "users",
    "Tags.xml": "tags",
    "Votes.xml": "votes",
    "PostHistory.xml": "posthistory",
    "Posts.xml": "posts",
    "PostLinks.xml": "postlinks",
    "Comments.xml": "comments",
}
MAX_SITE_LENGTH = 100

_SITES_OF_THEIR_OWN = {"stackoverflow", "serverfault", "superuser", "askubuntu", "stackapps"}


class DumpError(Exception):
    """What was given cannot be loaded; the message names the file, the line if it is known, and what is wrong."""


@dataclass(frozen=True)
class Dump:
    """The files of one dump by name, and the site they come from, as "quantumcomputing"."""

    site: str
    files: dict[str, Path]

    @property
    def size(self) -> int:
        """Bytes in all files together."""
        return sum(path.stat().st_size for path in self.files.values())

    @property
    def address(self) -> str:
        """The site's address, which the relative links in its texts start from."""
        name = self.site.removeprefix("meta.")
        if name == "mathoverflow":
            return f"https://{self.site}.net/"
        return f"https://{self.site}.{'com' if name in _SITES_OF_THEIR_OWN else 'stackexchange.com'}/"


@contextmanager
def opened(path: Path, *, site: str = "", scratch: Path) -> Iterator[Dump]:
    """Give the dump at `path`, a folder or a .7z file; what an archive needs on disk is below `scratch`.

    Raises DumpError when there is none, or no name for its site.
    """
    name = site_name(site or path.resolve().name)
    if path.is_dir():
        yield Dump(name, _wanted_files(path, path))
    elif path.is_file():
        scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="import-", dir=scratch))
        try:
            _unpack(path, folder)
            yield Dump(name, _wanted_files(folder, path))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    else:
        raise DumpError(f"{path}: there is no such file or folder.")


def site_name(name: str) -> str:
    """Return the short name of a site: "stats" for stats.stackexchange.com.7z, "stats.meta" for its meta site.

    Raises DumpError when nothing is left, or more than the ledger can hold.
    """
    name = name.strip().lower().removesuffix(".7z")
    name = re.sub(r"\.(stackexchange\.com|com|net)$", "", name)
    if not re.fullmatch(r"[\w][\w.-]*", name) or len(name) > MAX_SITE_LENGTH:
        raise DumpError(
            f"“{name}” cannot be the name of a site. Please give one with --site, as in --site quantumcomputing."
        )
    return name


def _wanted_files(folder: Path, shown: Path) -> dict[str, Path]:
    found = {path.name.lower(): path for path in folder.iterdir() if path.is_file()}
    files = {name: found[name.lower()] for name in FILES if name.lower() in found}
    if "Posts.xml" not in files:
        raise DumpError(f"{shown}: there is no Posts.xml in it, so this is not a Stack Exchange dump.")
    return files


def _unpack(archive: Path, folder: Path) -> None:
    """Write the wanted files of a .7z archive into the folder. Raises DumpError when it cannot be read whole."""
    try:
        with py7zr.SevenZipFile(archive) as packed:
            if packed.needs_password():
                raise DumpError(
                    f"{archive}: the archive is encrypted. Please unpack it first, and give the folder."
                )
            # Flat names only: nothing in an archive may say where on this disk it goes.
            wanted = {name.lower() for name in FILES}
            targets = [name for name in packed.getnames() if name.lower() in wanted]
            if "posts.xml" not in (name.lower() for name in targets):
                raise DumpError(
                    f"{archive}: there is no Posts.xml in it, so this is not a Stack Exchange dump."
                )
            room, needed = (
                shutil.disk_usage(folder).free,
                sum(entry.uncompressed for entry in packed.list() if entry.filename in targets),
            )
            if needed > room:
                raise DumpError(
                    f"{archive}: unpacked it takes {needed:,} bytes, and there are {room:,} free at {folder.parent}."
                )
            packed.extract(folder, targets=targets)
    except DumpError:
        raise
    except py7zr.exceptions.PasswordRequired as error:
        raise DumpError(
            f"{archive}: the archive is encrypted. Please unpack it first, and give the folder."
        ) from error
    except OSError as error:
        raise DumpError(f"{archive}: {error.strerror or error}.") from error
    except Exception as error:
        # The library reads damaged bytes as lengths and offsets, so any error at all can come out of them.
        raise DumpError(
            f"{archive}: this is not a .7z file, or it is damaged ({error or type(error).__name__})."
        ) from error
    for unpacked in folder.iterdir():
        if unpacked.is_symlink() or not unpacked.is_file():
            raise DumpError(f"{archive}: {unpacked.name} in it is not a file.")
