"""The encoder as the tests of the matcher need it: with a copy of its weights that goes when they end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from questions.duplicates import model
from questions.duplicates.encoder import Encoder


@pytest.fixture(scope="session")
def weights() -> Path:
    """The folder with the files of the model."""
    with override_settings(EMBEDDING_MODEL_DIR=""):
        return model.directory()


@pytest.fixture(scope="session")
def encoder(weights, tmp_path_factory) -> Iterator[Encoder]:
    copies = tmp_path_factory.mktemp("copies")
    yield Encoder(weights, copies)
    shutil.rmtree(copies)


@pytest.fixture
def without_model(settings, tmp_path) -> Path:
    """The site of somebody who named a folder in EMBEDDING_MODEL_DIR and put nothing there."""
    settings.EMBEDDING_MODEL_DIR = str(tmp_path / "nothing")
    return tmp_path / "nothing"
