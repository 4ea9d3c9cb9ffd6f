"""Several answers on one page: order, folding, combining, the asker's mark, contributors, and what is useful."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from answers import accepting, answering, folding, moderation, proposing, usefulness
from answers.models import Answer
from questions import merging

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask, asker):
    return ask("How do tides work?", by=asker)


@pytest.fixture
def moon(question, stranger) -> Answer:
    return answering.answer(question, "The moon does it.", by=stranger, at=timezone.now())


@pytest.fixture
def sun(question) -> Answer:
    return answering.answer(question, "The sun does it.", guest_name="Kofi")


def shown(client, question, **query) -> list[int]:
    page = client.get(question.get_absolute_url(), query)
    return [answer.answer.pk for answer in page.context["answers"]]


def test_readers_choose_the_order(as_guest, question, moon, sun, asker):
    usefulness.mark(sun, by=asker)
    assert shown(as_guest, question) == [sun.pk, moon.pk]
    assert shown(as_guest, question, order="oldest") == [moon.pk, sun.pk]
    assert shown(as_guest, question, order="newest") == [sun.pk, moon.pk]
    assert shown(as_guest, question, order="'; DROP") == [sun.pk, moon.pk]
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert "?order=newest#answers" in page


def test_a_folded_answer_stands_behind_also_answered_by_and_its_address_leads_there(
    as_guest, as_moderator, question, moon, sun
):
    response = as_moderator.post(
        reverse("fold-answer", args=[sun.pk]), {"into": moon.pk, "act": "fold", "reason": "Less"}
    )
    assert response.url == f"{question.get_absolute_url()}#answer-{moon.pk}"
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert shown(as_guest, question) == [moon.pk]
    assert "Also answered by Kofi" in page
    assert "The sun does it." in page
    assert "2 answers, 1 of them folded" in page
    assert as_guest.get(reverse("answer", args=[sun.pk])).url.endswith(f"#answer-{moon.pk}")
    as_moderator.post(reverse("fold-answer", args=[sun.pk]), {"act": "unfold"})
    assert set(shown(as_guest, question)) == {moon.pk, sun.pk}
    assert as_guest.get(reverse("answer", args=[sun.pk])).url.endswith(f"#answer-{sun.pk}")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "fold"}, "Please choose the other answer"),
        ({"act": "fold", "into": "987654"}, "does not stand on this page"),
        ({"act": "fold", "into": "x"}, "does not stand on this page"),
        ({"act": "combine"}, "Please choose the other answer"),
        ({"act": "unfold"}, "stands for itself already"),
    ],
)
def test_folding_into_nothing_is_refused(as_moderator, moon, sun, sent, said):
    response = as_moderator.post(reverse("fold-answer", args=[sun.pk]), sent)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_combining_begins_with_both_texts_and_marks_what_overlaps(as_moderator, question, asker, stranger):
    common = "twice a day the water of the sea rises and falls"
    one = answering.answer(question, f"It is known that {common} here.", by=asker)
    two = answering.answer(question, f"As fishermen say, {common}.", by=stranger)
    response = as_moderator.post(reverse("fold-answer", args=[two.pk]), {"into": one.pk, "act": "combine"})
    assert response.url == reverse("combine-answers", args=[two.pk, one.pk])
    page = as_moderator.get(response.url)
    assert page.context["form"].initial["text"] == f"{one.text}\n\n{two.text}"
    assert f"<mark>{common}</mark>" in page.content.decode()
    sent = {"text": "Both.", "revision": 1, "other_revision": 1, "reason": "In one"}
    assert as_moderator.post(response.url, sent).status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.text, two.folded_into) == ("Both.", one)


def test_combining_texts_that_changed_meanwhile_keeps_what_was_typed(as_moderator, moon, sun, stranger):
    address = reverse("combine-answers", args=[sun.pk, moon.pk])
    answering.edit(moon, "The moon does it. Gravity is how.", by=stranger)
    sent = {
        "text": "My text of both. The moon does it.",
        "revision": 1,
        "other_revision": 1,
        "reason": "In one",
    }
    response = as_moderator.post(address, sent)
    page = response.content.decode()
    assert response.status_code == 409
    data = response.context["form"].data
    assert "My text of both." in data["text"]
    assert "Gravity is how." in data["text"]
    assert "What changed is put into your text" in page
    again = {**sent, "text": "My text of both.", "revision": data["revision"]}
    assert as_moderator.post(address, again).status_code == 302


def test_answers_of_two_pages_are_not_combined(as_moderator, ask, moon):
    other = answering.answer(ask("Why is the sea salt?"), "Rivers.")
    sent = {"text": "Both.", "revision": 1, "other_revision": 1}
    response = as_moderator.post(reverse("combine-answers", args=[other.pk, moon.pk]), sent)
    assert response.status_code == 422
    assert "different pages" in response.content.decode()


def test_the_asker_says_which_answer_helped_and_takes_it_back(as_asker, as_stranger, question, moon, sun):
    address = reverse("accept-answer", args=[sun.pk])
    assert "This one helped me" in as_asker.get(question.get_absolute_url()).content.decode()
    assert "This one helped me" not in as_stranger.get(question.get_absolute_url()).content.decode()
    assert as_stranger.post(address).status_code == 403
    assert as_asker.post(address, {"accept": "yes"}).status_code == 302
    assert "The asker marked this answer" in as_stranger.get(question.get_absolute_url()).content.decode()
    as_asker.post(address, {"accept": "no"})
    sun.refresh_from_db()
    assert not sun.is_accepted


def test_the_mark_goes_with_its_home(as_guest, ask, question, moon, moderator):
    other = ask("Why does the sea rise?")
    accepting.accept(moon)
    merging.merge(question, into=other, by=moderator)
    page = as_guest.get(other.get_absolute_url()).content.decode()
    assert "The asker marked this answer" in page
    assert "Written for “How do tides work?”" in page


def test_all_who_wrote_or_edited_are_named_the_oldest_first(
    as_guest, ask, question, moon, sun, asker, stranger, moderator
):
    answering.edit(moon, "The moon does most of it.", by=moderator)
    other = ask("Why does the sea rise?", guest_name="Lena")
    merging.merge(other, into=question, by=moderator)
    page = as_guest.get(question.get_absolute_url())
    names = [person.name for person in page.context["contributors"]]
    assert names == [asker.name, stranger.name, "Kofi", moderator.name, "Lena"]
    assert page.context["contributors"][0].address == asker.get_absolute_url()
    assert "CC BY-SA 4.0" in page.content.decode()


def test_who_wrote_a_text_that_was_combined_stays_named_even_when_it_is_hidden(
    as_guest, question, moon, sun, moderator
):
    folding.combine(moon, sun, "Both do it.", by=moderator, base=1, other_base=1)
    moderation.hide(sun, by=moderator)
    names = [person.name for person in as_guest.get(question.get_absolute_url()).context["contributors"]]
    assert "Kofi" in names


def test_who_wrote_a_text_that_went_into_one_that_went_into_another_stays_named(
    as_guest, question, moon, sun, moderator
):
    third = answering.answer(question, "Gravity.", guest_name="Lena")
    folding.combine(moon, sun, "Both do it.", by=moderator, base=1, other_base=1)
    folding.combine(third, moon, "Gravity, of both.", by=moderator, base=1, other_base=2)
    for hidden in (sun, moon):
        moderation.hide(hidden, by=moderator)
    names = [person.name for person in as_guest.get(question.get_absolute_url()).context["contributors"]]
    assert {"Kofi", moon.author.name, "Lena"} <= set(names)


def test_who_may_fold_but_not_edit_combines_nothing(as_stranger, stranger, moon, sun, moderator):
    stranger.user_permissions.add(Permission.objects.get(codename="fold_answer"))
    moderation.protect(moon, by=moderator)
    sent = {"text": "Both.", "revision": 1, "other_revision": 1}
    assert as_stranger.post(reverse("combine-answers", args=[sun.pk, moon.pk]), sent).status_code == 403
    moon.refresh_from_db()
    assert moon.text == "The moon does it."


def test_no_licence_is_named_where_the_setting_has_none(as_guest, question, settings):
    settings.LICENCE = ""
    assert "CC BY-SA" not in as_guest.get(question.get_absolute_url()).content.decode()


def test_saying_that_it_was_useful_is_thanked_for(as_guest, moon):
    address = reverse("useful", args=[moon.pk])
    assert "Thanks for the feedback!" in as_guest.post(address, follow=True).content.decode()
    part = as_guest.post(address, HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div class="useful">')
    assert "You found this useful" in part
    assert "Thanks for the feedback!" in part
    part = as_guest.post(address, {"useful": "no"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Was this useful to you?" in part


def test_nobody_finds_their_own_answer_useful(as_stranger, question, moon):
    assert as_stranger.post(reverse("useful", args=[moon.pk])).status_code == 403
    assert "Was this useful to you?" not in as_stranger.get(question.get_absolute_url()).content.decode()


def test_who_proposed_an_edit_sees_on_the_page_that_it_waits(as_asker, as_moderator, question, moon, asker):
    proposal = proposing.propose(moon, "The moon, mostly.", by=asker, base=moon.revisions.get())
    link = reverse("review-edit", args=[proposal.pk])
    assert link in as_asker.get(question.get_absolute_url()).content.decode()
    assert link not in as_moderator.get(question.get_absolute_url()).content.decode()


def test_you_and_others(as_stranger, sun, asker, moderator):
    for member in (asker, moderator):
        usefulness.mark(sun, by=member)
    part = as_stranger.post(reverse("useful", args=[sun.pk]), HTTP_HX_REQUEST="true").content.decode()
    assert "You and 2 others found this useful" in part


def test_a_crowd_of_guests_from_one_place_is_told_to_sign_in(client, moon, settings):
    settings.USEFUL_PER_ADDRESS_BLOCK = 1
    address = reverse("useful", args=[moon.pk])
    for _ in range(3):
        client.cookies.clear()
        response = client.post(address, REMOTE_ADDR="203.0.113.9", follow=True)
    assert "Sign in to add your own" in response.content.decode()
    moon.refresh_from_db()
    assert moon.useful_count == 1
