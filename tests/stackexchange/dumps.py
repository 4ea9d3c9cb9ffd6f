"""Small dumps for tests, written as Stack Exchange writes them."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

ROOTS = {
    "Posts.xml": "posts",
    "Users.xml": "users",
    "Comments.xml": "comments",
    "PostLinks.xml": "postlinks",
    "Votes.xml": "votes",
    "Tags.xml": "tags",
    "PostHistory.xml": "posthistory",
}
DAY = "2018-03-12T17:00:45.567"


def question(
    number: int, title: str | None, body: str = "<p>Please explain.</p>", **attributes: object
) -> dict:
    columns = {"Id": number, "PostTypeId": 1, "CreationDate": DAY, "Score": 3, "ViewCount": 9, "Body": body}
    return columns | ({"Title": title} if title is not None else {}) | {"Tags": "<qubit><c++>"} | attributes


def answer(number: int, parent: int, body: str = "<p>Like this.</p>", **attributes: object) -> dict:
    return {
        "Id": number,
        "PostTypeId": 2,
        "ParentId": parent,
        "CreationDate": DAY,
        "Score": 2,
        "Body": body,
    } | attributes


def user(number: int, name: str, **attributes: object) -> dict:
    return {"Id": number, "Reputation": 1, "CreationDate": DAY, "DisplayName": name} | attributes


def comment(number: int, post: int, text: str, **attributes: object) -> dict:
    return {"Id": number, "PostId": post, "Score": 0, "Text": text, "CreationDate": DAY} | attributes


def vote(number: int, post: int, kind: int = 2, **attributes: object) -> dict:
    columns = {"Id": number, "PostId": post, "VoteTypeId": kind, "CreationDate": "2018-03-12T00:00:00.000"}
    return columns | attributes


def link(number: int, post: int, related: int, kind: int = 3, at: str = DAY) -> dict:
    return {"Id": number, "CreationDate": at, "PostId": post, "RelatedPostId": related, "LinkTypeId": kind}


def history(number: int, post: int, text: str, kind: int = 2, at: str = DAY, **attributes: object) -> dict:
    columns = {"Id": number, "PostHistoryTypeId": kind, "PostId": post, "CreationDate": at, "Text": text}
    return columns | attributes


def write(folder: Path, **files: list[dict]) -> Path:
    """Write a dump: posts=[…], users=[…] and so on. Returns the folder."""
    folder.mkdir(exist_ok=True)
    for name, root in ROOTS.items():
        if root in files:
            (folder / name).write_text(document(root, files[root]), encoding="utf-8-sig")
    return folder


def document(root: str, rows: list[dict]) -> str:
    quoted = {'"': "&quot;", "\n": "&#xA;", "\t": "&#x9;", "\r": "&#xD;"}
    lines = [
        "  <row "
        + " ".join(f'{name}="{escape(str(value), quoted)}"' for name, value in row.items())
        + " />\n"
        for row in rows
    ]
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n{"".join(lines)}</{root}>'
