import pytest

from answers import reporting
from answers.models import Report
from door.models import TrainedText
from qa_site.moderation.deciding import decide, undo
from qa_site.moderation.models import Note
from questions.models import State
from questions.moderation import DecidedMeanwhile


def state(thing) -> str:
    thing.refresh_from_db()
    return thing.state


@pytest.mark.parametrize("after", [State.APPROVED, State.SPAM, State.REJECTED])
def test_a_decision_is_logged_and_undone(held, moderator, after):
    act = decide(held, after, by=moderator, reason="Because.")
    assert (act.kind, act.by, act.reason) == (after.value, moderator, "Because.")
    assert state(held) == after
    undone = undo(act, by=moderator)
    assert undone.kind == "returned"
    assert state(held) == State.PENDING


def test_what_was_hidden_twice_comes_back_step_by_step(held, moderator):
    approved = decide(held, State.APPROVED, by=moderator)
    hidden = decide(held, State.HIDDEN, by=moderator)
    with pytest.raises(DecidedMeanwhile):
        undo(approved, by=moderator)
    undo(hidden, by=moderator)
    assert state(held) == State.APPROVED


def test_only_the_first_of_two_decides(held, moderator, second_moderator):
    decide(held, State.APPROVED, by=moderator, expected=State.PENDING)
    with pytest.raises(DecidedMeanwhile):
        decide(held, State.SPAM, by=second_moderator, note="Not kept.", expected=State.PENDING)
    assert state(held) == State.APPROVED
    assert not Note.objects.exists()


def test_a_note_is_kept_about_the_text(held, moderator):
    decide(held, State.REJECTED, by=moderator, note="Third time this week.")
    note = Note.objects.get()
    assert (note.about, note.text, note.by) == (held, "Third time this week.", moderator)


@pytest.mark.parametrize(
    ("after", "outcome"), [(State.APPROVED, "declined"), (State.SPAM, "upheld"), (State.HIDDEN, "upheld")]
)
def test_deciding_settles_reports_and_undoing_opens_them(held, moderator, stranger, after, outcome):
    report = reporting.report(held, "rude", by=stranger)
    act = decide(held, after, by=moderator, said="Thank you.")
    report.refresh_from_db()
    assert (report.outcome, report.settled_by, report.said) == (outcome, moderator, "Thank you.")
    undo(act, by=moderator)
    assert Report.objects.open().get() == report


def test_the_classifier_learns_from_decisions_and_forgets_what_is_undone(held, moderator):
    kind = type(held)._meta.model_name
    act = decide(held, State.SPAM, by=moderator)
    learnt = TrainedText.objects.get()
    assert (learnt.kind, learnt.number, learnt.is_spam) == (kind, held.pk, True)
    undo(act, by=moderator)
    assert not TrainedText.objects.exists()
    decide(held, State.APPROVED, by=moderator)
    assert not TrainedText.objects.get().is_spam
    decide(held, State.HIDDEN, by=moderator)
    assert not TrainedText.objects.exists()
