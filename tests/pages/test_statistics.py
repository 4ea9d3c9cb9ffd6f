"""Statistics: what is counted, how it is drawn, and who sees what."""

import csv
import io
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from answers import answering, moderation, proposing
from qa_site.statistics import counting
from qa_site.statistics.charts import HEIGHT, WIDTH, bar_chart, nice_top
from qa_site.templatetags.site import hours_said
from questions import arriving, merging, suggesting
from questions import moderation as question_moderation
from questions.models import DuplicateCandidate


def ago(**past) -> datetime:
    return timezone.now() - timedelta(**past)


def this_week(rows) -> list[float]:
    week, values = rows[-1]
    assert week == timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    return list(values)


def test_the_top_of_an_axis_has_a_whole_half():
    for highest in (0, 1, 2, 3, 7, 10, 11, 39, 99, 100, 12_345):
        assert nice_top(highest) >= max(2, highest)
        assert nice_top(highest) / 2 == int(nice_top(highest) / 2)
    assert [nice_top(highest) for highest in (3, 7, 11, 39, 41)] == [4, 10, 20, 40, 100]


def test_bars_are_as_high_as_their_values_and_stay_in_the_picture():
    chart = bar_chart("Tea", ("Cups", "Pots"), [("May", (10, 5)), ("June", (0, 20))])
    by_said = {bar.said: bar for bar in chart.bars}
    assert set(by_said) == {"May, Cups: 10", "May, Pots: 5", "June, Pots: 20"}
    heights = [float(bar.height) for bar in chart.bars]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    assert heights[2] == pytest.approx(2 * heights[0], abs=0.2)
    for bar in chart.bars:
        assert 0 <= float(bar.x) <= WIDTH - float(bar.width)
        assert 0 <= float(bar.y) <= HEIGHT - float(bar.height)


def test_the_table_writes_numbers_as_the_bars_do():
    chart = bar_chart(
        "Tea", ("Cups",), [("May", (1234,)), ("June", (33.0,)), ("July", (12.5,))], unit="{number} %"
    )
    assert chart.written_out == [("May", ["1,234 %"]), ("June", ["33 %"]), ("July", ["12.5 %"])]
    assert [bar.said for bar in chart.bars] == [
        f"{label}, Cups: {said}" for label, [said] in chart.written_out
    ]


@pytest.mark.parametrize("count", [1, 26, 1000])
def test_labels_do_not_run_into_each_other(count):
    chart = bar_chart("Tea", ("Cups",), [(f"{number}", (number,)) for number in range(count)])
    places = [float(label.at) for label in chart.labels]
    assert all(right - left >= 60 for left, right in pairwise(places))


def test_a_chart_of_nothing_says_so():
    assert bar_chart("Tea", ("Cups",), []).is_empty
    assert bar_chart("Tea", ("Cups",), [("May", (0,))]).is_empty


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, "–"), (0.001, "1 minute"), (0.5, "30 minutes"), (1, "1 hour"), (30, "30 hours"), (72, "3 days")],
)
def test_lengths_of_time_are_said_as_people_say_them(hours, said):
    assert hours_said(hours) == said


def test_weeks_begin_on_monday_and_end_with_the_present():
    weeks = counting.weeks(date(2026, 11, 21))
    assert len(weeks) == counting.WEEKS
    assert weeks[-1] == date(2026, 11, 16)
    assert all(week.weekday() == 0 for week in weeks)


@pytest.mark.django_db
def test_what_readers_see_is_counted(ask, moderator):
    question, other = ask("Question a?"), ask("Question b?", at=ago(days=8))
    answering.answer(question, "Answer.")
    moderation.hide(answering.answer(question, "Hidden."), by=moderator)
    merging.add_alternate("Question c?", to=question, by=moderator)
    out_of_sight = ask("Question d?")
    answering.answer(out_of_sight, "On a page that nobody sees.")
    merging.merge(ask("Question e?"), into=out_of_sight, by=moderator)
    question_moderation.hide(out_of_sight, by=moderator)
    totals = counting.totals()
    assert (totals.questions, totals.wordings, totals.answers, totals.share_answered) == (2, 3, 1, 50)
    rows = counting.written()
    assert this_week(rows) == [1, 1]
    assert sum(values[0] for _, values in rows) == 2
    merging.merge(other, into=question, by=moderator)
    # What is merged was asked all the same.
    assert sum(values[0] for _, values in counting.written()) == 2
    assert counting.family_sizes()[:3] == [("1", [0]), ("2", [0]), ("3", [1])]


