"""Asking, adding wordings and rewording through the pages, and the three answers to "that wording exists"."""

import pytest
from django.urls import reverse

from questions import merging, moderation
from questions.models import Act, DetailsRevision, DuplicateCandidate, LedToAnswers, Question
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


def ask_through_page(client, text, **fields):
    return client.post(reverse("ask"), {"text": text, **fields})


def test_asking_leads_to_the_new_questions_page(as_asker, asker):
    response = ask_through_page(
        as_asker, "How do tides work?", details="In the *North Sea*.", tags="Sea, moon , sea"
    )
    question = Question.objects.get()
    assert response.url == question.get_absolute_url()
    assert (question.text, question.author, question.is_primary) == ("How do tides work?", asker, True)
    assert question.details_html == "<p>In the <em>North Sea</em>.</p>\n"
    assert sorted(question.tags.names()) == ["moon", "sea"]
    assert DetailsRevision.objects.get().text == "In the *North Sea*."


def test_a_guest_asks_under_the_name_they_give(as_guest):
    ask_through_page(as_guest, "How do tides work?", guest_name="  Kofi\u0000 ")
    assert Question.objects.get().author_name == "Kofi"


def test_a_guest_without_a_name_is_anonymous(as_guest):
    ask_through_page(as_guest, "How do tides work?")
    assert Question.objects.get().author_name == "Anonymous"


def test_a_member_cannot_write_under_another_name(as_asker, asker):
    ask_through_page(as_asker, "How do tides work?", guest_name="The Queen")
    assert Question.objects.get().author_name == asker.name


def test_guests_do_not_ask_where_the_setting_says_no(as_guest, settings):
    settings.GUESTS_MAY_ASK = False
    assert as_guest.get(reverse("ask")).url.startswith(reverse("account_login"))
    response = ask_through_page(as_guest, "How do tides work?")
    assert response.status_code == 403
    assert "How do tides work?" in response.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "spelling",
    [
        "how do TIDES work",
        "  How  do tides work ?! ",
        "How do tides work\u200f?",
        "Ｈow do tides work?",
    ],
)
def test_an_existing_wording_leads_to_its_page_however_it_is_spelt(as_guest, ask, spelling):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, spelling)
    assert (response.status_code, response.url) == (302, question.get_absolute_url())
    assert Question.objects.count() == 1


def test_accents_in_either_form_lead_to_the_same_page(as_guest, ask):
    question = ask("Où est le caf\u00e9?")
    assert ask_through_page(as_guest, "Ou\u0300 est le cafe\u0301").url == question.get_absolute_url()


def test_an_existing_alternate_leads_straight_to_its_primary(as_guest, ask):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What makes the sea rise?", to=question, by=None).question
    response = ask_through_page(as_guest, "what makes the sea rise")
    assert response.url == f"{question.get_absolute_url()}#asked-{alternate.pk}"


def test_who_asks_an_existing_wording_is_counted_as_led_to_its_answers(as_guest, ask):
    ask("How do tides work?")
    for spelling in ("How do tides work?", "how do tides work"):
        ask_through_page(as_guest, spelling)
    assert LedToAnswers.objects.get().count == 2


def test_who_asks_something_new_or_is_led_nowhere_is_not_counted(as_guest, ask, moderator):
    ask_through_page(as_guest, "How do tides work?")
    ask_through_page(as_guest, "How do tides work?", details="My own long thoughts.")
    moderation.hide(ask("Is the moon hollow?"), by=moderator)
    ask_through_page(as_guest, "Is the moon hollow?")
    assert not LedToAnswers.objects.exists()


def test_looking_up_a_wording_by_its_address_counts_nobody(as_guest, ask):
    question = ask("How do tides work?")
    response = as_guest.get(reverse("ask"), {"text": "How do tides work?"})
    assert response.url == question.get_absolute_url()
    assert not LedToAnswers.objects.exists()


@pytest.mark.parametrize("typed", [{"details": "My own long thoughts."}, {"tags": "sea, moon"}])
def test_what_was_typed_for_an_existing_wording_is_not_lost(as_guest, ask, typed):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, "How do tides work?", guest_name="Kofi", **typed)
    assert response.status_code == 409
    page = response.content.decode()
    for value in ("Kofi", *typed.values()):
        assert value in page
    assert f'<a href="{question.get_absolute_url()}">How do tides work?</a>' in page


