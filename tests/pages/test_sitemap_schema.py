"""The sitemap against a schema of the protocol, and what the schema itself refuses."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from answers import answering
from qa_site.pages.sitemaps import QuestionSitemap
from questions import merging, moderation

pytestmark = pytest.mark.django_db

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "sitemap.rng"))
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def read(client, address: str) -> list[tuple[str, str | None]]:
    """The addresses in a sitemap or an index, each with its date, once the schema has found nothing wrong."""
    response = client.get(address.removeprefix("http://testserver"))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    assert len(response.content) < 50_000_000
    document = etree.fromstring(response.content)
    assert SCHEMA.validate(document), SCHEMA.error_log
    return [(entry.findtext("{*}loc"), entry.findtext("{*}lastmod")) for entry in document]


def test_index_and_sections_are_what_the_protocol_allows(client, ask, monkeypatch):
    monkeypatch.setattr(QuestionSitemap, "limit", 2)
    for text in (
        "Is this & that <b>a question</b>?",
        'Why "not"?',
        "هل هذا سؤال؟",
        "为什么天是蓝的?",
        "x" * 300,
    ):
        ask(text)
    sections = read(client, "/sitemap.xml")
    found = [address for section, _ in sections for address, _ in read(client, section)]
    assert len(sections) == 3
    assert len(found) == 5
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_site_without_questions_has_a_sitemap_all_the_same(client):
    [(section, _)] = read(client, "/sitemap.xml")
    assert read(client, section) == []


def test_the_date_is_that_of_the_last_answer_also_of_a_question_that_was_merged_in(client, ask):
    question, other = (
        ask(f"Question {letter}?", at=datetime(2024, 1, 1, tzinfo=UTC)) for letter in ("a", "b")
    )
    answering.answer(other, "An answer.", at=datetime(2025, 2, 3, 4, 5, 6, tzinfo=UTC))
    merging.merge(other, into=question, by=None)
    [(_, day)] = read(client, "/sitemap-questions.xml")
    assert day == "2025-02-03"


def test_the_index_has_the_date_of_the_newest_of_what_readers_see(client, ask, moderator):
    for day in (1, 2, 3):
        newest = ask(f"Question {day}?", at=datetime(2024, 1, day, tzinfo=UTC))
    moderation.hide(newest, by=moderator)
    [(_, moment)] = read(client, "/sitemap.xml")
    assert moment is not None
    assert datetime.fromisoformat(moment) == datetime(2024, 1, 2, tzinfo=UTC)


def test_a_section_keeps_its_questions_when_new_ones_come(client, ask, monkeypatch):
    monkeypatch.setattr(QuestionSitemap, "limit", 2)
    for letter in "abc":
        ask(f"Question {letter}?")
    before = read(client, "/sitemap-questions.xml")
    assert len(before) == 2
    ask("Question d?")
    assert read(client, "/sitemap-questions.xml") == before


def test_no_address_in_it_redirects_after_a_promotion(client, ask):
    first, second = ask("How do tides work?"), ask("What makes the sea rise?")
    merging.merge(second, into=first, by=None)
    merging.promote(second, by=None)
    [(address, _)] = read(client, "/sitemap-questions.xml")
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert str(second.pk) in address


def test_a_section_has_no_page_behind_the_last(client, ask):
    ask("Question a?")
    assert client.get("/sitemap-questions.xml?p=2").status_code == 404
    assert client.get("/sitemap-questions.xml?p=x").status_code == 404


@pytest.mark.parametrize(
    "entry",
    [
        "<loc>/questions/1/</loc>",
        "<loc>https://example.org/a b</loc>",
        "<loc>https://example.org/é</loc>",
        f"<loc>https://example.org/{'x' * 2048}</loc>",
        "<lastmod>2026-01-01</lastmod>",
        "<loc>https://example.org/</loc><loc>https://example.org/</loc>",
        "<loc>https://example.org/</loc><lastmod>yesterday</lastmod>",
        "<loc>https://example.org/</loc><lastmod>2026-13-01</lastmod>",
        "<loc>https://example.org/</loc><lastmod>2026-01-01T10:00:00</lastmod>",
        "<loc>https://example.org/</loc><changefreq>often</changefreq>",
        "<loc>https://example.org/</loc><priority>1.1</priority>",
        "<loc>https://example.org/</loc><title>A question</title>",
    ],
)
def test_the_schema_refuses_what_the_protocol_does(entry):
    document = etree.fromstring(f'<urlset xmlns="{NAMESPACE}"><url>{entry}</url></urlset>'.encode())
    assert not SCHEMA.validate(document)


@pytest.mark.parametrize("moment", ["2026", "2026-01", "2026-01-31", "2026-01-31T10:00:00.5+01:00"])
def test_the_schema_takes_every_way_of_saying_a_date(moment):
    entry = f"<lastmod>{moment}</lastmod><priority>0.5</priority><loc>https://example.org/?a&amp;b</loc>"
    document = etree.fromstring(f'<urlset xmlns="{NAMESPACE}"><url>{entry}</url></urlset>'.encode())
    assert SCHEMA.validate(document), SCHEMA.error_log