@pytest.mark.django_db
def test_duplicates_are_counted_by_what_became_of_them(ask, asker, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    suggesting.suggest(a, into=b, by=asker)
    merging.merge(a, into=b, by=moderator)
    merging.merge(c, into=b, by=moderator)
    merging.unmerge(c, by=moderator)
    # The unmerge tells the two apart, which is a pair of its own that was found.
    assert this_week(counting.duplicates())[1] == 1


@pytest.mark.django_db
def test_who_came_to_ask_and_was_led_to_answers_is_a_share(ask):
    for letter in "abc":
        ask(f"Question {letter}?")
    arriving.led_to_answers()
    assert this_week(counting.caught()) == [25.0]


@pytest.mark.django_db
def test_the_time_in_a_queue_is_told_to_moderators_alone(as_guest, as_moderator, ask, asker, moderator):
    candidate = suggesting.suggest(ask("Question a?"), into=ask("Question b?"), by=asker)
    type(candidate).objects.update(
        created_at=ago(hours=5), decided_at=ago(hours=2), decision="dismissed", decided_by=moderator
    )
    [queue] = [queue for queue in counting.queues() if queue.name == "Duplicates"]
    assert (queue.decided, queue.waiting) == (1, 0)
    assert queue.median == pytest.approx(3, abs=0.01)
    assert "3 hours" in as_moderator.get("/statistics/").content.decode()
    page = as_guest.get("/statistics/").content.decode()
    assert "How long things wait" not in page
    assert "Questions and answers a week" in page


@pytest.mark.django_db
def test_a_pair_waits_though_a_guest_asked_it_and_one_told_apart_at_once_never_did(ask, moderator):
    question, other = ask("Question a?"), ask("Question b?")
    DuplicateCandidate.objects.create(
        source=question, target=other, origin="asked", confidence=0.9, created_at=timezone.now()
    )
    merging.merge(third := ask("Question c?"), into=question, by=moderator)
    merging.unmerge(third, by=moderator)
    [queue] = [queue for queue in counting.queues() if queue.name == "Duplicates"]
    assert (queue.decided, queue.waiting) == (0, 1)


@pytest.mark.django_db
def test_what_nobody_was_asked_to_decide_waits_in_no_queue(ask, asker, stranger):
    question, other = ask("Question a?"), ask("Question b?")
    DuplicateCandidate.objects.create(
        source=question, target=other, origin="mined", confidence=0.9, created_at=timezone.now()
    )
    answer = answering.answer(question, "Answer.", by=asker)
    withdrawn = proposing.propose(answer, "Another.", by=stranger, base=answer.revisions.get())
    proposing.withdraw(withdrawn)
    assert [(queue.name, queue.decided, queue.waiting) for queue in counting.queues()] == [
        (name, 0, 0)
        for name in (
            *("Duplicates", "Wordings", "Edits", "Reports", "Appeals"),
            *("Questions", "Answers", "Comments"),
        )
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["written", "duplicates", "caught", "families"])
def test_every_chart_has_its_numbers_as_a_file(as_guest, ask, name):
    ask("Question a?")
    response = as_guest.get(f"/statistics/{name}.csv")
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert len(rows) == 1 + (7 if name == "families" else counting.WEEKS)
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.django_db
def test_there_are_no_other_numbers(as_guest):
    assert as_guest.get("/statistics/passwords.csv").status_code == 404


@pytest.mark.django_db
def test_statistics_are_counted_in_few_queries_and_kept(as_guest, ask, django_assert_max_num_queries):
    ask("Question a?")
    with django_assert_max_num_queries(10):
        as_guest.get("/statistics/")
    with django_assert_max_num_queries(0):
        as_guest.get("/statistics/")
