"""The public log: everything that moderators do, for everybody, without what is hidden."""

import pytest

from answers import answering, commenting, folding
from answers import moderation as answer_moderation
from answers.models import CommentAct
from qa_site.moderation import desk_log
from qa_site.moderation.deciding import decide
from qa_site.moderation.models import DeskAct
from qa_site.moderation.models.desk_sentences import Facts
from questions import merging
from questions.models import Act, State


def entries(client, address="/log/") -> list[str]:
    return [entry.sentence for entry in client.get(address).context["entries"]]


@pytest.fixture
def busy(question, comment, answer, ask, moderator):
    """One act in each of the logs, in this order."""
    merging.merge(ask("How do bees find home?"), into=question, by=moderator, reason="The same.")
    decide(answer, State.APPROVED, by=moderator, reason="Helps.")
    decide(comment, State.SPAM, by=moderator, reason="An advertisement.")


def test_every_act_stands_there_with_who_when_and_why(as_guest, busy):
    assert entries(as_guest) == [
        "A comment on “How do bees find their way?” was marked as spam.",
        "An answer to “How do bees find their way?” was approved.",
        "“How do bees find home?” was merged into “How do bees find their way?”.",
    ]
    page = as_guest.get("/log/").content.decode()
    for reason in ("The same.", "Helps.", "An advertisement.", "Mei"):
        assert reason in page
    assert "I wonder too." not in page
    assert "Undo" not in page


@pytest.mark.parametrize(("of", "number"), [("questions", 1), ("answers", 1), ("comments", 1), ("desk", 0)])
def test_filters_are_words(as_guest, busy, of, number):
    assert len(entries(as_guest, f"/log/?of={of}")) == number
    assert len(entries(as_guest, "/log/?of=zebras")) == 3


def test_a_hidden_question_is_named_to_moderators_only(as_guest, as_moderator, question, answer, moderator):
    decide(answer, State.APPROVED, by=moderator)
    decide(question, State.HIDDEN, by=moderator, reason="Spam.")
    for address in ("/log/", "/log/?of=questions", "/log/?of=answers"):
        assert "bees" not in as_guest.get(address).content.decode()
    assert entries(as_guest) == ["A question was hidden.", "An answer to a hidden question was approved."]
    assert "“How do bees find their way?” was hidden." in entries(as_moderator)


def test_moderators_undo_from_the_log(as_moderator, comment, moderator):
    act = decide(comment, State.SPAM, by=moderator)
    page = as_moderator.get("/log/").content.decode()
    assert f"/review/comments/undo/?acts={act.pk}" in page
    response = as_moderator.post(f"/review/comments/undo/?acts={act.pk}", {"next": "/log/"})
    assert (response.status_code, response.url) == (303, "/log/")
    comment.refresh_from_db()
    assert comment.state == "pending"
    response = as_moderator.post(f"/review/comments/undo/?acts={act.pk}", {"next": "/log/"}, follow=True)
    assert "Somebody has decided otherwise since" in response.content.decode()
    assert CommentAct.objects.count() == 2


def test_pages_follow_each_other_through_all_logs_without_gap_or_repetition(
    as_guest, settings, question, answer, comment, moderator
):
    for _ in range(4):
        for thing in (question, answer, comment):
            decide(thing, State.HIDDEN, by=moderator)
            decide(thing, State.APPROVED, by=moderator)
    # Acts of the very same moment, as a wave or an import writes them.
    moment = Act.objects.latest("pk").created_at
    Act.objects.bulk_create(
        Act(kind="locked", question=question, question_text=f"Same moment {n}", created_at=moment)
        for n in range(5)
    )
    CommentAct.objects.bulk_create(
        CommentAct(kind="approved", comment=comment, created_at=moment, reason=f"Same {n}") for n in range(5)
    )
    everything = entries_with_reasons(as_guest, settings, size=1_000)
    assert len(everything) == 34
    settings.QUESTIONS_PER_PAGE = 4
    walked, address, pages = [], "/log/", []
    while True:
        context = as_guest.get(address).context
        pages.append([key(entry) for entry in context["entries"]])
        walked += pages[-1]
        if not context["page"].older:
            break
        address = f"/log/?after={context['page'].older.replace('+', '%2B')}"
    assert walked == everything
    back = []
    while context["page"].newer:
        context = as_guest.get(f"/log/?before={context['page'].newer.replace('+', '%2B')}").context
        back.insert(0, [key(entry) for entry in context["entries"]])
    assert [one for page in back for one in page] == everything[: len(everything) - len(pages[-1])]


def key(entry) -> tuple:
    return type(entry.act).__name__, entry.act.pk


def entries_with_reasons(client, settings, size) -> list[tuple]:
    settings.QUESTIONS_PER_PAGE = size
    return [key(entry) for entry in client.get("/log/").context["entries"]]


@pytest.mark.parametrize("token", ["x", "2026-01-01_0_1", "2026-01-01T00:00:00+00:00_9_1", "_0_1", "a_b_c_d"])
def test_a_page_that_was_never_given_is_a_404(as_guest, token):
    assert as_guest.get("/log/", {"after": token}).status_code == 404


def test_the_number_of_queries_does_not_grow(as_guest, busy, question, moderator, django_assert_num_queries):
    with django_assert_num_queries(4):  # a log each
        as_guest.get("/log/")
    for number in range(10):
        written = commenting.comment(question, f"Comment {number}", by=None)
        decide(written, State.SPAM, by=moderator)
        one = answering.answer(question, f"Answer {number}", by=None)
        other = answering.answer(question, f"Other answer {number}", by=None)
        folding.fold(one, into=other, by=moderator)
        answer_moderation.protect(other, by=moderator)
    with django_assert_num_queries(4):
        as_guest.get("/log/")


def test_folding_names_both_answers(as_guest, question, moderator):
    one = answering.answer(question, "One.", by=None)
    other = answering.answer(question, "Other.", by=None)
    folding.fold(one, into=other, by=moderator)
    assert entries(as_guest) == [
        "An answer to “How do bees find their way?” was folded into an answer to “How do bees find their way?”."
    ]


def test_moderators_are_led_from_an_act_of_the_desk_to_where_it_is_undone(as_guest, as_moderator, moderator):
    said: list[tuple[str, str, Facts, str]] = [
        (
            "wave hidden",
            "waves",
            {"about": "phrase", "count": 3},
            "3 texts with a certain phrase in them were hidden.",
        ),
        (
            "blocked",
            "blocks",
            {"about": "address block", "until": "2030-01-31T12:00:00+00:00"},
            "A block of addresses may not write until 31 January 2030, 12:00.",
        ),
        ("watched", "words", {"action": "block"}, "Another phrase is watched: texts with it are refused."),
    ]
    for kind, page, facts, sentence in said:
        desk_log.record(DeskAct.Kind(kind), facts, by=moderator)
        link = f'<a href="/review/{page}/">{sentence}</a>'
        assert link in as_moderator.get("/log/").content.decode()
        assert f'href="/review/{page}/"' not in as_guest.get("/log/").content.decode()
