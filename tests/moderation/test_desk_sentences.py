"""What moderators did, said from its facts: word for word in English, and whole in every language."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from qa_site.moderation import desk_log
from qa_site.moderation.models import DeskAct
from qa_site.moderation.models.acts import said

NOON = "2030-01-31T12:00:00+00:00"

WAVES = {
    ("account", "Ada"): "by Ada",
    ("address block", ""): "from one block of addresses",
    ("e-mail domain", "spam.example"): "by people with an e-mail address at spam.example",
    ("link domain", "spam.example"): "that link to spam.example",
    ("phrase", ""): "with a certain phrase in them",
}
WRITERS = {
    ("account", "jonas"): "Jonas",
    ("address block", ""): "A block of addresses",
    ("e-mail address", ""): "A guest’s e-mail address",
    ("e-mail domain", "spam.example"): "Everybody with an address at spam.example",
}
TEXTS = {
    ("question", "Why {0}?"): "“Why {0}?”",
    ("question", ""): "a question",
    ("answer", "Why {0}?"): "an answer to “Why {0}?”",
    ("answer", ""): "an answer to a hidden question",
    ("comment", "Why {0}?"): "a comment on “Why {0}?”",
    ("comment", ""): "a comment on a hidden question",
}
MEMBER = {("member", "Ada"): "the member Ada"}
WATCHED = {
    "block": "texts with it are refused",
    "hold": "texts with it wait for a moderator",
    "flag": "moderators look at texts with it",
    "replace": "it is replaced in what people write",
}


def _sentences():
    """Every kind of line with its facts and its English."""

    def of(about: str, named: str, **more: Any) -> dict[str, Any]:
        return {"about": about, **({"named": named} if named else {}), **more}

    for whom, words in WAVES.items():
        for count, texts, was, are in ((1, "1 text", "was", "is"), (1_200, "1,200 texts", "were", "are")):
            yield "wave hidden", of(*whom, count=count), f"{texts} {words} {was} hidden."
            undone = f"{texts} {words} {are} as before a wave was hidden"
            yield "wave undone", of(*whom, count=count, left=0), f"{undone}."
            left = of(*whom, count=count, left=4)
            yield "wave undone", left, f"{undone}; 4 more stay as they were decided about since."
    for whom, words in WRITERS.items():
        until = of(*whom, until=NOON)
        yield "blocked", until, f"{words} may not write until 31 January 2030, 12:00."
        yield "unblocked", of(*whom), f"{words} may write again."
    for action, words in WATCHED.items():
        yield "watched", {"action": action}, f"Another phrase is watched: {words}."
    yield "unwatched", {}, "A phrase is not watched any more."
    for whom, words in (TEXTS | MEMBER).items():
        for count, reports, was, wait in ((1, "A report", "was", "waits"), (3, "3 reports", "were", "wait")):
            facts = of(*whom, count=count)
            yield "upheld", facts, f"{reports} about {words} {was} found to be right."
            yield "declined", facts, f"{reports} about {words} {was} found to be wrong."
            yield "reopened", facts, f"{reports} about {words} {wait} again."
    for whom, words in TEXTS.items():
        for kind in ("granted", "refused"):
            yield kind, of(*whom), f"The wish for another look at {words} was {kind}."


SENTENCES = list(_sentences())


def test_every_kind_of_line_is_tried_here():
    assert {kind for kind, _, _ in SENTENCES} == set(DeskAct.Kind.values)


@pytest.mark.parametrize(
    ("kind", "facts", "english"), SENTENCES, ids=[english for _, _, english in SENTENCES]
)
def test_a_line_reads_in_english_as_it_always_did(kind, facts, english):
    assert said(kind, facts) == english


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_a_line_is_said_whole_in_every_language(language):
    with translation.override(language):
        for kind, facts, english in SENTENCES:
            sentence = said(kind, facts)
            assert sentence != english
            assert sentence.endswith(".")
            assert facts.get("named", "").lower() in sentence.lower()
            assert not any(hole in sentence for hole in ("{named}", "{number}", "{moment}"))


@pytest.mark.django_db
def test_going_back_puts_the_facts_into_english_and_leaves_old_lines_alone(moderator):
    old = DeskAct.objects.create(
        kind="unblocked", sentence_then="Somebody.", created_at=moderator.date_joined
    )
    new = desk_log.record(DeskAct.Kind.UNBLOCKED, {"about": "account", "named": "Ada"}, by=moderator)
    migration = import_module("qa_site.moderation.migrations.0004_facts_instead_of_sentences")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with translation.override("de"), connection.schema_editor() as editor:
        migration.say_in_english(apps, editor)
    assert dict(DeskAct.objects.values_list("pk", "sentence_then")) == {
        old.pk: "Somebody.",
        new.pk: "Ada may write again.",
    }
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        DeskAct.objects.update(sentence_then="Otherwise.")
