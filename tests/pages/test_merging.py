"""Merging through the pages: choosing, previewing, merging once, and undoing from everywhere."""

import pytest
from django.urls import reverse

from answers import answering
from questions import following, merging, moderation
from questions.models import Act, Question
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ask):
    a, b = ask("How do tides work?"), ask("Why does the sea rise?")
    answering.answer(a, "Because of the moon.", useful_elsewhere=3)
    answering.answer(b, "The sun helps, too.", useful_elsewhere=8)
    return a, b


def preview_url(source, into):
    return reverse("merge-preview", args=[source.pk, into.pk])


def version(client, source, into) -> str:
    return client.get(preview_url(source, into)).context["form"].initial["version"]


def merge(client, source, into, **fields):
    if "version" not in fields:
        fields["version"] = version(client, source, into)
    return client.post(preview_url(source, into), fields)


def choose(client, question, words):
    return client.get(reverse("choose-target", args=[question.pk]), {"q": words})


def test_a_target_is_found_by_its_words_in_any_wording(as_moderator, pair):
    a, b = pair
    alternate = merging.add_alternate("What lifts the ocean?", to=b, by=None).question
    page = choose(as_moderator, a, "ocean lifted").content.decode()
    assert b.text in page
    assert "also asked as “What lifts the ocean?”" in page
    assert preview_url(a, alternate) in page


@pytest.mark.parametrize(
    "paste",
    [
        "{pk}",
        "#{pk}",
        "/questions/{pk}/",
        "https://qa.example/questions/{pk}/why-does-the-sea-rise/#answer-3",
    ],
)
def test_a_target_is_found_by_number_or_address(as_moderator, pair, paste):
    a, b = pair
    assert choose(as_moderator, a, paste.format(pk=b.pk)).url == f"{preview_url(a, b)}?direction=best"


def test_the_preview_shows_both_families_and_the_page_to_be(as_moderator, pair, stranger):
    a, b = pair
    merging.add_alternate("What makes tides?", to=a, by=None)
    following.follow(a, by=stranger)
    page = as_moderator.get(preview_url(a, b)).content.decode()
    assert "2 wordings, 1 answer, 1 follower join; nothing is deleted" in page
    assert "What makes tides?" in page
    to_be = page[page.index("The page as it will be") :]
    assert to_be.index("The sun helps, too.") < to_be.index("Because of the moon.")
    assert preview_url(b, a) in page


def test_the_preview_says_when_the_other_way_round_is_better(as_moderator, pair):
    a, b = pair
    assert "may be the better primary" in as_moderator.get(preview_url(b, a)).content.decode()
    assert "may be the better primary" not in as_moderator.get(preview_url(a, b)).content.decode()


def test_merging_leads_to_the_page_with_a_notice_and_undo(as_moderator, pair):
    a, b = pair
    response = merge(as_moderator, a, b, reason="same")
    act = Act.objects.get()
    assert (edge(a), act.reason) == (b.pk, "same")
    page = as_moderator.get(response.url).content.decode()
    assert "now leads here" in page
    assert reverse("undo", args=[act.pk]) in page
    as_moderator.post(reverse("undo", args=[act.pk]))
    assert root(a) == a.pk


def test_a_double_click_merges_once_and_ends_on_the_same_page(as_moderator, pair):
    a, b = pair
    seen = version(as_moderator, a, b)
    first = merge(as_moderator, a, b, version=seen)
    second = merge(as_moderator, a, b, version=seen)
    assert first.url == second.url == b.get_absolute_url()
    assert Act.objects.count() == 1


@pytest.mark.parametrize("change", ["an answer", "a wording", "a merge", "a rewording"])
def test_a_family_that_changed_since_the_preview_is_shown_again_and_nothing_is_merged(
    as_moderator, pair, ask, change
):
    a, b = pair
    seen = version(as_moderator, a, b)
    match change:
        case "an answer":
            answering.answer(b, "Another thought.")
        case "a wording":
            merging.add_alternate("What makes tides?", to=a, by=None)
        case "a merge":
            merging.merge(ask("What is the tide?"), into=b, by=None)
        case "a rewording":
            merging.reword(a, "How do the tides work?", by=None)
    response = merge(as_moderator, a, b, version=seen, reason="my reason")
    page = response.content.decode()
    assert response.status_code == 409
    assert "has changed since you looked, so nothing was merged" in page
    assert "my reason" in page
    assert root(a) == a.pk
    again = response.context["form"].data["version"]
    assert merge(as_moderator, a, b, version=again).status_code == 302
    assert root(a) == b.pk


