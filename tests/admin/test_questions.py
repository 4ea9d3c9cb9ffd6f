"""Questions in the admin: what can be changed there, and that every change is a verb's."""

from __future__ import annotations

import pytest
from django.contrib.admin import helpers

from questions import merging
from questions.admin.acting import MOST_AT_ONCE
from questions.models import Act, DetailsRevision, Question, Tag
from tests.admin.conftest import list_of, page_of


@pytest.fixture
def monstera(ask) -> Question:
    return ask("How do I repot a monstera?", details="It is **big**.")


@pytest.fixture
def cheese_plant(ask) -> Question:
    return ask("When should a Swiss cheese plant be repotted?")


def posted(question: Question, **changes: object) -> dict[str, object]:
    """What the browser sends from the question's page."""
    return {
        "text": question.text,
        "details": question.details,
        "guest_name": question.guest_name,
        "author": question.author_id or "",
        "taggedquestion_set-TOTAL_FORMS": "0",
        "taggedquestion_set-INITIAL_FORMS": "0",
        **changes,
    }


def family_columns(question: Question) -> dict[str, object]:
    return Question.objects.values(
        "key", "primary", "merged_into", "wording_count", "answer_count", "state"
    ).get(pk=question.pk)


def test_posting_edge_shortcut_key_and_numbers_changes_none_of_them(superuser, monstera, cheese_plant):
    before = family_columns(monstera)
    forged = {
        "merged_into": cheese_plant.pk,
        "primary": cheese_plant.pk,
        "key": "forged",
        "wording_count": 7,
        "answer_count": 7,
        "state": "hidden",
    }
    response = superuser.post(page_of(monstera), posted(monstera, **forged))
    assert response.status_code == 302
    assert family_columns(monstera) == before
    assert not Act.objects.exists()


def test_a_new_wording_is_logged_with_its_reason(superuser, admin, monstera):
    superuser.post(page_of(monstera), posted(monstera, text="How do I repot my  monstera?", reason="Clearer"))
    monstera.refresh_from_db()
    assert monstera.text == "How do I repot my monstera?"
    assert monstera.key == "how do i repot my monstera"
    act = Act.objects.get()
    assert (act.kind, act.by, act.reason) == ("reworded", admin, "Clearer")
    assert act.text_before == "How do I repot a monstera?"


@pytest.mark.parametrize("text", ["WHEN should a Swiss cheese plant be repotted", "???", "", "x" * 301])
def test_a_wording_that_exists_or_is_none_is_an_error_on_the_form(text, superuser, monstera, cheese_plant):
    response = superuser.post(page_of(monstera), posted(monstera, text=text))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["text"]
    monstera.refresh_from_db()
    assert monstera.text == "How do I repot a monstera?"


def test_a_wording_that_somebody_takes_between_look_and_save_is_an_error_as_well(
    superuser, monstera, cheese_plant, monkeypatch
):
    # The form's look finds nothing, as it would a moment before the other question is written.
    monkeypatch.setattr(type(Question.objects), "worded", lambda self, text: None)
    response = superuser.post(
        page_of(monstera), posted(monstera, text=cheese_plant.text, guest_name="Nobody"), follow=True
    )
    assert response.status_code == 200
    assert ["already exists" in str(message) for message in response.context["messages"]] == [True]
    monstera.refresh_from_db()
    assert (monstera.text, monstera.guest_name) == ("How do I repot a monstera?", "")


def test_saving_without_a_change_writes_neither_log_nor_revision(superuser, monstera):
    Question.objects.filter(pk=monstera.pk).update(details="Two\r\nlines\n")
    superuser.post(page_of(monstera), posted(monstera, details="Two\r\nlines"))
    assert not Act.objects.exists()
    assert DetailsRevision.objects.count() == 1


def test_new_details_are_rendered_and_the_old_are_kept(superuser, admin, monstera):
    superuser.post(page_of(monstera), posted(monstera, details="It is *huge*."))
    monstera.refresh_from_db()
    assert "<em>huge</em>" in monstera.details_html
    revision = DetailsRevision.objects.first()
    assert (revision.text, revision.author) == ("It is *huge*.", admin)


def test_author_and_tags_can_be_set(superuser, monstera, asker):
    tag = Tag.objects.create(name="plants", slug="plants")
    tags = {
        "taggedquestion_set-TOTAL_FORMS": "1",
        "taggedquestion_set-0-tag": tag.pk,
        "taggedquestion_set-0-content_object": monstera.pk,
    }
    assert superuser.post(page_of(monstera), posted(monstera, author=asker.pk, **tags)).status_code == 302
    monstera.refresh_from_db()
    assert monstera.author == asker
    assert list(monstera.tags.names()) == ["plants"]


def test_the_page_shows_the_family_and_its_log(superuser, admin, monstera, cheese_plant):
    merging.merge(cheese_plant, into=monstera, by=admin, reason="The same plant")
    page = superuser.get(page_of(monstera))
    assert page_of(cheese_plant) in page.text
    assert "merged into “How do I repot a monstera?”" in page.text
    assert "The same plant" in page.text


def test_questions_are_not_added_here(superuser, db):
    assert superuser.get(list_of(Question) + "add/").status_code == 403


def test_merging_asks_for_the_target_before_anything_is_done(superuser, monstera):
    chosen = {"action": "merge_selected", helpers.ACTION_CHECKBOX_NAME: monstera.pk}
    page = superuser.post(list_of(Question), chosen)
    assert page.status_code == 200
    assert "admin-autocomplete" in page.text
    assert monstera.text in page.text
    assert not Act.objects.exists()


