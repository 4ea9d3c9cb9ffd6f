"""Directories for servers, and processes that use them; every server has ended when its test has."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa_site.embedded_postgres.server import Server
from tests.embedded_postgres.processes import USE_UNTIL_TOLD_TO_END, OtherProcess, clean_up


@pytest.fixture(scope="session")
def made_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose server has run once, and now does not."""
    home = tmp_path_factory.mktemp("made") / "postgres"
    server = Server(home)
    try:
        server.ensure_running()
        server.ensure_database("qa_site")
    finally:
        server.release()
        clean_up(home)
    return home


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[Path]:
    """The path of a directory that does not exist yet."""
    home = tmp_path / "postgres"
    yield home
    clean_up(home)


@pytest.fixture
def home(made_data: Path, empty_home: Path) -> Path:
    """A directory with data, whose server does not run (a copy: initdb takes a second)."""
    subprocess.run([shutil.which("cp") or "cp", "-a", str(made_data), str(empty_home)], check=True)
    return empty_home


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """This process's view of the server in `home`, not yet started."""
    server = Server(home)
    yield server
    server.release()


@pytest.fixture
def run() -> Iterator[Callable[..., OtherProcess]]:
    """Start other processes; they are killed at the end if they still run."""
    processes: list[OtherProcess] = []

    def start(script: str, *arguments: object, **environment: str) -> OtherProcess:
        processes.append(OtherProcess(script, *arguments, **environment))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()


@pytest.fixture
def use(run: Callable[..., OtherProcess]) -> Callable[[Path], OtherProcess]:
    """Start a process that uses the server in a directory, and says `ready` when it can."""
    return lambda home: run(USE_UNTIL_TOLD_TO_END, home)
