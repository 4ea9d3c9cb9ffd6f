"""Comments in a real browser: what they may not do, and the way of a guest's comment to all readers."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from answers import commenting, moderation
from answers.models import Comment
from questions.models import State

pytestmark = pytest.mark.django_db(transaction=True)

COLLECTIONS = Path(__file__).parents[3] / "shared" / "data" / "sanitising"

# A core of our own; what is in the collections beside the project is tried as well.
ATTACKS = [
    "<script>window.broken = 1</script>",
    "<img src=x onerror='window.broken = 1'>",
    "<a href='javascript:window.broken=1'>x</a>",
    "<svg onload='window.broken = 1'><script>window.broken = 1</script></svg>",
    "<math><mtext><table><mglyph><style><img src onerror='window.broken = 1'>",
    "<b onmouseover='window.broken = 1' style='position:fixed;inset:0'>x</b>",
    "<style>* { display: none }</style>",
    "<link rel=stylesheet href=https://evil.example/x.css><meta http-equiv=refresh content='0;url=/ask/'>",
    "<iframe src=https://evil.example></iframe><object data=https://evil.example></object>",
    "<form action=https://evil.example><input name=q><button>Send</button></form>",
    "</div></article></li></ol></section><h1>Out of the box</h1>",
    "<table><tr><td></table></div></div>x<plaintext>",
    "Z" + "\u0300\u0301\u0302\u0353\u0354" * 200,
    "x" * 4_000,
    "\u202e\u202eturned around\u2066\u2067",
    "<blockquote>" * 60 + "deep",
    "<code>" + "no_break_in_here_" * 200 + "</code>",
    "\u0645\u0631\u062d\u0628\u0627 <b>abc</b> \u200f!",
    "<q>" * 80 + "quoted",
]


def collected() -> list[str]:
    return [
        json.loads(line)["input"]
        for path in sorted(COLLECTIONS.glob("xss_*.jsonl"))
        for line in path.read_text("utf-8").split("\n")
        if line
    ]


@pytest.mark.parametrize("width", [360, 1200])
def test_hundreds_of_attacks_run_nothing_load_nothing_and_stay_in_their_boxes(
    open_page, live_server, ask, width
):
    question = ask("How warm is lava?")
    for text in [*ATTACKS, *(text for text in collected() if len(text) <= 5_000)]:
        if comment_text := text.replace("\x00", ""):
            commenting.comment(question, comment_text, guest_name="Z" + "\u0310\u0311" * 25)
    page = open_page("/", width=width)
    requests, dialogs = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(question.get_absolute_url())
    page.evaluate("document.querySelectorAll('details').forEach(element => element.open = true)")
    page.wait_for_timeout(500)
    boxes = page.locator(".comment")
    assert boxes.count() >= len(ATTACKS)
    assert page.evaluate("window.broken") is None
    assert dialogs == []
    assert [url for url in requests if not url.startswith((live_server.url, "data:"))] == []
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # Nothing but what the list allows stands in any of them, and nothing is shown beside its box.
    assert (
        page.evaluate("""() => {
        const allowed = new Set(['P', 'BR', 'A', 'ABBR', 'ACRONYM', 'B', 'BLOCKQUOTE', 'CITE', 'CODE', 'DEL', 'EM', 'I',
                                 'Q', 'STRIKE', 'STRONG']);
        const wrong = [];
        for (const text of document.querySelectorAll('.comment-text')) {
            const box = text.closest('.comment').getBoundingClientRect();
            const style = getComputedStyle(text);
            if (!style.contain.includes('content') && !style.contain.includes('paint')) wrong.push('not contained');
            if (box.right > document.documentElement.clientWidth + 1) wrong.push('too wide');
            for (const element of text.querySelectorAll('*')) {
                if (!allowed.has(element.tagName)) wrong.push(element.tagName);
                if (['fixed', 'absolute'].includes(getComputedStyle(element).position)) wrong.push('moved');
            }
        }
        return wrong;
    }""")
        == []
    )


def test_a_guests_comment_waits_is_seen_by_its_writer_alone_and_after_approval_by_all(
    open_page, ask, moderator, settings
):
    settings.FORM_MIN_SECONDS = 0
    question = ask("How warm is lava?")
    page = open_page(question.get_absolute_url())
    page.get_by_role("link", name="Leave a reply").click()
    form = page.locator(".comment-form")
    expect(form.get_by_text("Your e-mail address will not be published.")).to_be_visible()
    expect(form.get_by_text("You may use these HTML tags and attributes:")).to_be_visible()
    form.get_by_label("Name").fill("Rosa")
    form.get_by_label("E-mail").fill("rosa@example.org")
    form.get_by_label("Your comment").fill("About <b>1,000</b> degrees.")
    form.get_by_role("button", name="Leave the reply").click()
    expect(page.get_by_text("Only you see it so far.")).to_be_visible()
    expect(page.locator(".comment-text b")).to_have_text("1,000")
    other = open_page(question.get_absolute_url())
    expect(other.get_by_text("degrees.")).to_have_count(0)
    moderation.set_comment_state(Comment.objects.get(), State.APPROVED, by=moderator)
    other.reload()
    expect(other.get_by_text("degrees.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Only you see it so far.")).to_have_count(0)


def test_without_scripts_the_form_is_a_page_of_its_own(open_page, ask, settings):
    settings.FORM_MIN_SECONDS = 0
    question = ask("How warm is lava?")
    page = open_page(question.get_absolute_url(), width=360, javascript=False)
    page.get_by_role("link", name="Leave a reply").click()
    page.get_by_label("Name").fill("Rosa")
    page.get_by_label("E-mail").fill("rosa@example.org")
    page.get_by_label("Your comment").fill("Warm.")
    page.get_by_role("button", name="Leave the reply").click()
    expect(page.get_by_text("Only you see it so far.")).to_be_visible()
