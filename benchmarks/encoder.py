"""How fast the encoder is, what its turned copy of the weights brings, and what processes share of it.

    python benchmarks/encoder.py FILE

FILE has a question a line; the first 2,000 are embedded. For one question the time is the processor's, which on a
quiet machine is the time that passes; for batches it is the time that passes. Both depend on the machine and on what
else it does; for the ratios, both were measured in turns. The memory is Linux's own account, from /proc.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import numpy as np  # noqa: E402

from questions.duplicates import model  # noqa: E402
from questions.duplicates.encoder import Encoder  # noqa: E402

SINGLE, LENGTHS = 300, (8, 12, 16, 24, 32, 64)
CORES = sorted(os.sched_getaffinity(0))


class Plain(Encoder):
    """The encoder with its weights as they are published: (outputs, inputs), and transposed while multiplying."""

    def __init__(self, directory: Path, copies: Path) -> None:
        super().__init__(directory, copies)
        self._weights = {
            name: np.ascontiguousarray(tensor.T).T
            if tensor.ndim == 2 and name.startswith("encoder.")
            else tensor
            for name, tensor in self._weights.items()
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--hold", type=Path, help=argparse.SUPPRESS)  # what `_memory` starts
    options = parser.parse_args()
    if options.hold:
        _hold(options.hold)
        return
    with options.file.open(encoding="utf-8") as file:
        questions = [line.strip() for line, _ in zip(file, range(2_000), strict=False)]
    with tempfile.TemporaryDirectory() as folder:
        copies = Path(folder)
        print(f"first load, writing the copy: {1000 * _seconds(lambda: _encoder(copies)):.0f} ms")
        print(
            f"load: {1000 * statistics.median(_seconds(lambda: _encoder(copies)) for _ in range(5)):.0f} ms"
        )
        _memory(options.file, copies)
        ours, plain = _encoder(copies), Plain(model.directory(), copies)
        os.sched_setaffinity(0, CORES[:1])
        _one_question(ours, plain, questions[:SINGLE])
        _by_length(ours, plain)
        _batches("one core", ours, plain, questions)
        if len(CORES) > 1:
            os.sched_setaffinity(0, CORES[:2])
            _batches("two cores", ours, plain, questions)


def _encoder(copies: Path) -> Encoder:
    return Encoder(model.directory(), copies)


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    work()
    return clock() - started


def _one(encoder: Encoder, text: str) -> float:
    return _seconds(lambda: encoder.encode(text), time.process_time)


def _one_question(ours: Encoder, plain: Encoder, questions: Sequence[str]) -> None:
    times: dict[Encoder, list[float]] = {ours: [], plain: []}
    for encoder in (ours, plain):
        encoder.encode("warm up")
    for question in questions:
        for encoder in (ours, plain):
            times[encoder].append(_one(encoder, question))
    ratios = [other / own for own, other in zip(times[ours], times[plain], strict=True)]
    p50, p95 = np.percentile(times[ours], [50, 95]) * 1000
    print(f"one question on one core: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    print(
        f"plain weights take {statistics.median(ratios):.2f} times as long, the median of {len(ratios)} questions"
    )


def _by_length(ours: Encoder, plain: Encoder) -> None:
    """Questions of so many word pieces: "egg" is one, and two signs are put around a text."""
    for pieces in LENGTHS:
        text = "egg " * (pieces - 2)
        own, other = [], []
        for _ in range(40):
            own.append(_one(ours, text))
            other.append(_one(plain, text))
        print(
            f"  {pieces:3} pieces: {1000 * statistics.median(own):5.1f} ms, "
            f"plain {statistics.median(other) / statistics.median(own):.2f} times"
        )


def _batches(where: str, ours: Encoder, plain: Encoder, questions: Sequence[str]) -> None:
    own, other = [], []
    for _ in range(3):
        own.append(_seconds(lambda: ours.encode_many(questions)))
        other.append(_seconds(lambda: plain.encode_many(questions)))
    print(
        f"batches on {where}: {len(questions) / statistics.median(own):.0f} questions a second, "
        f"plain {statistics.median(other) / statistics.median(own):.2f} times as long"
    )


def _memory(file: Path, copies: Path) -> None:
    """Print what one process with the encoder takes, and what each takes when there are two."""
    command = [sys.executable, __file__, str(file), "--hold", str(copies)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdin
        assert first.stdout
        first.stdout.readline()
        alone = _proportional(first.pid)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as second:
            assert second.stdin
            assert second.stdout
            second.stdout.readline()
            both = _proportional(first.pid) + _proportional(second.pid)
            second.stdin.close()
        first.stdin.close()
    print(f"memory of a process with the encoder: {alone / 1024:.0f} MB; of two: {both / 1024:.0f} MB")


def _hold(copies: Path) -> None:
    """Be a process that has used all of the encoder, until the input ends."""
    encoder = _encoder(copies)
    encoder.encode("How do I boil an egg?")
    print("ready", flush=True)
    sys.stdin.read()
    encoder.encode("The end")  # so that it is not let go of before


def _proportional(pid: int) -> int:
    """Kilobytes; what n processes share counts as an n-th for each."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1])


if __name__ == "__main__":
    main()
