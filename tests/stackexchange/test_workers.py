"""Workers convert in order, a few blocks ahead, and never outlive their work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa_site.stackexchange import workers
from qa_site.stackexchange.converting import Options
from qa_site.stackexchange.dump import DumpError
from qa_site.stackexchange.reading import Block

OPTIONS = Options("https://a.org/", has_history=False)
ROOT = Path(__file__).parent.parent.parent

ENDLESS = """
import itertools, sys
from qa_site.stackexchange import workers
from qa_site.stackexchange.converting import Options
from qa_site.stackexchange.reading import Block

if __name__ == "__main__":
    block = Block("Users.xml", "users", b'<row Id="1" DisplayName="A"/>', 1, 30)
    for _ in workers.converted(itertools.repeat(block), Options("", False), workers=2):
        print("going", flush=True)
"""


def block(number):
    return Block("Users.xml", "users", f'<row Id="{number}" DisplayName="n{number}"/>'.encode(), number, 30)


@pytest.mark.parametrize("count", [0, 2])
def test_results_come_in_the_order_of_the_blocks(count):
    results = list(workers.converted(map(block, range(100)), OPTIONS, workers=count))
    names = [tables["staged_user"].split(b"\t")[1] for _, tables in results]
    assert names == [f"n{number}".encode() for number in range(100)]


def test_blocks_are_read_only_a_little_ahead():
    read = []
    results = workers.converted((read.append(n) or block(n) for n in range(10_000)), OPTIONS, workers=1)
    next(results)
    assert len(read) <= workers.BLOCKS_AHEAD
    results.close()


def test_an_error_in_a_worker_ends_all_of_them():
    bad = Block("Users.xml", "users", b"<row Id='x'/>", 7, 10)
    with pytest.raises(DumpError, match=r"Users\.xml, line 7: Id=“x” is not a number\."):
        list(workers.converted([block(1), bad, *map(block, range(50))], OPTIONS, workers=2))
    assert not _children(os.getpid())


def test_a_worker_that_dies_is_told():
    results = workers.converted(map(block, range(1_000)), OPTIONS, workers=1)
    next(results)
    for child in _children(os.getpid()):
        os.kill(child, signal.SIGKILL)
    with pytest.raises(DumpError, match="A worker process was ended from outside"):
        list(results)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_first_process(how, tmp_path):
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout.readline() == b"going\n"
    children = _children(process.pid)
    assert children
    # As a terminal does it: Ctrl-C goes to all of them, the others to one.
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    process.stdout.close()
    process.wait(timeout=60)
    deadline = time.monotonic() + 60
    while any(_is_running(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _children(pid):
    """The workers of a process, and no other child of it: not the driver of the browser tests, for one."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        pytest.skip("this system does not tell which processes a process has started")
    return [
        int(child)
        for child in found
        if b"multiprocessing.spawn" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def _is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
