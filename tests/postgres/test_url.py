"""DATABASE_URL is read as libpq reads it, and a wrong one is refused without being shown."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from qa_site.postgres.url import database_from_url


def test_all_parts_are_taken():
    assert database_from_url("postgres://site:p%40ss@db.example.org:6432/qa?sslmode=require") == {
        "ENGINE": "qa_site.postgres",
        "NAME": "qa",
        "USER": "site",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_signs_that_psql_takes_unescaped_are_taken():
    assert database_from_url("postgres://site:p?ss#@db/qa")["PASSWORD"] == "p?ss#"


def test_the_directory_of_a_socket_may_be_the_host():
    database = database_from_url("postgresql:///qa?host=/run/postgresql")
    assert (database["HOST"], database["NAME"], database["USER"]) == ("/run/postgresql", "qa", "")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://site:secret@db/qa", "another kind of database"),
        ("secret", "another kind of database"),
        ("postgres://site:secret@db", "which database"),
        ("postgres://site:secret%zz@db/qa", "cannot be understood"),
        ("postgres://site:se@cret@db/qa", "cannot be understood"),
        ("postgres://site:se/cret@db/qa", "cannot be understood"),
        ("postgres://site:secret@db:port/qa", "cannot be understood"),
        ("postgres://site:secret@db/qa?colour=blue", "cannot be understood"),
    ],
)
def test_a_wrong_one_is_named_but_not_shown(url, told):
    with pytest.raises(ImproperlyConfigured, match=f"DATABASE_URL.*{told}") as refusal:
        database_from_url(url)
    assert "cret" not in str(refusal.value)
