"""The signing key that the site writes itself when nobody has given it one."""

import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_create_secret_key(path: Path) -> str:
    """Return the key kept in `path`, creating the file (mode 0600) with a new key if there is none.

    Two processes that start at once agree on one key: the file appears whole, by a hard link that only
    the first can make.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(descriptor, "w") as file:
        file.write(get_random_secret_key() + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    return path.read_text().strip()
