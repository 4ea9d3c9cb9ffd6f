"""Files of a dump into blocks of whole rows, and blocks into rows. Nothing here holds more than a block.

A dump has one element a row, all below the root, and everything in attributes. `<` cannot stand in an
attribute, so a file can be cut before any `<row` and the pieces be parsed apart, in other processes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from qa_site.stackexchange.dump import DumpError

BLOCK_SIZE = 256 * 1024
# No body is that long; without a limit, a file that is not a dump would be read into memory whole.
MAX_ROW_SIZE = 16 * 1024 * 1024

# Signs that XML cannot have in any form and that some dumps hold all the same. Not zero: that is damage.
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[1-8BCEF]|1[0-9A-F])|0*(?:[1-8]|1[124-9]|2[0-9]|3[01]));", re.IGNORECASE
)


@dataclass(frozen=True)
class Block:
    """Some whole rows of a file, as bytes. `line` is the number of the line it starts on."""

    file: str
    root: str
    data: bytes
    line: int
    size: int


Row = dict[str, str]


def check(path: Path, root: str) -> None:
    """Raise DumpError unless the file begins as this file of a dump does."""
    with path.open("rb") as file:
        _header(path.name, root, file.read(BLOCK_SIZE))


def blocks(path: Path, root: str, size: int = BLOCK_SIZE) -> Iterator[Block]:
    """Yield the rows of a file in blocks of about `size` bytes, in order.

    Raises DumpError when the file is no such file of a dump or ends before its end tag.
    """
    with path.open("rb") as file:
        buffer = file.read(size)
        start = _header(path.name, root, buffer)
        line, taken, buffer = 1 + buffer.count(b"\n", 0, start), start, buffer[start:]
        while more := file.read(size):
            buffer += more
            cut = buffer.rfind(b"<row", max(1, len(buffer) - len(more) - len(b"<row")))
            if cut > 0:
                data, buffer = buffer[:cut], buffer[cut:]
                yield Block(path.name, root, data, line, taken + len(data))
                line, taken = line + data.count(b"\n"), 0
            elif len(buffer) > MAX_ROW_SIZE:
                raise DumpError(f"{path.name}, line {line}: this row does not end. The file is damaged.")
        data = buffer.rstrip()
        end = f"</{root}>".encode()
        if data and not data.endswith(end):
            line += data.count(b"\n")
            raise DumpError(f"{path.name}, line {line}: the file ends in the middle. It was cut off.")
        yield Block(path.name, root, data.removesuffix(end), line, taken + len(buffer))


def rows(block: Block) -> list[tuple[int, Row]]:
    """Return the rows of a block, each with the number of its line.

    Raises DumpError, naming the line, when the block is not well-formed or has anything but rows in it.
    """
    found: list[tuple[int, Row]] = []
    depth = 0

    def start(name: str, attributes: Row) -> None:
        nonlocal depth
        depth += 1
        if depth == 2 and name == "row":
            found.append((parser.CurrentLineNumber + block.line - 1, attributes))
        elif depth > 1:
            line = parser.CurrentLineNumber + block.line - 1
            raise DumpError(
                f"{block.file}, line {line}: there is a <{name}> where a dump has nothing but rows."
            )

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = _parser(block.file, block.line)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        # Without a new line before the data, so that the parser's line numbers are the block's.
        parser.Parse(f"<{block.root}>".encode(), False)
        parser.Parse(_FORBIDDEN_REFERENCE.sub(b"", block.data), False)
        parser.Parse(f"</{block.root}>".encode(), True)
    except expat.ExpatError as error:
        line = error.lineno + block.line - 1
        reason = expat.errors.messages[error.code]
        raise DumpError(f"{block.file}, line {line}: the file is damaged ({reason}).") from error
    return found


def _header(file: str, root: str, data: bytes) -> int:
    """Return where the first row begins, or the end tag, or the end of a file that has no more than its root.

    Raises DumpError when this is not the beginning of that file of a dump.
    """
    start = data.find(b"<row")
    if start < 0:
        start = data.find(f"</{root}>".encode())
    found: list[str] = []
    parser = _parser(file, 1)
    parser.StartElementHandler = lambda name, attributes: found.append(name)
    try:
        parser.Parse(data[:start] if start >= 0 else data, start < 0)
    except expat.ExpatError as error:
        if not found or found[0] == root:
            reason = expat.errors.messages[error.code]
            raise DumpError(
                f"{file}, line {error.lineno}: this is not XML in UTF-8, or it is damaged ({reason})."
            ) from error
    if found[:1] != [root]:
        begins = f"begins with <{found[0]}>" if found else "does not"
        raise DumpError(
            f"{file}: a Stack Exchange dump has a file here that begins with <{root}>, and this {begins}."
        )
    return start if start >= 0 else len(data)


def _parser(file: str, first_line: int) -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber + first_line - 1
        raise DumpError(
            f"{file}, line {line}: a dump has no DTD and no entities of its own, and this file has."
        )

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
