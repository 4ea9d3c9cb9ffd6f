"""A block of a dump into the rows that go into the staging tables. Pure functions, run in worker processes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

from answers.markup import comment_html
from qa_site.stackexchange.comment_markdown import comment_text
from qa_site.stackexchange.dump import DumpError
from qa_site.stackexchange.html_markdown import markdown
from qa_site.stackexchange.reading import Block, Row, rows
from questions import wording
from questions.markdown import lead, markdown_html

# As in the models; a test holds them together, for workers do without Django.
MAX_NAME_LENGTH = 60
MAX_SUMMARY_LENGTH = 300
MAX_TAG_LENGTH = 100
LEAD_LENGTH = 170

_INITIAL_AND_LATER_BODIES = {"2", "5", "8"}
_TITLES_AND_TAGS = {"1", "3", "4", "6", "7", "9"}
_OTHER_POSTS = {
    "3": "orphaned tag descriptions",
    "4": "tag descriptions (excerpts)",
    "5": "tag descriptions",
    "6": "moderator nominations",
    "7": "site notices",
    "8": "privilege descriptions",
}


@dataclass(frozen=True)
class Options:
    """What is the same for all blocks of a dump.

    `address` is where relative links start; `has_history` says that bodies will be compared with PostHistory;
    `pictures`, that the site shows pictures.
    """

    address: str
    has_history: bool
    pictures: bool = False


@dataclass
class Converted:
    """What became of a block: text for COPY by staging table, and how many rows were left out, by reason."""

    file: str
    size: int
    rows: int = 0
    tables: dict[str, list[str]] = field(default_factory=dict)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, table: str, *values: str | int | None) -> None:
        self.tables.setdefault(table, []).append(_copy_line(values))

    def leave_out(self, what: str, why: str, count: int = 1) -> None:
        self.left_out[what, why] += count


def convert(block: Block, options: Options) -> tuple[Converted, dict[str, bytes]]:
    """Return what becomes of a block, its tables joined and encoded. Raises DumpError, naming file and line."""
    result = Converted(block.file, block.size)
    read = rows(block)
    result.rows = len(read)
    _CONVERTERS[block.file](_numbered(block.file, read), result, options)
    tables = {table: "".join(lines).encode() for table, lines in result.tables.items()}
    result.tables = {}
    return result, tables


class _Fields:
    """The attributes of a row, read as what they should be. A value that is no number or date is damage."""

    __slots__ = ("file", "line", "row")

    def __init__(self, file: str, line: int, row: Row) -> None:
        self.file = file
        self.line = line
        self.row = row

    def number(self, name: str) -> int | None:
        value = self.row.get(name)
        if not value:
            return None
        if not (value.removeprefix("-").isdecimal() and value.isascii() and len(value) < 19):
            raise DumpError(f"{self.file}, line {self.line}: {name}=“{value[:40]}” is not a number.")
        return int(value)

    def small_number(self, name: str) -> int:
        value = self.number(name) or 0
        if not -(2**31) <= value < 2**31:
            raise DumpError(f"{self.file}, line {self.line}: {name}=“{value}” is too large a number.")
        return value

    def date(self, name: str) -> str | None:
        value = self.row.get(name)
        if not value:
            return None
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise DumpError(f"{self.file}, line {self.line}: {name}=“{value[:40]}” is not a date.") from error
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()

    def text(self, name: str) -> str:
        return self.row.get(name, "")

    def name(self, name: str) -> str:
        return shown_name(self.row.get(name, ""))


def _numbered(file: str, read: list[tuple[int, Row]]) -> Iterable[tuple[int, _Fields]]:
    """Yield each row with its Id, which every row of every dump has."""
    for line, row in read:
        fields = _Fields(file, line, row)
        number = fields.number("Id")
        if number is None:
            raise DumpError(f"{file}, line {line}: this row has no Id.")
        yield number, fields


def _users(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    for number, fields in read:
        joined = fields.date("CreationDate") or "1970-01-01T00:00:00+00:00"
        result.add("staged_user", number, fields.name("DisplayName") or f"user{number}", joined)


def _tags(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    # Tags come in with the questions that carry them. This file adds only those that none carries.
    for _, fields in read:
        if name := fields.text("TagName").lower()[:MAX_TAG_LENGTH]:
            result.add("staged_tag", name)


def _votes(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    useful: Counter[int] = Counter()
    others: Counter[str] = Counter()
    for _, fields in read:
        kind, post = fields.row.get("VoteTypeId", ""), fields.number("PostId")
        if post is None:
            others["votes on nothing"] += 1
        elif kind == "2":
            useful[post] += 1
        elif kind == "5" and (user := fields.number("UserId")) is not None:
            result.add(
                "staged_favourite", post, user, fields.date("CreationDate") or "1970-01-01T00:00:00+00:00"
            )
        else:
            others[_VOTES.get(kind, "other votes")] += 1
    for post, votes in useful.items():
        result.add("staged_vote", post, votes)
    for what, count in others.items():
        result.leave_out(what, _WHY_NO_VOTES.get(what, "there is no such thing here"), count)


_VOTES = {
    "1": "acceptances",
    "3": "votes against",
    "5": "favourites of nobody in particular",
    "8": "bounties",
    "9": "bounties",
}

_WHY_NO_VOTES = {
    "acceptances": "accepted answers come in by the AcceptedAnswerId of their questions",
    "favourites of nobody in particular": "without a person to follow the question",
    "votes on nothing": "without a post",
}


def _history(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    for number, fields in read:
        kind, post, at = (
            fields.text("PostHistoryTypeId"),
            fields.number("PostId"),
            fields.date("CreationDate"),
        )
        text = fields.text("Text").replace("\r\n", "\n").strip("\n")
        if kind not in _INITIAL_AND_LATER_BODIES:
            what = (
                "former titles and tags"
                if kind in _TITLES_AND_TAGS
                else "notes on closing, locking and the like"
            )
            result.leave_out(what, "only the history of texts is kept")
        elif post is None or at is None or not text.strip():
            result.leave_out("former texts", "without a post, a date or any words")
        else:
            html = markdown_html(text, pictures=options.pictures)
            editor = fields.number("UserId")
            result.add(
                "staged_history",
                *(post, number, editor, _guest_name(editor, fields.name("UserDisplayName")), at),
                *(" ".join(fields.text("Comment").split())[:MAX_SUMMARY_LENGTH], text, html),
                *(lead(html, LEAD_LENGTH), signature(html)),
            )


def _posts(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    for number, fields in read:
        kind = fields.text("PostTypeId")
        at = fields.date("CreationDate")
        if kind not in ("1", "2"):
            result.leave_out(
                _OTHER_POSTS.get(kind, "posts of an unknown kind"), "there is no such thing here"
            )
        elif at is None:
            result.leave_out("questions" if kind == "1" else "answers", "without a date")
        elif kind == "1":
            _question(number, at, fields, result, options)
        else:
            _answer(number, at, fields, result, options)


def _question(number: int, at: str, fields: _Fields, result: Converted, options: Options) -> None:
    if not fields.text("Title").strip():
        result.leave_out("questions", "without a title")
        return
    try:
        title = wording.clean(fields.text("Title"))
    except wording.WordingError as error:
        result.leave_out("questions", f"the title cannot be a wording: {error}")
        return
    owner = fields.number("OwnerUserId")
    body = fields.text("Body")
    details = markdown(body, options.address)
    tags = dict.fromkeys(
        tag.lower()[:MAX_TAG_LENGTH] for tag in re.findall(r"[^<>|\s]+", fields.text("Tags"))
    )
    result.add(
        "staged_question",
        *(number, title, wording.key(title), owner, _guest_name(owner, fields.name("OwnerDisplayName")), at),
        *(details, markdown_html(details, pictures=options.pictures) if details else "", _array(tags)),
        *(fields.number("AcceptedAnswerId"), fields.small_number("Score")),
        signature(body) if options.has_history else None,
    )


def _answer(number: int, at: str, fields: _Fields, result: Converted, options: Options) -> None:
    parent = fields.number("ParentId")
    body = fields.text("Body")
    text = markdown(body, options.address)
    if parent is None:
        result.leave_out("answers", "without a question")
        return
    if not text:
        result.leave_out("answers", "without a text")
        return
    owner = fields.number("OwnerUserId")
    html = markdown_html(text, pictures=options.pictures)
    result.add(
        "staged_answer",
        *(number, parent, owner, _guest_name(owner, fields.name("OwnerDisplayName")), at),
        *(
            fields.date("LastEditDate"),
            text,
            html,
            lead(html, LEAD_LENGTH),
            fields.small_number("Score"),
        ),
        signature(body) if options.has_history else None,
    )


def _links(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    for number, fields in read:
        post, related = fields.number("PostId"), fields.number("RelatedPostId")
        at = fields.date("CreationDate")
        if fields.text("LinkTypeId") != "3":
            result.leave_out("links between posts", "they do not say that two questions are one")
        elif post is None or related is None or at is None:
            result.leave_out("duplicate links", "without a post or a date")
        else:
            result.add("staged_link", number, post, related, at)


def _comments(read: Iterable[tuple[int, _Fields]], result: Converted, options: Options) -> None:
    for number, fields in read:
        post, at = fields.number("PostId"), fields.date("CreationDate")
        text = comment_text(fields.text("Text").strip(), options.address)
        html = comment_html(text)
        if post is None or at is None or not html:
            result.leave_out("comments", "without a post, a date or any words")
            continue
        author = fields.number("UserId")
        guest_name = _guest_name(author, fields.name("UserDisplayName"))
        result.add("staged_comment", number, post, author, guest_name, at, text, html)


_CONVERTERS: dict[str, Callable[[Iterable[tuple[int, _Fields]], Converted, Options], None]] = {
    "Users.xml": _users,
    "Tags.xml": _tags,
    "Votes.xml": _votes,
    "PostHistory.xml": _history,
    "Posts.xml": _posts,
    "PostLinks.xml": _links,
    "Comments.xml": _comments,
}


def shown_name(name: str) -> str:
    """Return a name on one line, without signs that cannot be seen, of at most 60 characters; perhaps empty."""
    if not name.isprintable():
        name = "".join(" " if c.isspace() else c for c in name if c.isspace() or c.isprintable())
    return " ".join(name.split())[:MAX_NAME_LENGTH].rstrip()


def _guest_name(number: int | None, name: str) -> str:
    """Return the name to show while nobody is known by this number: "user123" as on Stack Exchange, if need be."""
    return name or (f"user{number}" if number is not None else "")


def signature(html: str) -> int:
    """Return a number that two pieces of HTML share when they read alike.

    Alike are the words, without regard to space, and the numbers of code blocks, list items, links, tables,
    quotations and headings. Serves to tell whether a Markdown text from PostHistory says what the body says.
    """
    html = _PICTURE.sub(_words_of_picture, html)
    html = _MATHEMATICS.sub(lambda match: f"{_DOLLARS[match[1]]}{match[2]}{_DOLLARS[match[1]]}", html)
    # Headings of any level are alike: the site moves all of them down by two.
    shape = Counter(name[0].lower() for name in _STRUCTURE.findall(html))
    words = "".join(unescape(_TAG.sub("", html)).split())
    digest = hashlib.blake2b(f"{sorted(shape.items())}{words}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_MATHEMATICS = re.compile(r'<span class="math math-(inline|display)">([^<]*)</span>')
_DOLLARS = {"inline": "$", "display": "$$"}
_STRUCTURE = re.compile(r"<(pre|li|a|table|blockquote|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def _words_of_picture(match: re.Match[str]) -> str:
    words = re.search(r'alt="([^"]*)"', match[0])
    return f"<a>{words[1] if words and words[1] else 'picture'}</a>"


def _array(values: Iterable[str]) -> str:
    quoted = ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return f"{{{quoted}}}"


def _copy_line(values: Iterable[str | int | None]) -> str:
    """Return one row in the text format of COPY."""
    return "\t".join([_copy_value(value) for value in values]) + "\n"


def _copy_value(value: str | int | None) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, int):
        return str(value)
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
