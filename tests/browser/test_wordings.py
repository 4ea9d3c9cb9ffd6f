"""Wordings in a real browser: adding one that is new or there already, splitting it off, making it the primary."""

import pytest
from playwright.sync_api import Page, expect

from answers import answering
from questions import merging
from questions.models import DuplicateCandidate, Question
from tests.browser.people import let_in
from tests.questions.families_graph import root

pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])

TIDES, SEA, EBB, MOON = (
    "How do tides work?",
    "What makes the sea rise?",
    "Why is there ebb and flood?",
    "Does the moon pull at the sea?",
)


@pytest.fixture
def tides(ask) -> Question:
    question = ask(TIDES)
    answering.answer(question, "The moon pulls at the water.")
    return question


@pytest.fixture
def ebb(ask) -> Question:
    """Another question, with an answer and an alternate of its own."""
    question = ask(EBB)
    answering.answer(question, "Moon and sun together.", useful_elsewhere=5)
    merging.add_alternate(MOON, to=question, by=None)
    return question


def add(page: Page, words: str) -> None:
    """Add a wording from the page of the question, as one would."""
    page.get_by_role("link", name="Add another wording").click()
    page.get_by_label("The same question in other words").fill(words)
    page.get_by_role("button", name="Add this wording").click()


def expect_title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def alternates(page: Page) -> list[str]:
    return page.locator(".also-asked .alternate > span:first-child").all_inner_texts()


@pytest.fixture
def visit(open_page):
    """Open a page as one of the people."""

    def visit_it(path: str, user, *, javascript: bool = True) -> Page:
        page = open_page("/keys/", javascript=javascript)
        let_in(page, user)
        page.goto(path)
        return page

    return visit_it


@both_ways
def test_a_new_wording_stands_among_the_others_and_leads_to_the_answers(visit, tides, stranger, javascript):
    page = visit(tides.get_absolute_url(), stranger, javascript=javascript)
    add(page, SEA)
    expect(page.get_by_text("Whoever asks it in these words now comes here.")).to_be_visible()
    expect_title(page, TIDES)
    assert alternates(page) == [SEA]
    page.goto("/ask/")
    page.get_by_label("What would you like to know?").fill("what makes the SEA rise")
    page.get_by_role("button", name="Ask it", exact=True).click()
    expect_title(page, TIDES)
    expect(page.get_by_text(f"You asked: “{SEA}”")).to_be_visible()


def test_the_primary_itself_needs_not_be_added(visit, tides, stranger):
    page = visit(tides.get_absolute_url(), stranger)
    add(page, "how do TIDES work")
    expect_title(page, f"{TIDES} is the primary wording of this question.")
    page.get_by_role("link", name="Go to the question").click()
    expect_title(page, TIDES)
    assert Question.objects.count() == 1


