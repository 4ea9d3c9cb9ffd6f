"""Django's backend for PostgreSQL, which examines the server first, and whose pool survives a fork."""

import os
from typing import Any

import psycopg
from django.db import connections
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

from qa_site.postgres.errors import UnreachableServer, UnsuitableServer

OLDEST = 15  # PostgreSQL's major version
EXTENSION = "vector"  # pgvector
OLDEST_EXTENSION = (0, 8)  # the first that walks on through its index for as long as rows are wanted
CONNECT_SECONDS = 10  # unless DATABASE_URL says connect_timeout


class DatabaseWrapper(base.DatabaseWrapper):
    """The first connection of a process raises UnreachableServer or UnsuitableServer when it must."""

    _connection_pools: dict[str, Any]  # Django's, by alias, one for all threads
    _examined: set[str] = set()  # the names of databases found good

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """Return a connection (a pool alone would wait for it, and not say why there is none)."""
        name = conn_params.get("dbname", "")
        if name not in self._examined:
            self.examine_server(conn_params)
            self._examined.add(name)
        return super().get_new_connection(conn_params)

    def examine_server(self, conn_params: dict[str, Any]) -> None:
        """Connect once, to see that the server is there, is new enough, and has pgvector."""
        try:
            connection = psycopg.connect(
                **{"connect_timeout": CONNECT_SECONDS, **conn_params}, autocommit=True
            )
        except psycopg.OperationalError as error:
            reason = str(error).strip()
            raise UnreachableServer(f"The database of DATABASE_URL cannot be used: {reason}") from error
        with connection:
            where = f"{connection.info.host}:{connection.info.port}"
            version = connection.info.server_version
            if version < OLDEST * 10000:
                found = f"{version // 10000}.{version % 10000}"
                raise UnsuitableServer(
                    f"This site needs PostgreSQL {OLDEST} or newer; the server at {where} is {found}."
                )
            if self.alias != NO_DB_ALIAS:
                _require_pgvector(connection, where)


def _require_pgvector(connection: psycopg.Connection, where: str) -> None:
    """Raise UnsuitableServer unless a new enough extension `vector` is in the database, or could be created there."""
    found = connection.execute(
        "select installed_version, default_version from pg_available_extensions where name = %s", [EXTENSION]
    ).fetchone()
    if found is None:
        major = connection.info.server_version // 10000
        raise UnsuitableServer(
            f"This site needs the extension pgvector, which the PostgreSQL server at {where} does not have. "
            f"Install it there (on Debian and Ubuntu, apt install postgresql-{major}-pgvector), and then, "
            f'as a superuser in the database "{connection.info.dbname}": CREATE EXTENSION vector;'
        )
    installed, offered = found
    version = installed or offered
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_EXTENSION:
        least = ".".join(map(str, OLDEST_EXTENSION))
        raise UnsuitableServer(
            f"This site needs pgvector {least} or newer; the PostgreSQL server at {where} has {version}. Install "
            f'a newer one and then, in the database "{connection.info.dbname}": ALTER EXTENSION vector UPDATE;'
        )
    if installed:
        return
    # Who may create it differs: superusers, and whom the provider of a server lets. The only test is to try.
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("create extension vector")
    except psycopg.errors.InsufficientPrivilege:
        raise UnsuitableServer(
            "This site needs the extension pgvector, which is not yet in the database "
            f'"{connection.info.dbname}" at {where}, and which the role "{connection.info.user}" may not '
            "create. Run this there as a superuser: CREATE EXTENSION vector;"
        ) from None


_of_the_parent: list[object] = []  # never closed and never freed: their sockets are shared with the parent


def _forget_connections_of_parent() -> None:
    """In a forked child: the parent uses the connections, and the threads of its pools are not here."""
    _of_the_parent.extend(DatabaseWrapper._connection_pools.values())
    DatabaseWrapper._connection_pools.clear()
    for connection in connections.all(initialized_only=True):
        _of_the_parent.append(connection.connection)
        connection.connection = None


os.register_at_fork(after_in_child=_forget_connections_of_parent)
