"""The review queue as moderators work through it: with the keyboard alone, without JavaScript, on a small screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answers import answering
from questions import merging
from questions.models import Act, DuplicateCandidate
from tests.browser.people import let_in
from tests.questions.families_graph import root

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pairs(ask) -> list[DuplicateCandidate]:
    """Four pairs, the surest first."""
    return [
        DuplicateCandidate.objects.create(
            source=ask(f"Question {letter}?"),
            target=ask(f"Question {letter} in other words?"),
            confidence=confidence,
            created_at=timezone.now(),
        )
        for letter, confidence in [("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.6)]
    ]


def see(page, letter: str) -> None:
    page.get_by_role("heading", name=f"Question {letter}?").wait_for()


def test_a_moderator_reviews_the_queue_with_the_keyboard_alone(open_page, pairs, moderator):
    a, b = pairs[:2]
    page = open_page()
    let_in(page, moderator)
    page.goto("/review/duplicates/")
    page.evaluate("window.loadedOnce = true")
    page.keyboard.press("n")
    see(page, "a")
    page.keyboard.press("ArrowRight")
    see(page, "b")
    assert root(a.source) == a.target.pk
    expect(page.get_by_role("status")).to_contain_text("“Question a?” is an alternate now")
    page.keyboard.press("ArrowLeft")
    see(page, "c")
    assert root(b.target) == b.source.pk
    page.keyboard.press("u")
    page.get_by_text("Undone: “").wait_for()
    assert root(b.target) == b.target.pk
    see(page, "c")
    page.keyboard.press("r")
    see(page, "d")
    page.keyboard.press("u")
    see(page, "c")
    # Who listens to the page hears its heading after each step.
    expect(page.get_by_role("heading", name="Do these ask the same?")).to_be_focused()
    page.keyboard.press("r")
    see(page, "d")
    page.keyboard.press("s")
    page.get_by_text("You skipped 1 of them.").wait_for()
    page.keyboard.press("u")
    see(page, "d")
    page.keyboard.press("r")
    page.get_by_role("heading", name="Every pair has been looked at").wait_for()
    expect(page.get_by_text("Today 1 merged, 3 told apart; 4 by you")).to_be_visible()
    assert page.evaluate("window.loadedOnce")
    decided = DuplicateCandidate.objects.order_by("pk").values_list("decision", flat=True)
    assert list(decided) == ["merged", "dismissed", "dismissed", "dismissed"]
    assert Act.objects.filter(by=moderator).count() == 7


def test_keys_are_letters_again_where_one_writes_and_can_be_switched_off(open_page, pairs, moderator):
    page = open_page()
    let_in(page, moderator)
    page.goto("/review/duplicates/")
    page.keyboard.press("n")
    see(page, "a")
    page.get_by_text("Say why").click()
    page.get_by_label("Why?").press_sequentially("sure rules")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Why?")).to_have_value("sure rules")
    page.get_by_role("heading", name="Do these ask the same?").click()
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Switch the keys off").click()
    page.keyboard.press("s")
    page.get_by_role("button", name="Switch the keys on").click()
    assert DuplicateCandidate.objects.filter(skips__user=moderator).count() == 0
    page.keyboard.press("r")
    see(page, "b")
    assert Act.objects.get().reason == "sure rules"


def test_what_changed_meanwhile_is_shown_again_in_place(open_page, pairs, moderator):
    page = open_page()
    let_in(page, moderator)
    page.goto("/review/duplicates/")
    page.keyboard.press("n")
    see(page, "a")
    merging.reword(pairs[0].source, "Question z?", by=None)
    page.keyboard.press("ArrowLeft")
    page.get_by_role("alert").get_by_text("nothing was merged").wait_for()
    see(page, "z")


def test_the_queue_works_without_javascript(open_page, pairs, moderator):
    page = open_page(javascript=False)
    let_in(page, moderator)
    page.goto("/")
    page.get_by_role("link", name="Review").click()
    page.get_by_role("main").get_by_role("link", name="Duplicates").first.click()
    page.get_by_role("button", name="Start reviewing").click()
    see(page, "a")
    page.get_by_role("button", name="Merge into Question a in other words?").click()
    see(page, "b")
    page.get_by_role("button", name="Undo").click()
    see(page, "b")
    page.get_by_role("button", name="Related, not the same").click()
    see(page, "c")
    page.get_by_role("button", name="Skip").click()
    see(page, "d")
    assert list(Act.objects.order_by("pk").values_list("kind", flat=True)) == [
        "merged",
        "unmerged",
        "dismissed",
    ]


def test_the_review_pages_fit_a_screen_of_360_pixels(open_page, ask, moderator, stranger):
    question = ask(
        "How do tides work" + "andoverandoverandoveragain" * 9 + "?", tags=["oceanographicalresearch"]
    )
    answering.answer(question, "Supercalifragilistic" * 20)
    alternate = merging.add_alternate("Whatmakesthesearise" * 12 + "?", to=question, by=None).question
    pair = DuplicateCandidate.objects.create(
        source=ask("Whyisthesea" * 20 + "?", by=stranger),
        target=alternate,
        suggested_by=stranger,
        reason="x" * 250,
        confidence=0.9,
        created_at=timezone.now(),
    )
    page = open_page(width=360)
    let_in(page, moderator)
    for address in ("/review/duplicates/", f"/review/duplicates/{pair.pk}/", "/review/wordings/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.goto("/review/duplicates/")
    page.keyboard.press("n")
    page.get_by_role("button", name="Skip").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