def test_a_name_alone_keeps_nobody_from_the_answers(as_guest, ask):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, "How do tides work?", guest_name="Kofi")
    assert response.url == question.get_absolute_url()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here yet"),
        ("   ", "nothing here yet"),
        ("???", "use words"),
        ("\x00", "nothing here yet"),
        ("\u202e", "nothing here yet"),
        ("\u200f", "use words"),
        ("🎉", "use words"),
        ("a" * 301, "301 characters"),
    ],
)
def test_what_is_no_wording_is_refused_in_plain_words(as_guest, text, said):
    response = ask_through_page(as_guest, text, details="Kept details.")
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept details." in page
    assert not Question.objects.exists()


def test_a_refused_wording_stays_in_its_field(as_guest):
    assert "a" * 301 in ask_through_page(as_guest, "a" * 301).content.decode()


def test_details_beyond_the_limit_are_refused_and_kept(as_guest):
    response = ask_through_page(as_guest, "How do tides work?", details="x" * 30_001)
    assert response.status_code == 422
    assert "30001 characters long" in response.content.decode()
    assert "x" * 30_001 in response.content.decode()


def test_too_many_tags_are_refused(as_guest):
    response = ask_through_page(as_guest, "How do tides work?", tags="a,b,c,d,e,f")
    assert response.status_code == 422
    assert "6 tags" in response.content.decode()


def test_tags_keep_the_signs_that_carry_meaning(as_guest):
    ask_through_page(as_guest, "Which is older?", tags="C, C++, C#, .NET core")
    assert sorted(Question.objects.get().tags.names()) == ["c", "c#", "c++", "net-core"]


def test_a_megabyte_is_refused_with_a_page(as_guest):
    response = as_guest.post(reverse("ask"), {"text": "x" * 1_100_000})
    assert response.status_code == 400
    assert "could not be understood" in response.content.decode()


# The three answers ------------------------------------------------------------------------------------------


@pytest.fixture
def two_families(ask, moderator):
    """A question, and another with an alternate."""
    question, other = ask("How do tides work?"), ask("Why does the sea rise?")
    alternate = merging.add_alternate("What lifts the sea?", to=other, by=moderator).question
    return question, other, alternate


def add(client, question, text):
    return client.post(reverse("add-alternate", args=[question.pk]), {"text": text})


def test_a_member_adds_a_wording_and_comes_back_by_it(as_stranger, stranger, ask):
    question = ask("How do tides work?")
    response = add(as_stranger, question, "What makes tides?")
    alternate = Question.objects.get(text="What makes tides?")
    assert response.url == f"{question.get_absolute_url()}#asked-{alternate.pk}"
    assert (edge(alternate), alternate.author) == (question.pk, stranger)
    assert Act.objects.get().kind == Act.Kind.ADDED


def test_the_primary_of_another_question_is_offered_for_merging(as_moderator, two_families):
    question, other, _ = two_families
    response = add(as_moderator, question, "why does the sea rise")
    page = response.content.decode()
    assert response.status_code == 409
    assert "<q>Why does the sea rise?</q> already exists." in page
    assert "Would you like to merge this question into it?" in page
    assert reverse("merge-preview", args=[question.pk, other.pk]) in page


