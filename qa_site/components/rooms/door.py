"""The door: signing in and up, the stamp of a form, confirming an address, and being kept out."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.forms import LoginForm, ResetPasswordForm

from qa_site.components import texts
from qa_site.components.specimens import Reader, Room, Specimen, of


def specimens() -> Iterator[Specimen]:
    yield Specimen("Stamp", "nothing of it is seen", "door/_stamp.html", _STAMP, within="form")
    yield from of(
        "Fields of an account",
        "allauth/elements/fields.html",
        [
            ("signing in", {"attrs": {"form": LoginForm()}}),
            ("signing in, wrong", {"attrs": {"form": LoginForm({"login": "nobody"})}}),
            ("a forgotten password", {"attrs": {"form": ResetPasswordForm()}}),
        ],
        reader=Reader.GUEST,
        within="form.form",
    )
    yield from of(
        "Confirming an address",
        "answers/confirm.html",
        [("the same browser", {"is_same_browser": True}), ("another browser", {"is_same_browser": False})],
        reader=Reader.GUEST,
        block="content",
    )
    yield from of(
        "Kept out",
        "site/error.html",
        [
            ("429", {"title": "That was too often", "explanation": "It goes on at 14:05.", "typed": _TYPED}),
            (
                "blocked",
                {"title": "You may not write until 3 March", "explanation": f"“{texts.LONG_WORDING}”"},
            ),
        ],
        block="content",
    )


_STAMP = {"field": "stamp", "stamp": "made up", "trap": "topic"}
_TYPED = [("text", texts.LEAD)]

ROOM = Room("door", "At the door", specimens)
