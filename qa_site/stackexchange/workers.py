"""Converting blocks in other processes, a few ahead of the database, and in the order in which they came."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

from qa_site.stackexchange.converting import Converted, Options, convert
from qa_site.stackexchange.dump import DumpError
from qa_site.stackexchange.reading import Block

# Enough that the workers have something to do while the database moves a batch; what waits is in memory.
BLOCKS_AHEAD = 40

_Result = tuple[Converted, dict[str, bytes]]


def converted(blocks: Iterable[Block], options: Options, *, workers: int) -> Generator[_Result, None, None]:
    """Yield what `convert` makes of each block, in order; with no workers, in this very process.

    At most BLOCKS_AHEAD blocks are on their way. Workers are started anew rather than forked, so they share
    neither the database connection nor a lock with this process. They end with the iterator, also by an
    error or Ctrl-C, and on their own when this process is killed. Raises what `blocks` and `convert`
    raise, and DumpError when a worker dies.
    """
    if not workers:
        for block in blocks:
            yield convert(block, options)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=()
    )
    waiting: deque[Future[_Result]] = deque()
    try:
        for block in blocks:
            waiting.append(pool.submit(convert, block, options))
            if len(waiting) >= BLOCKS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DumpError("A worker process was ended from outside, perhaps for want of memory.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker() -> None:
    # Ctrl-C reaches every process of a terminal; the first process tells the workers when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