def test_merging_without_a_target_shows_the_error_on_the_page(superuser, monstera):
    chosen = {"action": "merge_selected", helpers.ACTION_CHECKBOX_NAME: monstera.pk, "confirmed": "yes"}
    page = superuser.post(list_of(Question), chosen)
    assert page.status_code == 422
    assert "target" in page.context["form"].errors


def test_merging_merges_what_can_be_merged_and_says_what_cannot(superuser, act, admin, ask, monstera):
    selected = [ask("Does a monstera need a new pot?"), ask("Which pot for a monstera?"), monstera]
    # Messages follow the list, the newest first.
    said = act([*selected], "merge_selected", target=monstera.pk, reason="One plant")
    assert said == [
        "“Which pot for a monstera?” was merged into “How do I repot a monstera?”.",
        "“Does a monstera need a new pot?” was merged into “How do I repot a monstera?”.",
        "“How do I repot a monstera?”: A question cannot be merged into itself. Please choose another one.",
    ]
    assert set(Question.objects.of_family(monstera)) == set(selected)
    logged = Act.objects.values_list("kind", "by", "reason")
    assert list(logged) == [("merged", admin.pk, "One plant")] * 2
    [refused] = act([selected[0]], "merge_selected", target=monstera.pk)
    assert "wordings of one question already" in refused


def test_unmerging_promoting_hiding_and_restoring_are_logged(superuser, act, admin, monstera, cheese_plant):
    merging.merge(cheese_plant, into=monstera, by=admin)
    for action, kind in [
        ("promote_selected", "promoted"),
        ("hide_selected", "hidden"),
        ("restore_selected", "restored"),
    ]:
        act([cheese_plant], action, reason="For the test")
        newest = Act.objects.newest()[0]
        assert (newest.kind, newest.question, newest.by, newest.reason) == (
            kind,
            cheese_plant,
            admin,
            "For the test",
        )
    act([monstera], "unmerge_selected", reason="They differ")
    assert Act.objects.newest()[0].kind == "unmerged"
    assert Question.objects.primaries().count() == 2


def test_what_a_verb_refuses_is_a_message(superuser, act, monstera):
    assert "nothing to undo" in act([monstera], "unmerge_selected")[0]
    assert "is restored already" in act([monstera], "restore_selected")[0]
    assert not Act.objects.exists()


def test_more_than_a_person_can_check_is_refused(superuser, act, ask):
    questions = [ask(f"Is this number {number}?") for number in range(MOST_AT_ONCE + 1)]
    said = act(questions, "hide_selected")
    assert said == [f"Please select {MOST_AT_ONCE} at most."]
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    "action", ["merge_selected", "unmerge_selected", "promote_selected", "hide_selected", "restore_selected"]
)
def test_actions_need_their_permissions(action, staff, act, monstera, cheese_plant, admin):
    merging.merge(cheese_plant, into=monstera, by=admin)
    before = family_columns(cheese_plant)
    staff("questions.view_question", "questions.change_question", "questions.delete_question")
    act([cheese_plant], action, target=monstera.pk)
    assert family_columns(cheese_plant) == before
    assert Act.objects.count() == 1


def test_one_permission_allows_its_action_alone(staff, act, monstera, cheese_plant):
    staff("questions.hide_question")
    act([monstera], "merge_selected", target=cheese_plant.pk)
    assert not Act.objects.exists()
    act([monstera], "hide_selected")
    assert Act.objects.get().kind == "hidden"


def test_who_may_only_look_can_look_and_not_change(staff, monstera):
    browser = staff("questions.view_question")
    page = browser.get(page_of(monstera))
    assert page.status_code == 200
    assert 'name="text"' not in page.text
    assert browser.post(page_of(monstera), posted(monstera, text="Changed?")).status_code == 403


def test_a_moderator_who_is_staff_finds_the_questions(client, moderator, monstera):
    moderator.is_staff = True
    moderator.save(update_fields=["is_staff"])
    client.force_login(moderator)
    assert client.get(list_of(Question)).status_code == 200
    assert client.get(page_of(monstera)).status_code == 200


def test_members_and_moderators_who_are_not_staff_stay_outside(client, moderator, monstera):
    client.force_login(moderator)
    for address in [list_of(Question), page_of(monstera)]:
        assert client.get(address).status_code == 302


def test_lists_can_be_narrowed(superuser, ask, admin, asker):
    answered = ask("Is it answered?", by=asker, tags=["yes"])
    Question.objects.filter(pk=answered.pk).update(answer_count=1)
    open_ = ask("Is it open?")
    alternate = merging.add_alternate("Is it an alternate?", to=open_, by=admin).question
    tag = Tag.objects.get(name="yes")
    for query, found in [
        ({"place": "primary"}, {answered, open_}),
        ({"place": "alternate"}, {alternate}),
        ({"answered": "yes"}, {answered}),
        ({"answered": "no"}, {open_}),
        ({"tag": tag.pk}, {answered}),
        ({"author": asker.pk}, {answered}),
        ({"author": "0"}, set()),
        ({"author": "nobody"}, set()),
        ({"author": asker.pk, "q": "open"}, set()),
        ({"q": "alternate"}, {alternate}),
    ]:
        page = superuser.get(list_of(Question), query)
        assert set(page.context["cl"].result_list) == found, query


def test_a_filter_in_which_one_types_keeps_the_rest_of_the_address(superuser, monstera, asker):
    page = superuser.get(list_of(Question), {"q": "pot", "state__exact": "approved", "author": asker.pk})
    assert '<input type="hidden" name="state__exact" value="approved">' in page.text
    assert f'<option value="{asker.pk}" selected>Amina</option>' in page.text