def test_an_alternate_of_the_same_question_is_offered_as_its_primary(as_moderator, two_families):
    _, other, alternate = two_families
    response = add(as_moderator, other, "What lifts the sea?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "already exists as an alternate of this question." in page
    assert "make it the primary and merge this question into it?" in page
    as_moderator.post(reverse("promote", args=[alternate.pk]))
    assert root(other) == alternate.pk


def test_an_alternate_of_another_question_is_offered_for_merging_or_splitting(as_moderator, two_families):
    question, _, alternate = two_families
    response = add(as_moderator, question, "What lifts the sea?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "exists and is an alternate of <q>Why does the sea rise?</q>" in page
    assert reverse("merge-preview", args=[question.pk, alternate.pk]) in page
    assert reverse("split", args=[alternate.pk]) in page


def test_the_questions_own_primary_has_nothing_to_add(as_moderator, two_families):
    question, *_ = two_families
    response = add(as_moderator, question, "How do tides work")
    assert response.status_code == 409
    assert "is the primary wording of this question" in response.content.decode()


def test_who_may_not_merge_is_offered_to_suggest_it(as_stranger, two_families):
    question, other, _ = two_families
    page = add(as_stranger, question, "Why does the sea rise?").content.decode()
    assert "Suggest this merge" in page
    assert f"{reverse('suggest-merge', args=[question.pk])}?into={other.pk}" in page
    assert reverse("merge-preview", args=[question.pk, other.pk]) not in page


def test_the_dialogs_way_back_keeps_what_was_typed(as_stranger, two_families):
    question, *_ = two_families
    address = reverse("add-alternate", args=[question.pk])
    response = as_stranger.post(address, {"text": "Why does the sea rise?", "back": "1"})
    assert response.status_code == 200
    assert 'value="Why does the sea rise?"' in response.content.decode()


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


# Suggesting -------------------------------------------------------------------------------------------------


def suggest(client, question, other, reason=""):
    return client.post(reverse("suggest-merge", args=[question.pk]), {"into": other.pk, "reason": reason})


def test_a_suggestion_waits_for_a_moderator_who_sees_both(as_stranger, as_moderator, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other, "both about tides")
    queue = as_moderator.get(reverse("review-duplicates")).content.decode()
    assert question.text in queue
    assert other.text in queue
    pair = as_moderator.get(reverse("review-pair", args=[DuplicateCandidate.objects.get().pk]))
    assert "both about tides" in pair.content.decode()


def test_a_guest_suggests_a_merge_as_well(as_guest, as_moderator, two_families):
    question, other, _ = two_families
    assert "Suggest a merge" in as_guest.get(question.get_absolute_url()).content.decode()
    suggest(as_guest, question, other, "both about tides")
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.source, candidate.target, candidate.suggested_by) == (question, other, None)
    assert (
        "both about tides" in as_moderator.get(reverse("review-pair", args=[candidate.pk])).content.decode()
    )


def test_a_pair_is_suggested_once_whichever_way_round(as_stranger, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    response = suggest(as_stranger, other, question)
    assert response.status_code == 422
    assert "suggested already" in response.content.decode()
    assert DuplicateCandidate.objects.count() == 1


def test_a_dismissed_pair_is_never_taken_again(as_stranger, as_moderator, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    address = reverse("review-pair", args=[DuplicateCandidate.objects.get().pk])
    as_moderator.post(address, {"decision": "different"})
    assert question.text not in as_moderator.get(reverse("review-duplicates")).content.decode()
    assert "not the same question" in suggest(as_stranger, question, other).content.decode()


def test_a_merge_answers_the_suggestion(as_stranger, two_families, moderator):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    merging.merge(question, into=other, by=moderator)
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.decision, candidate.decided_by) == (DuplicateCandidate.Decision.MERGED, moderator)


def test_a_wording_of_the_same_question_cannot_be_suggested(as_stranger, two_families):
    _, other, alternate = two_families
    response = suggest(as_stranger, alternate, other)
    assert response.status_code == 422
    assert "wordings of one question already" in response.content.decode()


@pytest.mark.parametrize("into", ["999999", "abc", "-1", "9" * 30])
def test_a_suggestion_into_nothing_is_a_page_that_says_so(as_stranger, ask, into):
    question = ask("How do tides work?")
    response = as_stranger.post(reverse("suggest-merge", args=[question.pk]), {"into": into})
    assert response.status_code == 404


def test_asking_a_hidden_wording_says_so_and_keeps_what_was_typed(as_guest, ask, moderator):
    from questions import moderation

    moderation.hide(ask("How do tides work?"), by=moderator)
    response = ask_through_page(as_guest, "How do tides work?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "was hidden by a moderator" in page
    assert 'value="How do tides work?"' in page


def test_a_wording_cannot_be_added_to_a_hidden_question(as_moderator, ask, moderator):
    from questions import moderation

    question = ask("How do tides work?")
    moderation.hide(question, by=moderator)
    response = add(as_moderator, question, "What makes tides?")
    assert response.status_code == 422
    assert "Restore it first" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "tag"), [("हिन्दी", "हिन्दी"), ("Node.js", "node.js"), ("C#", "c#"), ("a_b", "a-b")]
)
def test_tags_are_kept_in_any_script(as_guest, typed, tag):
    ask_through_page(as_guest, "How do tides work?", tags=typed)
    assert list(Question.objects.get().tags.names()) == [tag]


@pytest.mark.parametrize("typed", ["###", "+", "#.#"])
def test_a_tag_of_signs_alone_is_refused(as_guest, typed):
    response = ask_through_page(as_guest, "How do tides work?", tags=typed)
    assert response.status_code == 422
    assert "a tag has a letter or a digit" in response.content.decode()


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
