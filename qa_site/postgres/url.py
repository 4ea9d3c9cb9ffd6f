"""DATABASE_URL, read as PostgreSQL itself reads it."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from qa_site.postgres.errors import UnsuitableServer

FORM = (
    "postgres://user:password@host:5432/name, "
    "and in the password write %40 %3A %2F %3F %23 %25 for the signs @ : / ? # %"
)


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings of a database for `url`, which is anything that `psql` would take as a URL.

    So several hosts, a socket's directory (postgres:///name?host=/run/postgresql) and libpq's parameters
    (sslmode, target_session_attrs) work. Raises UnsuitableServer, which is an ImproperlyConfigured; its
    message never shows the URL, for that holds a password.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        raise UnsuitableServer(
            "DATABASE_URL names another kind of database: the site needs PostgreSQL. "
            f"Write it as {FORM}; or leave it out, and the site runs a PostgreSQL of its own."
        )
    try:
        options: dict[str, Any] = conninfo_to_dict(url)
        # What libpq makes of a password with an unescaped @ or /: better stopped here than shown as a host's name.
        misread = "@" in options.get("host", "")[1:] or "@" in options.get("dbname", "")
        if misread or (not options.get("port", "").replace(",", "").isdecimal() and options.get("port")):
            raise ValueError
    except (psycopg.ProgrammingError, ValueError):
        raise UnsuitableServer(f"DATABASE_URL cannot be understood. Write it as {FORM}.") from None
    if not options.get("dbname"):
        raise UnsuitableServer(f"DATABASE_URL does not say which database to use. Write it as {FORM}.")
    return {
        "ENGINE": "qa_site.postgres",
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "OPTIONS": options,
    }
