"""The backend of qa_site.postgres, for a server in EMBEDDED_POSTGRES_DIR that it starts when needed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import client

from qa_site.embedded_postgres.programs import MissingPrograms, ServerError, program_directory
from qa_site.embedded_postgres.server import server_in
from qa_site.postgres import base
from qa_site.postgres.errors import UnreachableServer, UnsuitableServer


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that comes with the server."""

    connection: "DatabaseWrapper"

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return the command and its environment. (A psql on the PATH may be too old, or missing.)"""
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(program_directory() / "psql"), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        """Run psql; meanwhile this process is a user of the server."""
        self.connection.ensure_server()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Fills in HOST, PORT and USER itself; NAME is the database, which is created if it is missing."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        self.server = server_in(Path(settings.EMBEDDED_POSTGRES_DIR))
        address = self.server.address("")
        settings_dict.update(HOST=address["host"], PORT=address["port"], USER=address["user"], PASSWORD="")

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """Return a connection, having started the server if it was not there (or no longer)."""
        self.ensure_server()
        return super().get_new_connection(conn_params)

    def ensure_server(self) -> None:
        """See that the server runs and has the database. Raises UnreachableServer or UnsuitableServer."""
        try:
            self.server.ensure_running()
            if self.settings_dict["NAME"]:
                self.server.ensure_database(self.settings_dict["NAME"])
        except MissingPrograms as error:
            raise UnsuitableServer(str(error)) from error
        except ServerError as error:
            raise UnreachableServer(str(error)) from error

    def examine_server(self, conn_params: dict[str, Any]) -> None:
        """Do nothing: the version and the extensions are those of the package."""
