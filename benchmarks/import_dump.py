"""How fast a Stack Exchange dump comes in, in how much memory, and how faithful its texts stay.

    python benchmarks/import_dump.py multiply DUMP DIR --times 20   a dump of 20 times the size, for the next line
    python benchmarks/import_dump.py measure DIR                    imports it into the database of the settings
    python benchmarks/import_dump.py round-trip DUMP                compares each body with what its Markdown shows

DUMP and DIR are folders with the files of a dump. `measure` needs Linux and a database without this dump in it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_IDS = re.compile(
    rb' (Id|PostId|ParentId|AcceptedAnswerId|RelatedPostId|UserId|OwnerUserId|LastEditorUserId)="([0-9]+)"'
)
_STRUCTURE = ("pre", "li", "a", "table", "blockquote")


def multiply(source: Path, target: Path, times: int) -> None:
    """Write the dump `times` times over, each time with other ids and, in the titles, other words at the end."""
    target.mkdir(parents=True, exist_ok=True)
    step = 10_000_000
    for path in sorted(source.glob("*.xml")):
        lines = path.read_bytes().splitlines(keepends=True)
        rows = [line for line in lines if line.lstrip().startswith(b"<row")]
        first = lines.index(rows[0]) if rows else len(lines)
        with (target / path.name).open("wb") as out:
            out.writelines(lines[:first])
            for copy in range(times):
                for original in rows:
                    row = _IDS.sub(lambda m, by=copy * step: b' %b="%d"' % (m[1], int(m[2]) + by), original)
                    out.write(
                        re.sub(rb' Title="([^"]*)"', rb' Title="\1 (case %d)"' % copy, row) if copy else row
                    )
            out.writelines(lines[first + len(rows) :])


def measure(dump: Path, options: list[str]) -> None:
    """Run the command and print its report and the peak memory of its processes, from the kernel's own record."""
    command = [sys.executable, "manage.py", "import_stackexchange", str(dump), *options]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT)
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for pid in [process.pid, *_children(process.pid)]:
            peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
        time.sleep(0.05)
    seconds = time.monotonic() - started
    posts = sum(
        b'PostTypeId="1"' in line or b'PostTypeId="2"' in line for line in (dump / "Posts.xml").open("rb")
    )
    main = peaks.pop(process.pid, 0)
    print(
        f"{posts:,} questions and answers in {seconds:.1f} s from start to exit: {posts / seconds:,.0f} a second"
    )
    print(
        f"peak memory: {main / 1024:.0f} MB, and of its workers {[peak // 1024 for peak in peaks.values()]} MB"
    )


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> int:
    """Kilobytes."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def round_trip(dump: Path) -> None:
    """Print the share of bodies whose Markdown shows the same words, and the same structure."""
    from qa_site.stackexchange.html_markdown import markdown
    from qa_site.stackexchange.reading import blocks, rows
    from questions.markdown import markdown_html

    same: Counter[str] = Counter()
    for block in blocks(dump / "Posts.xml", "posts"):
        for _, row in rows(block):
            if row["PostTypeId"] not in ("1", "2"):
                continue
            words, tags = _shape(row["Body"])
            shown_words, shown_tags = _shape(markdown_html(markdown(row["Body"])))
            structure = all(tags[tag] == shown_tags[tag] for tag in _STRUCTURE)
            same["bodies"] += 1
            same["words"] += words == shown_words
            same["structure"] += structure
            same["words and structure"] += structure and words == shown_words
            if not structure or words != shown_words:
                print(f"post {row['Id']} differs")
    for what in ("words", "structure", "words and structure"):
        print(f"{what}: {100 * same[what] / same['bodies']:.2f} % of {same['bodies']:,} bodies")


def _shape(html: str) -> tuple[str, Counter[str]]:
    reader = _Shape()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.words).split()), reader.tags


class _Shape(HTMLParser):
    """The words of a piece of HTML, and how many there are of each tag."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self._spans: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img":
            # The site shows a link in place of a picture.
            self.tags["a"] += 1
            self.words.append(attributes.get("alt") or "picture")
            return
        self.tags[tag] += 1
        if tag == "span":
            sign = {"math math-inline": "$", "math math-display": "$$"}.get(attributes.get("class") or "", "")
            self._spans.append(sign)
            self.words.append(sign)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._spans:
            self.words.append(self._spans.pop())

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    multiplying = commands.add_parser("multiply")
    multiplying.add_argument("dump", type=Path)
    multiplying.add_argument("dir", type=Path)
    multiplying.add_argument("--times", type=int, default=20)
    commands.add_parser("measure").add_argument("dir", type=Path)
    commands.add_parser("round-trip").add_argument("dump", type=Path)
    arguments, more = parser.parse_known_args()
    if arguments.command == "multiply":
        multiply(arguments.dump, arguments.dir, arguments.times)
    elif arguments.command == "measure":
        measure(arguments.dir.resolve(), more)
    else:
        round_trip(arguments.dump)


if __name__ == "__main__":
    main()
