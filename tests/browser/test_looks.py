"""How every page is built and whether it fits: wide and narrow, from the left and from the right, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from answers import answering, commenting, folding
from door.allowances import Allowance
from questions import merging
from questions import moderation as question_moderation
from tests.browser.conftest import MEANT
from tests.browser.people import let_in
from tests.pages.conftest import PageClient, signed_in
from tests.pages.test_doors import ROUTES, addresses, another  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, NARROW = 1200, 360
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"

DETAILS = f"""# What I know

## More

{LONG_WORD * 3}

```
{"x = 1; " * 60}
```

| a | b |
|--|--|
| {LONG_WORD} | {LONG_WORD} |
"""

# What is looked at on the page as it stands; returns what is wrong, in words.
CONSTRUCTION = """() => {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const all = (selector) => [...document.querySelectorAll(selector)];

    if (all("h1").filter(shown).length !== 1) wrong.push(`${all("h1").filter(shown).length} h1`);
    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
        const next = Number(heading.tagName[1]);
        // What people write may have gaps, but its headings stay below those of the page.
        if (heading.closest(".prose")) {
            if (next < 3) wrong.push(`h${next} in a text: ${heading.textContent.trim()}`);
            continue;
        }
        if (next > level + 1) wrong.push(`h${next} after h${level}: ${heading.textContent.trim()}`);
        level = next;
    }

    const landmarks = { main: 1, "body > header": 1, "body > footer": 1, "body > header nav[aria-label]": 1,
                        "a.skip[href='#main']": 1, "body > header [role=search]": 1 };
    for (const [selector, count] of Object.entries(landmarks)) {
        if (all(selector).length !== count) wrong.push(`${all(selector).length} of ${selector}`);
    }
    if (!document.title.trim() || document.title.trim().startsWith("·")) wrong.push(`title "${document.title}"`);

    const words = (ids) => (ids || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join(" ");
    const name = (control) =>
        [
            control.getAttribute("aria-label"),
            words(control.getAttribute("aria-labelledby")),
            ...[...(control.labels || [])].map((label) => label.textContent),
            control.matches("button") ? control.textContent : "",
            control.matches("input[type=submit]") ? control.value : "",
        ].join(" ").trim();
    for (const control of all("button, input:not([type=hidden]), select, textarea:not([hidden])")) {
        if (!name(control)) wrong.push(`no name: ${control.outerHTML.slice(0, 120)}`);
    }
    for (const link of all("a[href]").filter(shown)) {
        const said = link.textContent + (link.getAttribute("aria-label") || "");
        if (!said.trim()) wrong.push(`no words: ${link.outerHTML.slice(0, 120)}`);
    }

    const ids = new Set();
    for (const { id } of all("[id]")) {
        if (ids.has(id)) wrong.push(`twice on the page: #${id}`);
        ids.add(id);
    }
    for (const attribute of ["for", "aria-labelledby", "aria-describedby", "aria-controls"]) {
        for (const element of all(`[${attribute}]`)) {
            for (const id of element.getAttribute(attribute).split(" ")) {
                if (id && !ids.has(id)) wrong.push(`${attribute} leads to no #${id}`);
            }
        }
    }
    return wrong;
}"""

# What sticks out of the window, the narrowest parts first, for they are what has to be mended.
TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const outside = [...document.body.querySelectorAll("*")].filter((element) => {
        const box = element.getBoundingClientRect();
        const right = Math.max(box.right, box.left + element.scrollWidth);
        return box.width && (right > root.clientWidth + 1 || box.left < -1) && element.checkVisibility();
    });
    const said = outside
        .filter((element) => !outside.some((other) => other !== element && element.contains(other)))
        .map(({ tagName, className, parentElement }) => `${tagName}.${className} in .${parentElement.className}`);
    return [`${root.scrollWidth} px in ${root.clientWidth}: ${[...new Set(said)].slice(0, 5).join("; ")}`];
}"""


@dataclass
class Sight:
    """One page to look at: where it is, the status that it comes with, and what to do once one is there."""

    name: str
    address: str
    status: int = 200
    go_on: Callable[[Page], object] = field(default=lambda page: None)
    # Of many pages, each with a heading of its own.
    is_parts: bool = False


