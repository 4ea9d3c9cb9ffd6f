"""What a reader's browser fetches for a page, and whether anything on it moves: a real site, a real browser.

    python benchmarks/pages.py

Starts a site of its own with the demo, as `make run` serves it (gunicorn, static files compressed by WhiteNoise), opens
pages in Chromium with nothing kept from before, and prints kilobytes and the cumulative layout shift. A kilobyte is
1,000 bytes of bodies, as they came over the line; headers are not counted. tests/browser/test_budget.py measures with
the same functions.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

KINDS = {
    "document": "HTML",
    "stylesheet": "CSS",
    "script": "JavaScript",
    "font": "fonts",
    "image": "pictures",
}

# What moves without somebody having pressed something half a second before, as browsers define it; and of all that
# moves, what stands before the panel of similar questions.
_OBSERVE = """
window.moved = { unasked: 0, before: 0 };
const isBefore = (node) =>
  document.getElementById("similar")?.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    if (shift.sources.some(({ node }) => node && isBefore(node))) window.moved.before += shift.value;
    if (!shift.hadRecentInput) window.moved.unasked += shift.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""

_BLOCKING = """
performance.getEntriesByType("resource")
  .filter((entry) => entry.initiatorType === "script" && entry.renderBlockingStatus === "blocking")
  .map((entry) => entry.name)
"""


@dataclass
class Weight:
    """What one page took: bytes by kind, from which hosts, which scripts blocked the first paint, what moved."""

    sizes: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    blocking: list[str] = field(default_factory=list)
    answers: int = 0
    unasked: float = 0.0
    before_similar: float = 0.0

    @property
    def without_pictures(self) -> int:
        return sum(size for kind, size in self.sizes.items() if kind != "pictures")

    def line(self) -> str:
        parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(self.sizes.items()))
        return f"{self.without_pictures / 1000:.1f} kB without pictures ({parts}); shift {self.unasked:.4f}"


def weigh(browser: Browser, address: str, *, width: int = 1200, typed: str = "") -> Weight:
    """Open the page with nothing kept from before; type into its first line of a question, if words are given."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(_OBSERVE)
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", note)
    response = page.goto(address, wait_until="networkidle")
    # The page of an error weighs little and moves nothing either.
    if response is None or not response.ok:
        raise ValueError(f"{address} cannot be weighed: {response and response.status}")
    if typed:
        _type(page, typed)
    page.wait_for_timeout(300)
    weight = Weight(blocking=page.evaluate(_BLOCKING), answers=page.locator("article.answer").count())
    for request in finished:
        kind = KINDS.get(request.resource_type, "other")
        weight.sizes[kind] = weight.sizes.get(kind, 0) + request.sizes()["responseBodySize"]
        weight.hosts.add(urlsplit(request.url).netloc)
    moved = page.evaluate("window.moved")
    weight.unasked, weight.before_similar = moved["unasked"], moved["before"]
    context.close()
    return weight


def _type(page: Page, words: str) -> None:
    """Type as people do, wait until similar questions are there, and go on typing."""
    line = page.get_by_label("What would you like to know?")
    line.press_sequentially(words, delay=60)
    page.locator("#similar a").first.wait_for()
    line.press_sequentially(" really", delay=60)
    page.wait_for_load_state("networkidle")


def main() -> None:
    from docs.screenshots import fresh_site

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("No Chromium was found. Install the package chromium, or name one in CHROMIUM.")
    with fresh_site() as (site, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{site}/useful/")
        question = site + (page.locator(".question-line h2 a").first.get_attribute("href") or "")
        words = page.locator(".question-line h2 a").first.inner_text().rstrip("?")
        for name, address, typed in (
            ("the most useful question", question, ""),
            ("home", f"{site}/", ""),
            ("ask", f"{site}/ask/", ""),
            ("ask, with similar questions coming in", f"{site}/ask/", words),
            ("search", f"{site}/search/?q=bread", ""),
        ):
            for width in (1200, 360):
                weight = weigh(browser, address, width=width, typed=typed)
                print(f"{name}, {width} px: {weight.line()}")
        browser.close()


if __name__ == "__main__":
    main()