def test_a_merge_without_a_version_is_refused(as_moderator, pair):
    a, b = pair
    assert merge(as_moderator, a, b, version="").status_code == 422
    assert root(a) == a.pk


def test_who_may_not_merge_cannot_even_see_the_preview(as_stranger, as_guest, pair):
    assert as_stranger.get(preview_url(*pair)).status_code == 403
    assert as_guest.get(preview_url(*pair)).status_code == 302
    assert as_stranger.post(preview_url(*pair), {"version": "x"}).status_code == 403


def test_splitting_asks_first_and_then_gives_the_wording_its_own_page(as_moderator, ask):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What makes tides?", to=question, by=None).question
    address = reverse("split", args=[alternate.pk])
    assert "It becomes a question of its own" in as_moderator.get(address).content.decode()
    assert root(alternate) == question.pk
    assert as_moderator.post(address, {"reason": "another thing"}).url == alternate.get_absolute_url()
    assert root(alternate) == alternate.pk


def test_splitting_a_primary_says_why_not(as_moderator, ask):
    response = as_moderator.post(reverse("split", args=[ask("How do tides work?").pk]))
    assert response.status_code == 422
    assert "not an alternate" in response.content.decode()


def test_hiding_and_restoring_from_the_page(as_moderator, as_guest, ask):
    question = ask("How do tides work?")
    as_moderator.post(reverse("hide-question", args=[question.pk]), {"reason": "spam"})
    assert as_guest.get(question.get_absolute_url()).status_code == 410
    as_moderator.post(reverse("hide-question", args=[question.pk]), {"hide": "no"})
    assert as_guest.get(question.get_absolute_url()).status_code == 200


def test_the_history_names_who_when_and_why_and_has_undo_for_who_may(as_moderator, as_guest, pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator, reason="one moon")
    address = reverse("question-history", args=[b.pk])
    for client, sees_undo in [(as_moderator, True), (as_guest, False)]:
        page = client.get(address).content.decode()
        assert "one moon" in page
        assert moderator.name in page
        assert (reverse("undo", args=[act.pk]) in page) is sees_undo


