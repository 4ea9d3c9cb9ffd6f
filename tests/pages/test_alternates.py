"""What is asked most in other words, and by which of them readers arrive."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from questions import merging, moderation
from questions.models import Arrivals

pytestmark = pytest.mark.django_db


@pytest.fixture
def families(ask, moderator):
    """Three primaries with one, three and no alternates."""
    few, many, alone = ask("Few?"), ask("Many?"), ask("Alone?")
    merging.add_alternate("Few, again?", to=few, by=moderator)
    for number in range(3):
        merging.add_alternate(f"Many, number {number}?", to=many, by=moderator)
    return few, many, alone


def arrive(client, wording):
    return client.post(reverse("arrived", args=[wording.pk]))


def test_families_stand_by_how_many_wordings_they_have(as_guest, families):
    few, many, alone = families
    page = as_guest.get(reverse("alternates")).content.decode()
    assert page.index(many.text) < page.index(few.text)
    assert "Many, number 2?" in page
    assert alone.text not in page


def test_families_stand_by_how_many_came_by_another_wording(as_guest, families):
    few, many, _ = families
    for _ in range(2):
        assert arrive(as_guest, few.family.get(text="Few, again?")).status_code == 204
    arrive(as_guest, many.family.get(text="Many, number 1?"))
    page = as_guest.get(reverse("alternates-arrivals")).content.decode()
    assert page.index(few.text) < page.index(many.text)
    assert "2 came this way" in page
    # Of a family's wordings, the one by which most came stands first.
    assert page.index("Many, number 1?") < page.index("Many, number 0?")


def test_who_comes_by_the_primary_is_not_counted(as_guest, families):
    arrive(as_guest, families[0])
    assert not Arrivals.objects.exists()


def test_what_was_longer_ago_than_the_page_says_does_not_count(as_guest, families):
    alternate = families[0].family.get(text="Few, again?")
    Arrivals.objects.create(question=alternate, day=timezone.localdate() - timedelta(days=90), count=5)
    assert "Few?" not in as_guest.get(reverse("alternates-arrivals")).content.decode()


def test_hidden_questions_and_wordings_stand_in_neither_list(as_guest, families, moderator):
    few, many, _ = families
    hidden = many.family.get(text="Many, number 0?")
    arrive(as_guest, hidden)
    arrive(as_guest, few.family.get(text="Few, again?"))
    moderation.hide(hidden, by=moderator)
    moderation.hide(few, by=moderator)
    for name in ("alternates", "alternates-arrivals"):
        page = as_guest.get(reverse(name)).content.decode()
        assert hidden.text not in page
        assert few.text not in page


def test_who_comes_by_a_hidden_wording_is_not_counted(as_guest, as_moderator, families, moderator):
    hidden = families[1].family.get(text="Many, number 0?")
    moderation.hide(hidden, by=moderator)
    for client in (as_guest, as_moderator):
        assert arrive(client, hidden).status_code == 204
    assert not Arrivals.objects.exists()


def test_nobody_arrives_at_what_is_not_there(as_guest):
    assert as_guest.post(reverse("arrived", args=[10**9])).status_code == 404


@pytest.mark.parametrize("name", ["alternates", "alternates-arrivals"])
def test_lists_run_a_fixed_number_of_queries(
    as_guest, families, ask, moderator, name, django_assert_num_queries
):
    def look():
        for alternate in families[0].family.exclude(pk=families[0].pk):
            arrive(as_guest, alternate)
        with django_assert_num_queries({"alternates": 3, "alternates-arrivals": 4}[name]):
            as_guest.get(reverse(name))

    look()
    for number in range(5):
        merging.add_alternate(f"Few, number {number}?", to=families[0], by=moderator)
        merging.add_alternate(f"Other {number} again?", to=ask(f"Other {number}?"), by=moderator)
    look()
