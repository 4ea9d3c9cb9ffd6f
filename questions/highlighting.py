"""Source code into HTML with a class for each kind of word: keywords, names, strings, comments. Pure functions.

Pygments reads the code. The spans and classes are ours: only what gets a colour of its own gets a span, so that
highlighted code stays about twice as large as plain code, and not ten times.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType

# What people write after the fence, and what Pygments calls it. Languages that are not here are shown plain, among
# them those that Pygments reads in bad time (docs/explanation/from-text-to-html.md says how that was measured).
LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "bash",
    "c": "c", "h": "c", "c++": "cpp", "cpp": "cpp", "hpp": "cpp", "cc": "cpp",
    "c#": "csharp", "csharp": "csharp", "cs": "csharp",
    "clojure": "clojure", "clj": "clojure",
    "css": "css", "scss": "scss",
    "dart": "dart",
    "diff": "diff", "patch": "diff",
    "dockerfile": "docker", "docker": "docker",
    "elixir": "elixir", "ex": "elixir", "erlang": "erlang",
    "f#": "fsharp", "fsharp": "fsharp",
    "go": "go", "golang": "go",
    "graphql": "graphql",
    "haskell": "haskell", "hs": "haskell",
    "html": "html", "svg": "xml", "xml": "xml",
    "java": "java",
    "javascript": "javascript", "js": "javascript", "jsx": "javascript", "mjs": "javascript",
    "json": "json",
    "julia": "julia", "jl": "julia",
    "kotlin": "kotlin", "kt": "kotlin",
    "latex": "latex", "tex": "latex",
    "lua": "lua",
    "nginx": "nginx",
    "perl": "perl", "pl": "perl",
    "php": "php",
    "powershell": "powershell", "ps1": "powershell",
    "python": "python", "py": "python", "python3": "python", "pycon": "python",
    "r": "r",
    "ruby": "ruby", "rb": "ruby",
    "rust": "rust", "rs": "rust",
    "scheme": "scheme", "lisp": "scheme",
    "sql": "sql",
    "swift": "swift",
    "toml": "toml",
    "typescript": "typescript", "ts": "typescript", "tsx": "typescript",
    "vim": "vim",
    "yaml": "yaml", "yml": "yaml",
    "zig": "zig",
}  # fmt: skip

# Longer blocks are shown plain, and so is what comes after this much code in one text.
MAX_LENGTH = 10_000

# Some of the regular expressions in Pygments take time in proportion to the square of a text that was made for it.
# Real code of the greatest length takes about 15 ms, so nobody meets this bound who did not look for it. It is
# time of this thread alone: that the machine is busy changes next to nothing.
MAX_SECONDS = 0.2

# The classes, and what they stand for; the first that fits counts. static/css/code.css gives them their colours.
_CLASSES = {
    Comment.Preproc: "k",
    Comment: "c",
    Keyword.Type: "t",
    Keyword.Constant: "m",
    Keyword: "k",
    Operator.Word: "k",
    Name.Function: "f",
    Name.Class: "t",
    Name.Decorator: "f",
    Name.Tag: "k",
    Name.Attribute: "f",
    Name.Builtin: "f",
    Name.Exception: "t",
    Name.Constant: "m",
    Name.Variable: "v",
    String.Doc: "c",
    String: "s",
    Number: "m",
    Generic.Deleted: "d",
    Generic.Inserted: "i",
    Generic.Heading: "t",
    Generic.Subheading: "t",
    Generic.Prompt: "c",
    Generic.Output: "c",
    Generic.Traceback: "d",
    Generic.Error: "d",
}
CLASSES = "".join(sorted(set(_CLASSES.values())))


class Budget:
    """How much code of one text may still be highlighted, in characters and in seconds."""

    def __init__(self) -> None:
        self.characters = MAX_LENGTH
        self.seconds = MAX_SECONDS


def highlighted(code: str, language: str, budget: Budget) -> str | None:
    """Return the code as HTML with spans of the classes above, or None when it is to be shown plain.

    That is so for a language that is not in the list, and once the budget, from which this takes, is used up.
    """
    name = LANGUAGES.get(language.lower())
    if name is None or len(code) > budget.characters or budget.seconds <= 0:
        return None
    budget.characters -= len(code)
    lexer = _lexer(name)  # loading it the first time is nobody's fault
    started = time.thread_time()
    parts: list[str] = []
    last_class, words = "", ""
    try:
        for nth, (kind, value) in enumerate(_tokens(lexer, code)):
            # Asking for the time takes some itself.
            if nth % 4 == 3 and time.thread_time() - started > budget.seconds:
                return None
            class_ = _class(kind)
            # Neighbours of one kind share a span, and space between needs none.
            if class_ == last_class or value.isspace():
                words += value
            else:
                parts.append(_span(last_class, words))
                last_class, words = class_, value
        parts.append(_span(last_class, words))
    finally:
        budget.seconds -= time.thread_time() - started
    return "".join(parts)


def _tokens(lexer: Lexer, code: str) -> Iterable[tuple[_TokenType, str]]:
    return ((kind, value) for _, kind, value in lexer.get_tokens_unprocessed(code))


def _span(class_: str, words: str) -> str:
    said = escape(words, quote=False)
    if not class_ or not words:
        return said
    # The space after the words belongs to none.
    end = len(said.rstrip())
    return f'<span class="{class_}">{said[:end]}</span>{said[end:]}'


@cache
def _lexer(name: str) -> Lexer:
    # Only now the module of this lexer is loaded. People leave the "<?php" out.
    return get_lexer_by_name(name, **({"startinline": True} if name == "php" else {}))


@cache
def _class(kind: _TokenType) -> str:
    for known, class_ in _CLASSES.items():
        if kind in known:
            return class_
    return ""
