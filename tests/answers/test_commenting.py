"""What is stored of comments, in which threads they stand, and cleaning them anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from answers import commenting
from answers.commenting import likeness, recent_copy
from answers.models import Comment
from answers.threads import DEPTH, threads


@pytest.mark.django_db
def test_all_comments_are_cleaned_anew_and_those_that_changed_are_counted(ask, capsys):
    question = ask("How warm is lava?")
    commenting.comment(question, "Kept as it is.")
    stale = commenting.comment(question, "<b>x1</b> <u>y</u>")
    Comment.objects.filter(pk=stale.pk).update(html="<p><u>from an older list</u></p>", likeness="")
    call_command("clean_comments")
    assert capsys.readouterr().out == "1 of 2 comments changed.\n"
    stale.refresh_from_db()
    assert (stale.html, stale.text) == ("<p><b>x1</b> y</p>", "<b>x1</b> <u>y</u>")
    call_command("clean_comments")
    assert capsys.readouterr().out == "0 of 2 comments changed.\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buy the best ovens of all!", "buy <b>THE best</b>\n\novens, of all"),
        ("Buy the best ovens here: https://a.example", "Buy the best ovens here www.b.example/x?y"),
    ],
)
def test_texts_of_the_same_words_are_alike_whatever_their_links_and_signs(one, other):
    assert likeness(one) == likeness(other) != ""


def test_short_texts_and_other_words_are_not_alike():
    assert likeness("Thank you very much!") == ""
    assert likeness("<" * 5_000) == ""
    assert likeness("Buy the best ovens of all") != likeness("Buy the best ovens of any")


@pytest.mark.django_db
def test_the_same_words_count_as_a_copy_for_thirty_days(ask):
    question, words, now = ask("How warm is lava?"), "Buy the best ovens of all", timezone.now()
    commenting.comment(question, words, at=now - timedelta(days=31))
    assert recent_copy(words) is None
    recent = commenting.comment(question, words, at=now - timedelta(days=29))
    assert recent_copy(words.upper()) == recent


def test_threads_are_of_a_readable_depth_and_lose_nothing():
    comments = [Comment(pk=n, replies_to_id=n - 1 if n > 1 else None) for n in range(1, 8)]
    [top] = threads(comments)
    deepest, node = 1, top
    while node.replies:
        deepest, node = deepest + 1, node.replies[0]
    assert deepest == DEPTH
    assert top.count == 7
    third = top.replies[0].replies
    assert [thread.comment.pk for thread in third] == [3, 4, 5, 6, 7]
    assert [thread.in_reply_to and thread.in_reply_to.pk for thread in third] == [None, 3, 4, 5, 6]


def test_a_reply_to_what_is_not_shown_stands_for_itself_and_says_so():
    first, second = threads([Comment(pk=1), Comment(pk=3, replies_to_id=2)])
    assert (first.is_reply_to_hidden, second.is_reply_to_hidden) == (False, True)
