"""Following a question, whatever it is merged into."""

import pytest

from questions import following, merging
from questions.models import Follow

pytestmark = pytest.mark.django_db


def test_following_twice_is_following_once(ask, stranger):
    question = ask("How do tides work?")
    for _ in range(2):
        following.follow(question, by=stranger)
    follow = Follow.objects.get()
    assert (follow.question, follow.user) == (question, stranger)


def test_unfollowing_at_the_primary_ends_a_follow_that_began_at_an_alternate(ask, asker, stranger):
    question, other = ask("How do tides work?"), ask("Why does the sea rise?")
    for member in (asker, stranger):
        following.follow(other, by=member)
    merging.merge(other, into=question, by=None)
    question.refresh_from_db()
    following.unfollow(question, by=stranger)
    assert [follow.user for follow in Follow.objects.all()] == [asker]
