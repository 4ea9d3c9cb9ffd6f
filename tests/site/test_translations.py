"""The catalogues: complete, true to the program's messages, and compiled."""

import gettext
import io
import re
from functools import cache
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(__file__).parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
DOMAINS = {"django": "babel.cfg", "djangojs": "babel-scripts.cfg"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
COUNTS = re.compile("number|count|days|hours|minutes|links")
TAGS = re.compile(r"</?\w[^>]*>")

every_catalogue = pytest.mark.parametrize("domain", DOMAINS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def source(language: str, domain: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def catalogue(language: str, domain: str) -> Catalog:
    return read_po(io.BytesIO(source(language, domain).read_bytes()), locale=language, domain=domain)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def name(message: Message) -> tuple[str, tuple[str, ...] | str]:
    return message.context or "", message.id


@cache
def marked(domain: str) -> frozenset:
    """The (context, text) of everything that the program marks for translation."""
    with (ROOT / DOMAINS[domain]).open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, method_map, options_map, keywords=KEYWORDS, directory_filter=is_ours)
    names = {(context or "", text) for _, _, text, _, context in found if text}
    # A text that is said of one thing here and counted elsewhere stands in a catalogue once, with its plural.
    counted = {(context, text[0]) for context, text in names if not isinstance(text, str)}
    return frozenset(names - counted)


def is_ours(folder: str) -> bool:
    return Path(folder).name in FOLDERS or any(
        part in FOLDERS for part in Path(folder).relative_to(ROOT).parts
    )


FOLDERS = ("door", "questions", "answers", "qa_site", "templates", "static")


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@every_catalogue
def test_the_program_marks_its_texts(domain):
    assert len(marked(domain)) > {"django": 1_000, "djangojs": 15}[domain]


@every_language
@every_catalogue
def test_every_text_is_translated_and_none_that_is_gone_stays(language, domain):
    there = messages(catalogue(language, domain))
    assert {name(message) for message in there} == marked(domain), "run “make messages”"
    assert [message.id for message in there if not all(forms(message)) or message.fuzzy] == []


@every_language
@every_catalogue
def test_what_is_filled_in_and_marked_up_stays(language, domain):
    wrong = []
    for message in messages(catalogue(language, domain)):
        if isinstance(message.id, str):
            same = all(
                sorted(found.findall(message.id)) == sorted(found.findall(message.string))
                for found in (HOLES, TAGS)
            )
        else:
            # One, two or none of something may be said without the number.
            holes = {hole for text in message.id for hole in HOLES.findall(text)}
            kept = {hole for hole in holes if not COUNTS.search(hole)}
            tags = [sorted(TAGS.findall(text)) for text in message.id]
            same = all(
                kept <= set(HOLES.findall(form)) <= holes and sorted(TAGS.findall(form)) in tags
                for form in forms(message)
            )
        if not same:
            wrong.append((message.id, message.string))
    assert wrong == []


@every_language
@every_catalogue
def test_every_number_has_its_form(language, domain):
    translated = catalogue(language, domain)
    plurals = [message for message in messages(translated) if not isinstance(message.id, str)]
    assert {len(message.string) for message in plurals} <= {translated.num_plurals}


@every_language
def test_numbers_are_told_apart_as_django_does(language):
    own = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.mo"
    with own.open("rb") as theirs, source(language, "django").with_suffix(".mo").open("rb") as ours:
        rules = [gettext.GNUTranslations(file).plural for file in (theirs, ours)]
    # Theirs has a form more where millions take one; the order of the forms is each one's own.
    first, second = ([rule(number) for number in range(1_000)] for rule in rules)
    assert len(set(zip(first, second, strict=True))) == len(set(first)) == len(set(second))


@every_language
@every_catalogue
def test_what_the_site_reads_is_what_was_translated(language, domain):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language, domain))
    compiled.seek(0)
    with source(language, domain).with_suffix(".mo").open("rb") as kept:
        read = gettext.GNUTranslations(kept)
    assert read._catalog == gettext.GNUTranslations(compiled)._catalog, "run “make messages”"