@both_ways
def test_an_alternate_of_this_question_is_made_the_primary_and_that_is_undone(
    visit, tides, moderator, javascript
):
    merging.add_alternate(SEA, to=tides, by=None)
    page = visit(tides.get_absolute_url(), moderator, javascript=javascript)
    add(page, SEA)
    expect_title(page, f"{SEA} already exists as an alternate of this question.")
    expect(page.get_by_text("Would you like to make it the primary")).to_be_visible()
    page.get_by_role("button", name="Make it the primary").click()
    expect_title(page, SEA)
    assert alternates(page) == [TIDES]
    expect(page.get_by_text("The moon pulls at the water.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_title(page, TIDES)
    assert alternates(page) == [SEA]


def test_who_may_not_promote_is_told_that_the_alternate_leads_there_already(visit, tides, stranger):
    merging.add_alternate(SEA, to=tides, by=None)
    page = visit(tides.get_absolute_url(), stranger)
    add(page, SEA)
    expect(page.get_by_text("A moderator could make it the primary.")).to_be_visible()
    expect(page.get_by_role("button", name="Make it the primary")).to_have_count(0)
    page.get_by_role("link", name="Go to the question").click()
    expect_title(page, TIDES)


@both_ways
def test_the_wording_of_another_question_is_merged_into_by_who_may_and_that_is_undone(
    visit, tides, ebb, moderator, javascript
):
    page = visit(tides.get_absolute_url(), moderator, javascript=javascript)
    add(page, EBB)
    expect_title(page, f"{EBB} already exists.")
    page.get_by_role("link", name="Merge into it").click()
    page.get_by_label("Why?").fill("one moon")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect_title(page, EBB)
    assert set(alternates(page)) == {TIDES, MOON}
    for words in ("The moon pulls at the water.", "Moon and sun together."):
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_title(page, TIDES)
    assert alternates(page) == []
    expect(page.get_by_text("Moon and sun together.")).to_have_count(0)


@both_ways
def test_who_may_not_merge_suggests_it_and_a_moderator_finds_it_in_the_queue(
    visit, tides, ebb, stranger, moderator, javascript
):
    page = visit(tides.get_absolute_url(), stranger, javascript=javascript)
    add(page, EBB)
    page.get_by_role("link", name="Suggest this merge").click()
    expect_title(page, f"Do {TIDES} and {EBB} ask the same?")
    page.get_by_label("Why?").fill("both are about the moon")
    page.get_by_role("button", name="Suggest this merge").click()
    expect(page.get_by_text("A moderator will look at the two questions.")).to_be_visible()
    expect_title(page, TIDES)
    assert DuplicateCandidate.objects.get().suggested_by == stranger
    desk = visit("/review/duplicates/", moderator, javascript=javascript)
    desk.get_by_role("button", name="Start reviewing").click()
    expect(desk.get_by_text("both are about the moon")).to_be_visible()
    expect(desk.get_by_role("heading", name=EBB)).to_be_visible()


def test_the_same_suggestion_again_is_said_to_be_there_already(visit, tides, ebb, stranger):
    page = visit(f"/questions/{tides.pk}/suggest-merge/?into={ebb.pk}", stranger)
    page.get_by_role("button", name="Suggest this merge").click()
    expect_title(page, TIDES)
    page.goto(f"/questions/{tides.pk}/suggest-merge/?into={ebb.pk}")
    page.get_by_label("Why?").fill("my long reason")
    page.get_by_role("button", name="Suggest this merge").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("my long reason")
    assert DuplicateCandidate.objects.count() == 1


def test_an_alternate_of_another_question_leads_to_merging_with_that_question(visit, tides, ebb, moderator):
    page = visit(tides.get_absolute_url(), moderator)
    add(page, MOON)
    expect_title(page, f"{MOON} exists and is an alternate of {EBB}.")
    page.get_by_role("link", name="Merge into it").click()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect_title(page, EBB)
    assert set(alternates(page)) == {TIDES, MOON}
    # The edge goes to the wording that was chosen, so that it goes along if that is split off.
    tides.refresh_from_db()
    assert tides.merged_into.text == MOON


@both_ways
def test_an_alternate_of_another_question_is_split_off_first_and_that_is_undone(
    visit, tides, ebb, moderator, javascript
):
    page = visit(tides.get_absolute_url(), moderator, javascript=javascript)
    add(page, MOON)
    page.get_by_role("link", name="Split it off").click()
    expect_title(page, f"Split {MOON} off from {EBB}?")
    page.get_by_role("button", name="Split it off").click()
    expect_title(page, MOON)
    expect(page.get_by_text(f"“{MOON}” is a question of its own.")).to_be_visible()
    moon = Question.objects.get(text=MOON)
    assert root(moon) == moon.pk
    page.get_by_role("button", name="Undo").click()
    expect_title(page, EBB)
    assert alternates(page) == [MOON]
    assert root(moon) == ebb.pk


def test_who_may_not_merge_suggests_it_for_an_alternate_of_another_question_too(visit, tides, ebb, stranger):
    page = visit(tides.get_absolute_url(), stranger)
    add(page, MOON)
    expect_title(page, f"{MOON} exists and is an alternate of {EBB}.")
    expect(page.get_by_role("link", name="Split it off")).to_have_count(0)
    page.get_by_role("link", name="Suggest this merge").click()
    page.get_by_role("button", name="Suggest this merge").click()
    expect(page.get_by_text("A moderator will look at the two questions.")).to_be_visible()
    expect_title(page, TIDES)
    candidate = DuplicateCandidate.objects.get()
    assert {root(candidate.source), root(candidate.target)} == {tides.pk, ebb.pk}


@both_ways
def test_rewording_a_question_into_another_one_asks_and_the_way_back_keeps_it_all(
    visit, ask, ebb, asker, javascript
):
    question = ask(TIDES, by=asker)
    page = visit(question.get_absolute_url(), asker, javascript=javascript)
    page.get_by_role("link", name="Edit it").click()
    page.locator("main [name=text]").fill(EBB)
    page.locator("main [name=details]").fill("Near **Brest**.")
    page.locator("main [name=tags]").fill("sea, brest")
    page.get_by_role("button", name="Save").click()
    expect_title(page, f"{EBB} already exists.")
    page.get_by_role("button", name="Back, with what I typed").click()
    for name, value in (("text", EBB), ("details", "Near **Brest**."), ("tags", "sea, brest")):
        expect(page.locator(f"main [name={name}]")).to_have_value(value)
    question.refresh_from_db()
    assert question.text == TIDES


@both_ways
def test_a_moderator_splits_off_from_the_menu_with_a_reason_that_the_history_shows_and_undoes(
    visit, tides, moderator, javascript
):
    merging.add_alternate(SEA, to=tides, by=None)
    page = visit(tides.get_absolute_url(), moderator, javascript=javascript)
    page.get_by_text("Split or make primary").click()
    page.locator(".menu.moderators").get_by_role("link", name="split off").click()
    page.get_by_label("Why?").fill("rivers rise too")
    page.get_by_role("button", name="Split it off").click()
    expect_title(page, SEA)
    page.get_by_role("link", name="See its history").click()
    expect(page.get_by_text("rivers rise too").first).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone:")).to_be_visible()
    sea = Question.objects.get(text=SEA)
    assert root(sea) == tides.pk
    page.goto(sea.get_absolute_url())
    expect_title(page, TIDES)


def test_a_moderator_makes_an_alternate_the_primary_from_the_list_under_the_title(visit, tides, moderator):
    merging.add_alternate(SEA, to=tides, by=None)
    page = visit(tides.get_absolute_url(), moderator)
    page.locator(".also-asked").get_by_role("link", name="make primary").click()
    expect_title(page, f"Make {SEA} the primary?")
    page.get_by_role("link", name="Leave it as it is").click()
    expect_title(page, TIDES)
    page.locator(".also-asked").get_by_role("link", name="make primary").click()
    page.get_by_role("button", name="Make it the primary").click()
    expect_title(page, SEA)
    page.get_by_role("button", name="Undo").click()
    expect_title(page, TIDES)


@pytest.mark.parametrize(("language", "is_turned"), [("en", False), ("ar", True)])
def test_a_tree_grows_in_the_direction_of_the_page(open_page, ask, language, is_turned):
    question = ask("How can I stop a door from squeaking?")
    merging.merge(ask("What helps against noisy hinges?"), into=question, by=None)
    page = open_page("/keys/", width=360)
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(f"/questions/{question.pk}/history/")
    tree = page.locator(".family-picture")
    box = tree.bounding_box()
    for twig in tree.locator(".root, .twig").all():
        circle, text = twig.locator("circle").bounding_box(), twig.locator("text").bounding_box()
        assert (circle["x"] > text["x"]) == is_turned
        assert box["x"] <= text["x"]
        assert text["x"] + text["width"] <= box["x"] + box["width"]
