"""Where Django's static files find the faces: cut when first asked for, kept below VAR_DIR."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from qa_site.faces import cutting

_LICENCE = "faces/LICENSE.txt"
_PATHS = (_LICENCE, *(f"faces/{name}" for name in cutting.NAMES))


class FaceFinder(BaseFinder):
    """Finds `faces/…woff2` and their licence."""

    def __init__(self) -> None:
        self.folder = Path(settings.VAR_DIR, "faces", cutting.edition())

    def find(self, path: str, find_all: bool = False) -> Any:
        """Return where the file lies, in a list if `find_all`; an empty list for what is no face."""
        if path not in _PATHS:
            return []
        found = str(self._made(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=self.folder)
        for path in _PATHS:
            self._made(path)
            yield path, storage

    def _made(self, path: str) -> Path:
        file = self.folder / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = cutting.licence() if path == _LICENCE else cutting.cut(file.name)
            # Whole or not at all, for other processes may look for it at the same moment.
            handle, unfinished = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as half:
                half.write(made)
            Path(unfinished).chmod(0o644)
            Path(unfinished).replace(file)
        return file