def test_the_history_of_a_parted_question_still_tells_of_the_merge(as_guest, pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    for question in pair:
        page = as_guest.get(reverse("question-history", args=[question.pk])).content.decode()
        assert "merged into" in page
        assert "was split off from" in page
        assert "It has been undone." in page


def test_histories_and_the_log_run_the_same_queries_however_long(
    as_guest, pair, moderator, django_assert_num_queries
):
    a, b = pair

    def look():
        with django_assert_num_queries(7):
            # the question, the acts, those of its trees with the edges and the wordings, the answers, the details
            as_guest.get(reverse("question-history", args=[b.pk]))
        with django_assert_num_queries(1):
            as_guest.get(reverse("merges"))

    merging.merge(a, into=b, by=moderator)
    look()
    for _ in range(4):
        merging.unmerge(a, by=moderator)
        merging.merge(a, into=b, by=moderator)
    look()


def test_the_public_log_shows_merges_and_undoes_them(as_moderator, as_guest, pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    assert a.text in as_guest.get(reverse("merges")).content.decode()
    assert reverse("undo", args=[act.pk]) in as_moderator.get(reverse("merges")).content.decode()


def test_the_log_does_not_name_what_is_hidden(as_guest, pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    moderation.hide(a, by=moderator)
    assert a.text not in as_guest.get(reverse("merges")).content.decode()
    assert a.text not in as_guest.get(reverse("question-history", args=[b.pk])).content.decode()


def test_an_act_that_cannot_be_undone_says_why(as_moderator, pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    response = as_moderator.post(reverse("undo", args=[act.pk]), follow=True)
    assert "It has been undone." in response.content.decode()
    assert Act.objects.count() == 2


def test_a_stranger_undoes_nothing(as_stranger, pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    assert as_stranger.post(reverse("undo", args=[act.pk])).status_code == 403
    assert root(a) == b.pk


def test_following_goes_with_the_family(as_stranger, stranger, pair, moderator):
    a, b = pair
    as_stranger.post(reverse("follow", args=[a.pk]))
    merging.merge(a, into=b, by=moderator)
    assert "Stop following" in as_stranger.get(b.get_absolute_url()).content.decode()
    as_stranger.post(reverse("follow", args=[b.pk]), {"follow": "no"})
    assert "Stop following" not in as_stranger.get(b.get_absolute_url()).content.decode()
    assert not Question.objects.filter(follows__user=stranger).exists()


def test_on_merge_into_an_alternate_of_this_question_is_offered_as_the_primary(as_moderator, ask):
    question = ask("How do tides work?")
    alternate = add_alternate(question, "What makes tides?")
    for words in (str(alternate.pk), "what makes tides"):
        page = choose(as_moderator, question, words).content.decode()
        assert "already exists as an alternate of this question." in page
        assert reverse("promote", args=[alternate.pk]) in page


def test_on_merge_into_an_alternate_of_another_question_is_offered_for_merging_or_splitting(
    as_moderator, pair
):
    a, b = pair
    alternate = add_alternate(b, "What lifts the sea?")
    page = choose(as_moderator, a, "What lifts the sea?").content.decode()
    assert "exists and is an alternate of <q>Why does the sea rise?</q>" in page
    assert preview_url(a, alternate) in page
    assert reverse("split", args=[alternate.pk]) in page


def test_on_merge_into_this_very_question_is_refused(as_moderator, ask):
    question = ask("How do tides work?")
    response = choose(as_moderator, question, "how do tides work")
    assert response.status_code == 422
    assert "this very question" in response.content.decode()


def test_the_log_lets_an_author_undo_the_rewording_of_their_own_question_only(
    as_asker, asker, ask, moderator
):
    own, foreign = ask("My question?", by=asker), ask("Foreign question?")
    mine = merging.reword(own, "My own question?", by=moderator)
    theirs = merging.reword(foreign, "Their question?", by=moderator)
    page = as_asker.get(reverse("merges")).content.decode()
    assert reverse("undo", args=[mine.pk]) in page
    assert reverse("undo", args=[theirs.pk]) not in page


def add_alternate(question, text):
    return merging.add_alternate(text, to=question, by=None).question


def test_a_hidden_question_is_previewed_but_not_merged(as_moderator, pair, moderator):
    a, b = pair
    moderation.hide(a, by=moderator)
    for source, into in [(a, b), (b, a)]:
        response = merge(as_moderator, source, into)
        assert response.status_code == 422
        assert "Restore it first" in response.content.decode()


def test_a_choice_is_shown_the_way_round_that_makes_the_more_useful_one_the_primary(as_moderator, pair):
    a, b = pair
    assert as_moderator.get(f"{preview_url(b, a)}?direction=best").url == preview_url(a, b)
    assert as_moderator.get(f"{preview_url(a, b)}?direction=best").status_code == 200


def test_pressing_hide_twice_hides_once_and_does_not_restore(as_moderator, ask):
    question = ask("How do tides work?")
    for status in (302, 422):
        response = as_moderator.post(reverse("hide-question", args=[question.pk]), {"hide": "yes"})
        assert response.status_code == status
    question.refresh_from_db()
    assert question.is_hidden


def test_a_follower_of_both_does_not_join(as_moderator, pair, stranger, asker):
    a, b = pair
    following.follow(a, by=stranger)
    following.follow(b, by=stranger)
    following.follow(a, by=asker)
    assert "1 follower join" in as_moderator.get(preview_url(a, b)).content.decode()


def test_a_merge_that_was_undone_is_not_suggested_again(as_stranger, pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    response = as_stranger.post(reverse("suggest-merge", args=[a.pk]), {"into": b.pk})
    assert response.status_code == 422
    assert "not the same question" in response.content.decode()


@pytest.mark.parametrize("field", ["into", "q"])
def test_no_member_is_told_the_wording_of_a_hidden_alternate_when_suggesting(
    as_stranger, pair, moderator, field
):
    a, b = pair
    hidden = add_alternate(b, "Some rude wording?")
    moderation.hide(hidden, by=moderator)
    page = as_stranger.get(reverse("suggest-merge", args=[a.pk]), {field: hidden.pk}).content.decode()
    assert "rude" not in page
