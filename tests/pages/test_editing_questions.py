"""Editing a question: its wording, details and tags."""

import pytest
from django.urls import reverse

from questions import merging
from questions.models import Act, DetailsRevision

pytestmark = pytest.mark.django_db


def edit(client, question, text, **fields):
    return client.post(reverse("edit-question", args=[question.pk]), {"text": text, **fields})


def test_rewording_to_an_existing_wording_asks_the_same_three_questions(as_moderator, two_families):
    question, other, alternate = two_families
    assert "already exists." in edit(as_moderator, question, "Why does the sea rise?").content.decode()
    assert "exists and is an alternate of" in edit(as_moderator, question, alternate.text).content.decode()
    assert "as an alternate of this question" in edit(as_moderator, other, alternate.text).content.decode()
    question.refresh_from_db()
    assert question.text == "How do tides work?"


def test_the_dialog_after_rewording_keeps_details_and_tags_for_the_way_back(as_moderator, two_families):
    question, *_ = two_families
    page = edit(
        as_moderator, question, "Why does the sea rise?", details="Long\n\ndetails", tags="sea"
    ).content.decode()
    assert "Long\n\ndetails</textarea>" in page
    assert "sea</textarea>" in page


def test_the_author_rewords_edits_details_and_tags(as_asker, asker, ask):
    question = ask("How do tides work?", by=asker, details="Old.", tags=["moon"])
    response = edit(
        as_asker, question, "How do the tides work?", details="New.", tags="sea", reason="clearer"
    )
    question.refresh_from_db()
    assert response.url == question.get_absolute_url()
    assert (question.text, question.details, list(question.tags.names())) == (
        "How do the tides work?",
        "New.",
        ["sea"],
    )
    act = Act.objects.get()
    assert (act.kind, act.text_before, act.reason) == (Act.Kind.REWORDED, "How do tides work?", "clearer")
    assert [revision.text for revision in DetailsRevision.objects.all()] == ["New.", "Old."]


def test_case_and_end_punctuation_can_be_mended(as_asker, asker, ask):
    question = ask("how do tides work", by=asker)
    edit(as_asker, question, "How do tides work?")
    question.refresh_from_db()
    assert question.text == "How do tides work?"


def test_a_stranger_cannot_edit(as_stranger, ask, asker):
    question = ask("How do tides work?", by=asker)
    assert edit(as_stranger, question, "Something rude?").status_code == 403


def test_a_rewording_is_found_by_search_and_the_old_one_is_not(as_guest, as_moderator, ask):
    question = ask("How do tides work?")
    edit(as_moderator, question, "What moves the ocean?")
    assert (
        question.get_absolute_url().split("/")[2] in as_guest.get("/search/?q=ocean moves").content.decode()
    )
    assert "Nothing was found" in as_guest.get("/search/?q=tides").content.decode()


def test_an_edit_over_somebody_elses_is_shown_again_and_nothing_is_lost(as_asker, asker, ask, moderator):
    question = ask("How do tides work?", by=asker, details="Old.")
    address = reverse("edit-question", args=[question.pk])
    seen = as_asker.get(address).context["form"].initial["version"]
    merging.reword(question, "How do the tides work?", by=moderator)
    mine = {"text": "How do tides work?", "details": "My new details.", "tags": "", "version": seen}
    response = as_asker.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "How do the tides work?" in page
    assert "My new details." in page
    question.refresh_from_db()
    assert (question.text, question.details) == ("How do the tides work?", "Old.")
    again = mine | {"text": "How do the tides work?", "version": response.context["form"].data["version"]}
    assert as_asker.post(address, again).status_code == 302
    question.refresh_from_db()
    assert (question.text, question.details) == ("How do the tides work?", "My new details.")


def test_who_wrote_an_alternate_has_a_link_to_edit_it(as_stranger, stranger, ask):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What makes tides?", to=question, by=stranger).question
    assert (
        reverse("edit-question", args=[alternate.pk])
        in as_stranger.get(question.get_absolute_url()).content.decode()
    )
