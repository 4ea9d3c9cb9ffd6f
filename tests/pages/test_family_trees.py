"""Families drawn as trees, in the merge preview and in histories."""

import re

import pytest
from django.urls import reverse

from questions import merging, moderation, suggesting

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ask):
    return ask("How do tides work?"), ask("Why does the sea rise?")


def preview_url(source, into):
    return reverse("merge-preview", args=[source.pk, into.pk])


def test_the_preview_draws_each_family_as_a_tree_and_skips_over_hidden_wordings(as_moderator, pair, ask):
    a, b = pair
    below, lowest, beside = (ask(f"Wording {n}?") for n in range(3))
    for wording, parent in [(lowest, below), (below, a), (beside, a)]:
        merging.merge(wording, into=parent, by=None)
    tree = as_moderator.get(preview_url(a, b)).context["joining"].tree
    assert tree == [(a, 0), (below, 1), (lowest, 2), (beside, 1)]
    moderation.hide(below, by=None)
    tree = as_moderator.get(preview_url(a, b)).context["joining"].tree
    assert tree == [(a, 0), (lowest, 1), (beside, 1)]


def pictures(page: str) -> list[list[str]]:
    """The wordings of each family picture on a page, in their order."""
    drawn = re.findall(r'<svg class="family-picture".*?</svg>', page, re.DOTALL)
    return [re.findall(r"<title>(.*?)</title>", picture) for picture in drawn]


def test_the_history_shows_the_family_as_it_was_after_each_act(as_guest, ask, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(b, into=a, by=moderator)
    merging.merge(c, into=b, by=moderator)
    merging.unmerge(b, by=moderator)
    assert pictures(as_guest.get(f"/questions/{a.pk}/history/").content.decode()) == [
        ["Question a?"],
        ["Question b?", "Question c?"],
        # That c joined b is an act of the other family by now; b's tree had it all the same.
        ["Question a?", "Question b?"],
    ]


def test_the_pictures_of_a_history_name_nothing_hidden(as_guest, as_moderator, ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merging.merge(b, into=a, by=moderator)
    merging.merge(ask("Question c?"), into=a, by=moderator)
    moderation.hide(b, by=moderator)
    shown = pictures(as_guest.get(f"/questions/{a.pk}/history/").content.decode())
    assert shown == [["Question a?", "a hidden wording", "Question c?"]]
    assert "Question b?" in str(pictures(as_moderator.get(f"/questions/{a.pk}/history/").content.decode()))


def test_a_history_whose_log_does_not_lead_to_the_present_shows_no_pictures(as_guest, ask, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(b, into=a, by=moderator)
    type(c).objects.filter(pk=c.pk).update(merged_into=a, primary=a)
    assert pictures(as_guest.get(f"/questions/{a.pk}/history/").content.decode()) == []


def test_the_preview_shows_both_families_and_what_becomes_of_them(as_moderator, ask, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(b, into=a, by=moderator)
    page = as_moderator.get(f"/questions/{c.pk}/merge/{b.pk}/").content.decode()
    assert pictures(page) == [
        ["Question c?"],
        ["Question a?", "Question b?"],
        ["Question a?", "Question b?", "Question c?"],
    ]
    assert "chosen" in page


def test_the_review_draws_which_wording_was_merged_into_which(as_moderator, pair, ask):
    a, b = pair
    below, lowest = ask("Wording 1?"), ask("Wording 2?")
    for wording, parent in [(lowest, below), (below, a)]:
        merging.merge(wording, into=parent, by=None)
    candidate = suggesting.suggest(lowest, into=b, by=None)
    response = as_moderator.get(reverse("review-pair", args=[candidate.pk]))
    sides = [response.context["left"], response.context["right"]]
    drawn = [[(one.twig.text, one.twig.depth) for one in side.picture.twigs] for side in sides]
    assert sorted(drawn) == [[(a.text, 0), (below.text, 1), (lowest.text, 2)], [(b.text, 0)]]
    assert response.content.decode().count("The family as a tree") == 1
