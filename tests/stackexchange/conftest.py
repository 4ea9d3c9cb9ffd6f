"""Importing in tests: into the test's database, without other processes unless a test asks for them."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.fixture
def import_it(settings, tmp_path):
    """Run the command on a path and return what it printed."""
    settings.VAR_DIR = tmp_path / "var"

    def run(path, **options) -> str:
        out = io.StringIO()
        call_command(
            "import_stackexchange", str(path), stdout=out, stderr=io.StringIO(), **{"workers": 0} | options
        )
        return out.getvalue()

    return run


@pytest.fixture
def count_rows(db):
    """Return the number of rows of every table."""

    def count() -> dict[str, int]:
        models = apps.get_models(include_auto_created=True)
        return {model._meta.db_table: model._base_manager.count() for model in models}

    return count
