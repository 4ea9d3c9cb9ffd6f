"""Tags, and pairs that may be duplicates, in the admin."""

from __future__ import annotations

import pytest
import taggit.models
from django.contrib import admin as djangos_admin

from questions.models import Act, DuplicateCandidate, Question, Tag
from tests.admin.conftest import THEN, list_of, page_of


@pytest.fixture
def pair(ask) -> DuplicateCandidate:
    return DuplicateCandidate.objects.create(
        source=ask("Can bees swim?"),
        target=ask("Are bees able to swim?"),
        reason="Same words",
        created_at=THEN,
    )


def test_taggits_own_empty_table_is_not_there_to_confuse_anybody():
    assert not djangos_admin.site.is_registered(taggit.models.Tag)


def test_tags_show_how_many_wordings_carry_them(superuser, ask):
    for number in range(3):
        ask(f"Is it tagged {number}?", tags=["bees"])
    [tag] = superuser.get(list_of(Tag)).context["cl"].result_list
    assert tag.wordings == 3


def test_a_tag_is_its_address_too(superuser, db):
    superuser.post(list_of(Tag) + "add/", {"name": "House  Plants"})
    tag = Tag.objects.get()
    assert (tag.name, tag.slug) == ("house-plants", "house-plants")
    superuser.post(page_of(tag), {"name": "C++"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("c++", "c++")


@pytest.mark.parametrize("name", ["Bees", "?"])
def test_a_tag_that_exists_or_is_none_is_an_error_on_the_form(name, superuser, ask):
    ask("Can bees swim?", tags=["bees"])
    page = superuser.post(list_of(Tag) + "add/", {"name": name})
    assert page.context["adminform"].form.errors["name"]
    assert Tag.objects.count() == 1


def test_a_tag_in_use_is_not_deleted_and_an_unused_one_is(superuser, ask):
    ask("Can bees swim?", tags=["bees"])
    used, unused = Tag.objects.get(), Tag.objects.create(name="wasps", slug="wasps")
    assert superuser.post(page_of(used, "delete"), {"post": "yes"}).status_code == 403
    both = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}
    superuser.post(list_of(Tag), both)
    assert Tag.objects.count() == 2
    assert superuser.post(page_of(unused, "delete"), {"post": "yes"}).status_code == 302
    assert list(Tag.objects.all()) == [used]


def test_merging_a_pair_is_the_verbs_and_is_remembered(superuser, act, admin, pair):
    assert act([pair], "merge_selected") == ["“Can bees swim?” was merged into “Are bees able to swim?”."]
    logged = Act.objects.get()
    assert (logged.kind, logged.by, logged.reason) == ("merged", admin, "Same words")
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by) == ("merged", admin)
    [refused] = act([pair], "merge_selected")
    assert "decided about this pair already" in refused


def test_dismissing_a_pair_is_logged_and_remembered_and_merges_nothing(superuser, act, admin, pair):
    act([pair], "dismiss_selected", reason="Two things")
    logged = Act.objects.get()
    assert (logged.kind, logged.by, logged.reason) == ("dismissed", admin, "Two things")
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by) == ("dismissed", admin)
    assert Question.objects.primaries().count() == 2
    [refused] = act([pair], "merge_selected")
    assert "decided about this pair already" in refused


def test_deciding_about_pairs_needs_its_permission_and_merging_both(staff, act, pair):
    staff("questions.view_duplicatecandidate")
    act([pair], "dismiss_selected")
    act([pair], "merge_selected")
    staff("questions.decide_duplicatecandidate")
    act([pair], "merge_selected")
    pair.refresh_from_db()
    assert (pair.decision, Act.objects.count()) == ("", 0)
    act([pair], "dismiss_selected")
    pair.refresh_from_db()
    assert pair.decision == "dismissed"


def test_pairs_that_wait_can_be_found(superuser, act, ask, pair):
    other = DuplicateCandidate.objects.create(
        source=ask("Can ants swim?"), target=pair.target, created_at=THEN
    )
    act([other], "dismiss_selected")
    for query, found in [
        ({"decision": "waiting"}, [pair]),
        ({"decision": "dismissed"}, [other]),
        ({"q": "ants"}, [other]),
    ]:
        page = superuser.get(list_of(DuplicateCandidate), query)
        assert list(page.context["cl"].result_list) == found, query