@pytest.fixture
def look_at(browser, live_server, subtests):
    """Look at all these pages in one browser; a failure names its page."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": WIDE, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    # Chromium's hints, such as a better field for the keepers of passwords, are no complaints.
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def look_at_them(sights: list[Sight], *, user=None, language: str = "en") -> None:
        page.goto("/keys/")
        if user:
            let_in(page, user)
        if language != "en":
            origin = page.evaluate("location.origin")
            page.context.add_cookies([{"name": "django_language", "value": language, "url": origin}])
        for sight in sights:
            with subtests.test(page=sight.name):
                complaints.clear()
                page.set_viewport_size({"width": WIDE, "height": 900})
                response = page.goto(sight.address)
                assert response.status == sight.status
                sight.go_on(page)
                expect(page.locator("html")).to_have_attribute("lang", language)
                assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else None)
                if not sight.is_parts:
                    assert page.evaluate(CONSTRUCTION) == []
                assert page.evaluate(TOO_WIDE) == []
                page.set_viewport_size({"width": NARROW, "height": 900})
                assert page.evaluate(TOO_WIDE) == []
                assert [said for said in complaints if not any(part in said for part in MEANT)] == []

    yield look_at_them
    context.close()


@pytest.fixture
def full(ask, asker, stranger, moderator):
    """A question with everything on it, in long words."""
    question = ask(
        f"Where is the {LONG_WORD} of the captain?",
        by=asker,
        details=DETAILS,
        tags=["sea", "oceanographicalresearchersguide"],
    )
    for number in range(6):
        merging.add_alternate(f"In other words {number}, where is {LONG_WORD * 2}?", to=question, by=stranger)
    other = ask("What does a captain wear?", details=f"On *{LONG_WORD}*.")
    merging.merge(other, into=question, by=moderator, reason=LONG_WORD * 4)
    first = answering.answer(
        question, f"## On his cap\n\n#### Or\n\n{LONG_WORD * 5}", by=stranger, is_accepted=True
    )
    answering.edit(first, f"## On his cap\n\n#### Or\n\n{LONG_WORD * 6}", by=stranger)
    folded = answering.answer(other, "> Cap.\n\n- a\n  - b\n    - c", guest_name=LONG_WORD)
    folding.fold(folded, into=first, by=moderator)
    for number in range(22):
        answering.answer(question, f"Answer number {number}.", guest_name="Kofi")
    for place in (question, first, folded):
        for number in range(5):
            above = commenting.comment(place, f"Comment {number} {LONG_WORD * 2}", by=stranger)
        commenting.comment(place, "A reply.", by=asker, replies_to=above)
    return question


def add(words: str) -> Callable[[Page], object]:
    """Add a wording that exists, which leads to one of the three dialogs."""

    def add_it(page: Page) -> None:
        page.locator("main form.form [name=text]").fill(words)
        page.locator("main form.form button.act").click()
        page.locator(".dialog").wait_for()

    return add_it


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_visitors_see(look_at, full, ask, asker, moderator, settings, language):
    settings.LIMITS = {}
    gone = ask("Is this gone?")
    question_moderation.hide(gone, by=moderator)
    empty = ask("Is nobody here?", tags=["empty"])
    first = full.answers.order_by("pk").first()
    page = full.get_absolute_url()

    def too_often(page: Page) -> None:
        settings.LIMITS = {"search": Allowance(1, 3600)}
        statuses = [page.goto("/search/?q=captain").status for _ in range(2)]
        assert statuses[-1] == 429

    look_at(
        [
            Sight("home", "/"),
            Sight("home, unanswered", "/unanswered/"),
            Sight("a question with everything", page),
            Sight("a question with all its answers", f"{page}?answers=all"),
            Sight("a question without answers", empty.get_absolute_url()),
            Sight("ask", "/ask/"),
            Sight("ask, with similar ones", "/ask/?text=Where+is+the+cap+of+the+captain"),
            Sight("search with hits", "/search/?q=captain"),
            Sight("search without", f"/search/?q={LONG_WORD * 2}"),
            Sight("search for nothing", "/search/"),
            Sight("tags", "/tags/"),
            Sight("a tag", "/tags/oceanographicalresearchersguide/"),
            Sight("most asked", "/alternates/"),
            Sight("most asked by arrivals", "/alternates/arrivals/"),
            Sight("log", "/log/"),
            Sight("merges", "/merges/"),
            Sight("statistics", "/statistics/"),
            Sight("a member", asker.get_absolute_url()),
            Sight("sign in", "/accounts/login/"),
            Sight("sign up", "/accounts/signup/"),
            Sight("forgotten password", "/accounts/password/reset/"),
            Sight("history", f"/questions/{full.pk}/history/"),
            Sight("history of an answer", f"/answers/{first.pk}/history/"),
            Sight("compare", f"/answers/{first.pk}/compare/?from=1&to=2"),
            Sight("compare in lines", f"/answers/{first.pk}/compare/?from=1&to=2&view=inline"),
            Sight("write an answer", f"/questions/{full.pk}/answer/"),
            Sight("leave a reply", f"/questions/{full.pk}/comment/"),
            Sight("report", f"/questions/{full.pk}/report/"),
            Sight("suggest a merge", f"/questions/{full.pk}/suggest-merge/"),
            Sight("keys", "/keys/"),
            Sight("404", f"/no/such/page-of/{LONG_WORD}/", 404),
            Sight("410", gone.get_absolute_url(), 410),
            Sight("429", "/keys/", go_on=too_often),
        ],
        language=language,
    )


# Visitors' pages are looked at in both directions; of the others each in one, for looking takes its time.
def test_what_members_see(look_at, full, ask, asker, stranger):
    other = ask(f"Another {LONG_WORD}?")
    merging.add_alternate(f"Another {LONG_WORD} in other words?", to=other, by=stranger)
    own = answering.answer(full, "Mine.", by=asker)
    adding = f"/questions/{full.pk}/alternates/add/"
    look_at(
        [
            Sight("a question of one's own", full.get_absolute_url()),
            Sight("edit a question", f"/questions/{full.pk}/edit/"),
            Sight("edit an answer", f"/answers/{own.pk}/edit/"),
            Sight("add a wording", adding),
            Sight("that wording is the primary", adding, go_on=add(full.text)),
            Sight("that wording exists here", adding, go_on=add("What does a captain wear?")),
            Sight("that wording exists elsewhere", adding, go_on=add(other.text)),
            Sight(
                "that wording exists as an alternate elsewhere",
                adding,
                go_on=add(f"Another {LONG_WORD} in other words?"),
            ),
            Sight("suggest this merge", f"/questions/{full.pk}/suggest-merge/?into={other.pk}"),
            Sight("one's addresses", "/accounts/email/"),
            Sight("another password", "/accounts/password/change/"),
            Sight("oneself", asker.get_absolute_url()),
            Sight("403", "/review/", 403),
        ],
        user=asker,
        language="ar",
    )


def test_what_moderators_see(look_at, full, addresses, admin):  # noqa: F811
    """Every address that gives moderators another page than visitors, so that new ones are looked at too."""
    client, guest = signed_in(admin), PageClient()
    sights = [Sight("a question with everything", full.get_absolute_url())]
    for name in sorted(ROUTES):
        address = addresses(name)
        if guest.get(address).status_code == 200:
            continue
        response = client.get(address)
        if response.status_code == 200 and response.content.startswith(b"<!doctype html>"):
            sights.append(Sight(name, address, is_parts=name == "components"))
    assert {"review", "merge-preview", "review-pair", "components"} <= {sight.name for sight in sights}
    look_at(sights, user=admin)


def test_the_checks_find_what_is_wrong(open_page):
    page = open_page("/keys/", width=NARROW)
    assert page.evaluate(CONSTRUCTION) == page.evaluate(TOO_WIDE) == []
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            for (const name of ["h4", "h1", "button", "input"]) main.append(document.createElement(name));
            main.lastChild.id = "main";
            main.querySelector("h4").className = "too-wide";
            main.querySelector("h4").append("x".repeat(400));
            main.querySelector("h4").style.setProperty("white-space", "nowrap");
            main.querySelector("h4").style.setProperty("overflow-wrap", "normal");
        }"""
    )
    wrong = page.evaluate(CONSTRUCTION)
    assert [said.split(":")[0] for said in wrong] == [
        "2 h1",
        "h4 after h2",
        "no name",
        "no name",
        "twice on the page",
    ]
    [said] = page.evaluate(TOO_WIDE)
    assert "H4.too-wide" in said


