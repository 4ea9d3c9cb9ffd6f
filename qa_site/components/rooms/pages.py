"""What every page has: notices, buttons, forms, text for reading, the pages for what went wrong, charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from answers.forms import AnswerForm, ReportForm
from qa_site.components import made_up, texts
from qa_site.components.specimens import Reader, Room, Specimen, of
from qa_site.statistics.charts import Chart, bar_chart
from questions.forms import AskForm, EditForm, ReasonForm
from questions.paging import Page

_UNDO = f"undo /acts/{made_up.NOBODYS}/undo/"
_WEEKS = [f"{day} Mar" for day in range(1, 29, 2)]


def specimens() -> Iterator[Specimen]:
    yield Specimen(
        "Family glyph", "in a line of facts", "_family_glyph.html", within="p.facts span.alternate"
    )
    yield Specimen("Sign of the site", "alone", "_logo.html")
    yield Specimen("Lens", "alone", "_search_icon.html", within="div.search")
    yield from _notices()
    yield from of(
        "Refusal",
        "_refusal.html",
        [
            ("usual", {"refusal": "Somebody has merged these just now. This is how things stand."}),
            ("long words", {"refusal": f"“{texts.LONG_WORDING}” and {texts.LONG_WORD} are one family."}),
            ("Arabic", {"refusal": texts.ARABIC_LEAD}),
            ("none", {"refusal": ""}),
        ],
    )
    yield from of(
        "Neighbouring pages",
        "_pages.html",
        [
            ("in the middle", {"page": Page([], newer="1_1", older="2_2")}),
            ("the first", {"page": Page([], newer="", older="2_2")}),
            ("the last", {"page": Page([], newer="1_1", older="")}),
            ("the only one", {"page": Page([], newer="", older="")}),
        ],
    )
    yield from of(
        "Preview button",
        "_preview_button.html",
        [("of an answer", {}), ("of a comment", {"as_comment": True})],
        within="form p.buttons",
    )
    yield Specimen(
        "Buttons", "every kind, and with long words", "site/components/buttons.html", {"long": texts}
    )
    yield from of(
        "Text for reading",
        "site/components/prose.html",
        [
            ("every sign of Markdown", {"html": texts.prose()}),
            ("long words", {"html": texts.long_prose()}),
            ("Arabic", {"html": texts.arabic_prose()}),
        ],
    )
    yield from _forms()
    yield from _errors()
    yield from _charts()


def _notices() -> Iterator[Specimen]:
    def told(text: str, tags: str = "", level: int = constants.SUCCESS) -> Message:
        return Message(level, text, extra_tags=tags)

    leads = {"undo_leads_to": "/review/duplicates/"}
    yield from of(
        "Notices",
        "_notices.html",
        [
            ("usual", {"messages": [told("Your answer is there. Thank you!")]}),
            ("with Undo", {"messages": [told(f"Merged: “{texts.OTHER_QUESTION}” now leads here.", _UNDO)]}),
            ("with Undo and its key", {"messages": [told("Noted: these are two questions.", _UNDO)]} | leads),
            ("error", {"messages": [told("That did not work.", level=constants.ERROR)]}),
            ("several", {"messages": [told("One."), told("Two.", _UNDO), told("Three.")]}),
            ("long words", {"messages": [told(f"{texts.LONG_WORD} {texts.LONG_WORDING}", _UNDO)]}),
            ("Arabic", {"messages": [told(texts.ARABIC_LEAD, _UNDO)]}),
            ("none", {"messages": []}),
        ],
    )


def _forms() -> Iterator[Specimen]:
    wrong = {
        "text": "",
        "details": "> " * 60 + texts.LONG_WORD,
        "tags": "a, b, c, d, e, f, ?!",
        "reason": "x" * 301,
    }
    edit, typed = (
        EditForm(wrong),
        EditForm(initial={"text": texts.LONG_WORDING, "tags": [texts.LONG_TAG] * 5}),
    )
    edit.add_error(None, "Somebody has edited this question meanwhile. What you wrote is still here.")
    edit.add_error(None, texts.LONG_WORD)
    arabic = EditForm(
        initial={"text": texts.ARABIC, "details": texts.ARABIC_LEAD, "reason": texts.ARABIC_REASON}
    )
    yield from of(
        "What is to be put right",
        "_errors.html",
        [
            ("1", {"form": ReportForm({"reason": ""})}),
            ("many, with what goes for the whole form", {"form": edit}),
            ("none", {"form": AnswerForm()}),
        ],
    )
    yield from of(
        "Form",
        "site/components/form.html",
        [
            ("a text and a name", {"form": AnswerForm(auto_id="answer_%s")}),
            ("every error, with what goes for the whole form", {"form": edit}),
            ("radio buttons", {"form": ReportForm()}),
            ("radio buttons, wrong", {"form": ReportForm({"reason": "", "words": "x" * 1_001})}),
            ("a line that is not required", {"form": ReasonForm()}),
            ("filled with long words", {"form": typed}),
            ("Arabic", {"form": arabic}),
        ],
    )
    for state, form, who in (
        ("empty, a guest", AskForm(), Reader.GUEST),
        ("wrong, a member", AskForm({"text": texts.LONG_WORDING * 2, "tags": "a,b,c,d,e,f"}), Reader.MEMBER),
    ):
        yield Specimen(
            "Form that asks", state, "questions/ask.html", {"form": form}, reader=who, block="content"
        )
    asked = made_up.question()
    yield Specimen(
        "Form that asks",
        "the question is there",
        "questions/ask.html",
        {"form": AskForm({"text": asked.text, "details": texts.LEAD}), "existing": asked},
        block="content",
    )


def _errors() -> Iterator[Specimen]:
    typed = [("text", texts.LEAD), ("details", f"{texts.LONG_WORD}\n{texts.ARABIC_LEAD}")]
    usual = {"title": "There is no page at this address", "explanation": "It may have been mistyped."}
    again = {
        "title": "Please send that once more",
        "explanation": "Go back, reload the page, and send it again.",
    }
    for state, reader, context in (
        ("404 with words to search for", Reader.MEMBER, usual | {"search": "sourdough bread"}),
        (
            "404, long words",
            Reader.MEMBER,
            usual | {"search": texts.LONG_WORD, "explanation": texts.LONG_WORD},
        ),
        ("403 with what was typed, a guest", Reader.GUEST, again | {"typed": typed, "return_to": "/ask/"}),
        ("403 with what was typed, a member", Reader.MEMBER, again | {"typed": typed}),
        ("Arabic", Reader.GUEST, {"title": texts.ARABIC, "explanation": texts.ARABIC_LEAD}),
    ):
        yield Specimen("What went wrong", state, "site/error.html", context, reader=reader, block="content")


def _charts() -> Iterator[Specimen]:
    def chart(series: Sequence[str], values: Sequence[Sequence[float]], unit: str = "{number}") -> Chart:
        return bar_chart(
            "Questions and answers a week", series, list(zip(_WEEKS, values, strict=False)), unit=unit
        )

    two, three = ("Questions", "Answers"), ("Pairs found", "Merged", "Found to differ")
    thousands = [(10_000 - 600 * week, 12_345 - 700 * week) for week in range(14)]
    long_name = bar_chart(texts.LONG_WORDING, (texts.LONG_WORD, "Answers"), [(texts.LONG_WORD, (1, 2))] * 3)
    arabic = bar_chart(texts.ARABIC, ("أسئلة", "أجوبة"), [("١ مارس", (3, 9)), ("٨ مارس", (5, 2))])
    yield from of(
        "Chart",
        "site/_chart.html",
        [
            (
                "two series",
                {"chart": chart(two, [(week % 5 + 1, week % 7 + 2) for week in range(14)]), "name": "a"},
            ),
            ("three series", {"chart": chart(three, [(9, 4, 2), (7, 0, 6), (1, 1, 1)]), "name": "b"}),
            ("10,000", {"chart": chart(two, thousands), "name": "c"}),
            ("1", {"chart": chart(("Questions",), [(1,)]), "name": "d"}),
            (
                "shares",
                {"chart": chart(("Share",), [(12.5,), (100,), (0,)], "{number}\u00a0%"), "name": "families"},
            ),
            ("long words", {"chart": long_name, "name": "e"}),
            ("Arabic", {"chart": arabic, "name": "f"}),
            ("empty", {"chart": chart(two, []), "name": "g"}),
        ],
    )


ROOM = Room("pages", "Every page", specimens)
