"""Run one of PostgreSQL's own programs on the site's own database.

    python -m qa_site.embedded_postgres pg_dump --format=custom --file=backup.dump

The server is started if it does not run, and it is not stopped before the program has ended.
"""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from qa_site.embedded_postgres.programs import ServerError, program_directory
from qa_site.embedded_postgres.server import server_in

DATABASE = "qa_site"


def main(arguments: list[str]) -> int:
    """Run the program that `arguments` name first, with the rest of them; return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")
    server = server_in(Path(settings.EMBEDDED_POSTGRES_DIR))
    try:
        programs = program_directory()
        if not arguments or not (programs / arguments[0]).is_file():
            sys.exit(f"{__doc__}\nPrograms: {' '.join(sorted(path.name for path in programs.iterdir()))}")
        server.ensure_running()
    except ServerError as error:
        sys.exit(str(error))
    address = server.address(DATABASE)
    environment = {"PGHOST": address["host"], "PGPORT": address["port"], "PGUSER": address["user"]}
    environment["PGDATABASE"] = address["dbname"]
    command = [str(programs / arguments[0]), *arguments[1:]]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