# Light and dark --------------------------------------------------------------------------------------------


def background(page: Page) -> float:
    """How light the page is, from 0 to 255."""
    colour = page.evaluate(
        """() => {
            const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            context.fillStyle = getComputedStyle(document.body).backgroundColor;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data];
        }"""
    )
    assert colour[3] == 255
    return sum(colour[:3]) / 3


def test_the_dark_is_chosen_holds_and_is_left_to_the_system_again(open_page, ask):
    page = open_page(ask("How do tides work?").get_absolute_url())
    page.emulate_media(color_scheme="light")
    assert background(page) > 200
    look = page.get_by_role("contentinfo").get_by_role("button", name="Dark")
    look.click()
    expect(look).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text("How do tides work?")
    assert background(page) < 60
    page.goto("/tags/")
    assert background(page) < 60
    page.get_by_role("button", name="As the system").click()
    assert background(page) > 200
    page.emulate_media(color_scheme="dark")
    assert background(page) < 60
    page.get_by_role("button", name="Light", exact=True).click()
    expect(page.get_by_role("button", name="Light", exact=True)).to_have_attribute("aria-pressed", "true")
    assert background(page) > 200


def test_the_dark_is_chosen_without_javascript_too(open_page):
    page = open_page("/tags/", javascript=False)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.goto("/keys/")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.get_by_role("button", name="As the system").click()
    expect(page.get_by_role("button", name="As the system")).to_have_attribute("aria-pressed", "true")
    assert page.locator("html").get_attribute("data-look") is None
