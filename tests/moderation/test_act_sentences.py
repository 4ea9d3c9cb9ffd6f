"""What was done to a text, said of it where it stands beside the line: of each kind of text in its own words."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from answers.models import AnswerAct, CommentAct
from qa_site.moderation.act_sentences import about_it, how_it_was_hidden
from questions.models import STATE_AFTER, Act

WHEN = SafeString("<time>just now</time>")


@pytest.mark.parametrize("log", [Act, AnswerAct, CommentAct])
def test_every_act_of_every_log_is_said(log):
    for kind in log.Kind:
        assert about_it(log(kind=kind)).startswith("It ")


@pytest.mark.parametrize(
    ("log", "french"),
    [(Act, "Question masquée."), (AnswerAct, "Réponse masquée."), (CommentAct, "Commentaire masqué.")],
)
def test_languages_with_genders_use_that_of_the_text(log, french):
    with translation.override("fr"):
        assert about_it(log(kind="hidden")) == french


@pytest.mark.parametrize("log", [Act, AnswerAct, CommentAct])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("hidden", "It was hidden <time>just now</time>"),
        ("rejected", "It was rejected <time>just now</time>"),
        ("spam", "It was marked as spam <time>just now</time>"),
    ],
)
def test_when_and_why_it_was_hidden_with_the_reason_escaped(log, kind, said):
    assert STATE_AFTER[kind] in ("hidden", "rejected", "spam")
    assert how_it_was_hidden(log(kind=kind), WHEN) == f"{said}."
    assert how_it_was_hidden(log(kind=kind, reason="<b>No"), WHEN) == f"{said}: “&lt;b&gt;No”."
