"""How long cleaning the worst comments takes that we could think of, 10 kB each: python benchmarks/comments.py

Times are those of the processor, so that what else runs on the machine does not count.
"""

import time
from itertools import cycle, islice

from answers.markup import MAX_TAGS, comment_html

SIZE = 10_000


def filled(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def up_to_the_limit(piece: str, filling: str = "x") -> str:
    """So many tags as are taken, and the rest of the size filled with something else."""
    tags = piece * (MAX_TAGS // piece.count("<"))
    return (tags + filled(filling))[:SIZE]


def different(start: str, end: str, filling: str) -> str:
    tags = "".join(f"{start}{n}{end}" for n in range(MAX_TAGS - 1))
    return (tags + filled(filling))[:SIZE]


CASES = {
    "plain words": filled("words and more words. "),
    "as many paragraphs as fit": filled("x\n\n"),
    "nested tags past the limit": filled("<b>"),
    "nested tags up to the limit": up_to_the_limit("<b>"),
    "nested tags, then paragraphs": up_to_the_limit("<b>", "x\n\n"),
    "different tags, then paragraphs": different("<b a=", ">", "x\n\n"),
    "links that are never ended": different("<a href=https://e.example/", ">x", "y"),
    "links to other hosts than they say": up_to_the_limit("<a href=https://e.example>bank.com</a> "),
    "ends that fit no beginning": different("<b a=", "></i>"[:1], "</i>"),
    "quotations in each other": up_to_the_limit("<blockquote>x"),
    "tables in tables": up_to_the_limit("<table><b>"),
    "a link of dots": f"<a href=https://e.example>{filled('a.')}</a>",
    "a link of hyphens": f"<a href=https://e.example>{filled('a-')}</a>",
    "an address without end": f"<a href='https://{filled('a.')}'>x</a>",
    "an address of umlauts": f"<a href='https://{filled('ü.')}'>x</a>",
    "a tag of attributes": "<a " + "".join(islice((f"a{n}=1 " for n in cycle(range(10**9))), 1_400)) + ">x",
    "entities": filled("&notit;"),
    "angle brackets": filled("<"),
    "comments": filled("<!--"),
    "spaces and line ends": filled(" \n"),
}


def main() -> None:
    comment_html("<b>once, so that everything is loaded</b>")
    slowest = 0.0
    for name, text in CASES.items():
        times = []
        for _ in range(7):
            start = time.process_time()
            html = comment_html(text)
            times.append(time.process_time() - start)
        middle = sorted(times)[len(times) // 2] * 1_000
        slowest = max(slowest, middle)
        print(f"{name:38} {len(text):>6} -> {len(html):>6} characters {middle:6.1f} ms")
    print(f"The slowest: {slowest:.1f} ms")


if __name__ == "__main__":
    main()
