"""Editing answers of others, proposing edits, reviewing them, and conflicts between two who edit at once."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from answers import answering, moderation, proposing
from answers.models import Answer, EditProposal, Revision
from questions import moderation as question_moderation

pytestmark = pytest.mark.django_db

TEXT = "The moon pulls at the sea.\n\nThe sun pulls as well, but less.\n\nSo there are two tides a day."


@pytest.fixture
def answer(ask, asker) -> Answer:
    return answering.answer(ask("How do tides work?", by=asker), TEXT, by=asker)


@pytest.fixture
def address(answer) -> str:
    return reverse("edit-answer", args=[answer.pk])


@pytest.fixture
def proposal(answer, stranger) -> EditProposal:
    return proposing.propose(
        answer,
        TEXT.replace("less", "half as much"),
        by=stranger,
        base=answer.revisions.get(),
        summary="How much",
    )


def review(proposal: EditProposal) -> str:
    return reverse("review-edit", args=[proposal.pk])


def text_of(answer: Answer) -> str:
    return Answer.objects.get(pk=answer.pk).text


def test_a_newcomer_proposes_an_edit_and_sees_what_became_of_it(
    as_stranger, as_moderator, answer, address, stranger, moderator
):
    assert "Propose an edit" in as_stranger.get(answer.get_absolute_url(), follow=True).content.decode()
    response = as_stranger.post(
        address,
        {"text": TEXT.replace("less", "half as much"), "summary": "How much", "revision": 1},
        follow=True,
    )
    assert "look at your edit before it is shown" in response.content.decode()
    assert text_of(answer) == TEXT
    proposal = EditProposal.objects.get()
    assert "waits for somebody" in as_stranger.get(review(proposal)).content.decode()
    queue = as_moderator.get(reverse("review-edits")).content.decode()
    assert review(proposal) in queue
    page = as_moderator.get(review(proposal))
    assert "half as much" in page.content.decode()
    accepted = {"decision": "accept", "text": proposal.text, "revision": 1, "reason": "Good"}
    assert as_moderator.post(review(proposal), accepted).status_code == 302
    assert "half as much" in text_of(answer)
    newest = answering.newest_revision(answer)
    assert (newest.author, newest.accepted_by) == (stranger, moderator)
    page = as_stranger.get(review(proposal)).content.decode()
    assert "accepted" in page
    assert "Good" in page


def test_a_second_proposal_takes_the_place_of_the_first(as_stranger, address, proposal):
    page = as_stranger.get(address).content.decode()
    assert "half as much" in page
    assert "you proposed" in page
    as_stranger.post(address, {"text": TEXT.replace("less", "less far"), "revision": 1})
    assert [p.text for p in EditProposal.objects.all()] == [TEXT.replace("less", "less far")]


def test_a_proposal_is_rejected_with_a_word_to_its_author(as_moderator, as_stranger, answer, proposal):
    as_moderator.post(review(proposal), {"decision": "reject", "reason": "It is 46 percent."})
    assert text_of(answer) == TEXT
    page = as_stranger.get(review(proposal)).content.decode()
    assert "rejected" in page
    assert "It is 46 percent." in page


def test_a_decision_leads_to_the_oldest_edit_by_another_and_at_the_end_to_the_list(
    as_stranger, stranger, answer, proposal, asker, moderator
):
    stranger.user_permissions.add(Permission.objects.get(codename="review_edit"))
    one, other = (
        proposing.propose(answer, f"By {author.name}.", by=author, base=answer.revisions.get())
        for author in (moderator, asker)
    )
    page = as_stranger.get(reverse("review-edits")).content.decode()
    assert page.index(review(proposal)) < page.index(review(one)) < page.index(review(other))
    assert as_stranger.post(review(one), {"decision": "reject"}).url == review(other)
    # What waits now is their own, which others decide about.
    assert as_stranger.post(review(other), {"decision": "reject"}).url == reverse("review-edits")


def test_its_author_takes_a_proposal_back(as_stranger, as_moderator, proposal):
    sent = {"text": proposal.text, "revision": 1}
    assert as_moderator.post(review(proposal), {"decision": "withdraw", **sent}).status_code == 422
    proposal.refresh_from_db()
    assert proposal.is_pending
    assert as_stranger.post(review(proposal), {"decision": "withdraw"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    response = as_moderator.post(
        review(proposal), {"decision": "accept", "text": proposal.text, "revision": 1}, follow=True
    )
    assert "withdrawn already" in response.content.decode()


def test_nobody_decides_about_their_own_proposal_without_the_right_to(as_stranger, answer, proposal):
    for decision in ("accept", "reject"):
        sent = {"decision": decision, "text": proposal.text, "revision": 1}
        assert as_stranger.post(review(proposal), sent).status_code == 403
    assert text_of(answer) == TEXT


def test_proposals_are_read_by_their_authors_and_reviewers_alone(as_asker, as_guest, proposal):
    for page in (review(proposal), reverse("review-edits")):
        assert as_asker.get(page).status_code == 403
        assert as_guest.get(page).url.startswith(reverse("account_login"))


def test_a_proposal_is_shown_together_with_what_was_saved_since(as_moderator, answer, proposal, asker):
    answering.edit(answer, TEXT.replace("two tides", "two high tides"), by=asker)
    page = as_moderator.get(review(proposal))
    merged = TEXT.replace("two tides", "two high tides").replace("less", "half as much")
    assert page.context["form"].initial["text"] == merged
    as_moderator.post(review(proposal), {"decision": "accept", "text": merged, "revision": 2})
    assert text_of(answer) == merged


def test_an_edit_during_the_review_is_not_overwritten(as_moderator, answer, proposal, asker):
    answering.edit(answer, TEXT.replace("two tides", "two high tides"), by=asker)
    sent = {"decision": "accept", "text": proposal.text, "revision": 1, "reason": "Good"}
    response = as_moderator.post(review(proposal), sent)
    assert response.status_code == 409
    assert "two high tides" in text_of(answer)
    data = response.context["form"].data
    assert "half as much" in data["text"]
    assert "two high tides" in data["text"]
    assert (data["revision"], data["reason"]) == ("2", "Good")
    as_moderator.post(review(proposal), {"decision": "accept", **data})
    assert text_of(answer) == data["text"]


def test_a_proposal_that_its_author_changed_during_the_review_is_looked_at_again(
    as_moderator, answer, proposal, stranger
):
    seen = as_moderator.get(review(proposal)).context["proposal"].created_at.isoformat()
    proposing.propose(answer, TEXT.replace("less", "46 % as much"), by=stranger, base=answer.revisions.get())
    for decision in ("accept", "reject"):
        sent = {"decision": decision, "text": proposal.text, "revision": 1, "proposed_at": seen}
        page = as_moderator.post(review(proposal), sent, follow=True).content.decode()
        assert "has changed this edit while you looked" in page
        assert "46 % as much" in page
    assert text_of(answer) == TEXT
    assert EditProposal.objects.get().is_pending


def test_the_proposer_reads_nothing_of_an_answer_that_was_hidden_since(
    as_stranger, as_moderator, answer, proposal, asker, moderator
):
    answering.edit(answer, "A secret.", by=asker)
    moderation.hide(answer, by=moderator)
    response = as_stranger.get(review(proposal))
    assert response.status_code == 410
    assert "A secret." not in response.content.decode()
    assert as_moderator.get(review(proposal)).status_code == 200


def test_the_proposer_reads_nothing_of_an_answer_to_a_question_that_was_hidden_since(
    as_stranger, as_moderator, answer, proposal, moderator
):
    question_moderation.hide(answer.question, by=moderator)
    response = as_stranger.get(review(proposal))
    assert response.status_code == 410
    assert "The moon pulls" not in response.content.decode()
    assert as_moderator.get(review(proposal)).status_code == 200


def test_who_reviews_but_may_not_edit_what_is_protected_leaves_it_to_others(
    as_stranger, stranger, answer, proposal, moderator
):
    stranger.user_permissions.add(Permission.objects.get(codename="review_edit"))
    moderation.protect(answer, by=moderator)
    sent = {"decision": "accept", "text": proposal.text, "revision": 1}
    assert as_stranger.post(review(proposal), sent).status_code == 403
    assert text_of(answer) == TEXT


def test_a_form_holds_the_text_of_the_revision_that_it_names(as_asker, answer, address, asker, monkeypatch):
    real, times = answering.newest_revision, []

    def meanwhile(of: Answer) -> Revision:
        if not times:
            times.append(1)
            answering.edit(answer, "Saved between two queries.", by=asker)
        return real(of)

    monkeypatch.setattr(answering, "newest_revision", meanwhile)
    form = as_asker.get(address).context["form"]
    assert (form.initial["text"], form.initial["revision"]) == ("Saved between two queries.", 2)


def test_a_form_that_does_not_say_what_was_edited_overwrites_nothing(as_asker, answer, address):
    response = as_asker.post(address, {"text": "My text."})
    assert response.status_code == 409
    assert response.context["form"].data["text"] == "My text."
    assert text_of(answer) == TEXT


def test_two_who_edit_different_sentences_find_both_in_the_text(as_asker, answer, address, moderator):
    answering.edit(answer, TEXT.replace("two tides", "two high tides"), by=moderator, summary="High")
    mine = TEXT.replace("less", "half as much")
    response = as_asker.post(address, {"text": mine, "summary": "How much", "revision": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "High" in page
    assert "Look it through" in page
    data = response.context["form"].data
    assert data["text"] == TEXT.replace("two tides", "two high tides").replace("less", "half as much")
    assert (data["summary"], data["revision"]) == ("How much", "2")
    assert "two high tides" in text_of(answer)
    assert as_asker.post(address, data).status_code == 302
    assert text_of(answer) == data["text"]


def test_two_who_edit_the_same_words_choose_and_marks_are_not_saved(as_asker, answer, address, moderator):
    answering.edit(answer, TEXT.replace("less", "a little"), by=moderator)
    response = as_asker.post(address, {"text": TEXT.replace("less", "half as much"), "revision": 1})
    data = response.context["form"].data
    assert response.status_code == 409
    assert "a little" in data["text"]
    assert "half as much" in data["text"]
    refused = as_asker.post(address, data)
    assert refused.status_code == 422
    assert "places with two texts" in refused.content.decode()
    assert text_of(answer) == TEXT.replace("less", "a little")
    chosen = {"text": TEXT.replace("less", "half as much"), "revision": data["revision"]}
    assert as_asker.post(address, chosen).status_code == 302


def test_saving_twice_by_a_double_click_is_saving_once(as_asker, answer, address):
    sent = {"text": "The moon.", "revision": 1}
    assert [as_asker.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert answer.revisions.count() == 2


@pytest.mark.parametrize("revision", ["999", "0", "-1"])
def test_a_text_that_the_answer_never_had_overwrites_nothing(as_asker, answer, address, revision):
    response = as_asker.post(address, {"text": "My text.", "revision": revision})
    assert response.status_code == 409
    assert "not known which text you began from" in response.content.decode()
    assert response.context["form"].data["text"] == "My text."
    assert text_of(answer) == TEXT


def test_a_revision_of_another_answer_overwrites_nothing(as_asker, ask, answer, address, asker):
    other = answering.answer(ask("Why is the sea salt?"), "Rivers.", by=asker)
    answering.edit(other, "Rivers bring it.", by=asker)
    response = as_asker.post(address, {"text": "My text.", "revision": other.revisions.count()})
    assert response.status_code == 409
    assert text_of(answer) == TEXT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here yet"),
        ("***", "nothing to read"),
        ("x" * 1_000_000, "1000000 characters long"),
        ("\x00\x07", "nothing here yet"),
        ("> " * 1_000 + "deep", "more than 100 levels"),
        ("- " * 1_000 + "deep", "more than 100 levels"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_kept(as_asker, answer, address, text, said):
    response = as_asker.post(address, {"text": text, "summary": "Kept as well", "revision": 1})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept as well" in page
    assert response.context["form"].data["text"] == text
    assert text_of(answer) == TEXT


def test_signs_that_cannot_be_shown_are_taken_out_with_a_word(as_asker, answer, address):
    response = as_asker.post(address, {"text": "The\x00 moon.\x07", "summary": "Kept", "revision": 1})
    assert response.status_code == 422
    assert "2 signs that cannot be shown" in response.content.decode()
    assert response.context["form"]["text"].value() == "The moon."
    assert response.context["form"]["summary"].value() == "Kept"
    assert text_of(answer) == TEXT
    again = {"text": "The moon.", "revision": response.context["form"]["revision"].value()}
    assert as_asker.post(address, again).status_code == 302
    assert text_of(answer) == "The moon."


def test_protecting_leaves_the_text_to_moderators(as_asker, as_moderator, answer, address, moderator):
    page = reverse("protect-answer", args=[answer.pk])
    assert as_moderator.post(page, {"protect": "yes", "reason": "Edit war"}).status_code == 302
    as_asker.post(address, {"text": "The moon.", "revision": 1})
    assert text_of(answer) == TEXT
    assert EditProposal.objects.count() == 1
    assert as_moderator.post(page, {"protect": "yes"}).status_code == 422
    assert as_moderator.post(page, {"protect": "no"}).status_code == 302
    as_asker.post(address, {"text": "The moon.", "revision": 1})
    assert text_of(answer) == "The moon."
    assert [act.kind for act in answer.acts.order_by("id")] == ["protected", "unprotected"]


def test_a_hidden_answer_is_not_edited(as_asker, answer, address, moderator):
    moderation.hide(answer, by=moderator)
    assert as_asker.post(address, {"text": "The moon.", "revision": 1}).status_code == 410
    assert text_of(answer) == TEXT
