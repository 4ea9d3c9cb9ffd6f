"""The external checker: whatever it does, there is an opinion in time."""

import logging
from threading import Event

import pytest

from door import checking
from door.checking import Opinion, Submission, opinion

SUBMISSION = Submission(
    text="Very secret words", kind="comment", email="guest@example.org", address="192.0.2.7"
)


def says_spam(submission):
    return "spam" if submission.text else "fine"


def says_nonsense(submission):
    return "perhaps"


def breaks(submission):
    raise ValueError(submission.text)


asked = []
let_go = Event()


def hangs(submission):
    asked.append(submission)
    let_go.wait()
    return "fine"


@pytest.fixture(autouse=True)
def nothing_hangs_on():
    """Threads that hang end with the test, and not before, however slow the machine is."""
    let_go.clear()
    yield
    let_go.set()


def test_without_a_checker_everything_is_fine(settings):
    settings.SPAM_CHECKER = ""
    assert opinion(SUBMISSION) == Opinion.FINE


def test_what_the_checker_says_counts(settings):
    settings.SPAM_CHECKER = f"{__name__}.says_spam"
    assert opinion(SUBMISSION) == Opinion.SPAM


@pytest.mark.parametrize("checker", ["says_nonsense", "breaks", "hangs", "is_not_there"])
def test_trouble_is_unsure_and_the_log_tells_no_words_and_no_address(settings, caplog, checker):
    settings.SPAM_CHECKER = f"{__name__}.{checker}"
    settings.SPAM_CHECKER_TIMEOUT = 0.1
    with caplog.at_level(logging.WARNING):
        assert opinion(SUBMISSION) == Opinion.UNSURE
    assert len(caplog.records) == 1
    assert "held" in caplog.text
    for secret in (SUBMISSION.text, SUBMISSION.email, SUBMISSION.address):
        assert secret not in caplog.text


def test_a_checker_that_hangs_does_not_use_up_the_threads(settings, monkeypatch):
    settings.SPAM_CHECKER = f"{__name__}.hangs"
    settings.SPAM_CHECKER_TIMEOUT = 0.05
    monkeypatch.setattr(checking, "_places", checking.BoundedSemaphore(1))
    asked_before = len(asked)
    assert [opinion(SUBMISSION) for _ in range(5)] == [Opinion.UNSURE] * 5
    assert len(asked) == asked_before + 1
