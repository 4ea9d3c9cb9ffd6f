"""What search engines and other sites are told: sitemap, robots, structured data, cards."""

import io
import json
import re

import pytest
from lxml import etree
from PIL import Image

from answers import answering, moderation, usefulness
from qa_site.pages import card_drawing
from qa_site.pages.sitemaps import QuestionSitemap
from questions import merging
from questions import moderation as question_moderation

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(client, address: str, entry: str) -> list[dict[str, str]]:
    """The entries of a sitemap, checked against what the protocol (sitemaps.org) allows."""
    response = client.get(address)
    assert response.status_code == 200
    root = etree.fromstring(response.content)
    assert root.tag == NAMESPACE + {"url": "urlset", "sitemap": "sitemapindex"}[entry]
    found = []
    for element in root:
        assert element.tag == NAMESPACE + entry
        values = {child.tag.removeprefix(NAMESPACE): child.text for child in element}
        assert set(values) <= {"loc", "lastmod", "changefreq", "priority"}
        assert len(values["loc"]) < 2048
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", values["lastmod"])
        found.append(values)
    assert len(found) <= 50_000
    return found


def test_the_sitemap_has_every_visible_primary_and_nothing_else(client, ask, moderator):
    shown, merged, hidden = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(merged, into=shown, by=moderator)
    question_moderation.hide(hidden, by=moderator)
    [index] = sitemap(client, "/sitemap.xml", "sitemap")
    [entry] = sitemap(client, index["loc"].removeprefix("http://testserver"), "url")
    assert entry["loc"] == f"http://testserver{shown.get_absolute_url()}"


def test_a_large_sitemap_is_split(client, ask, monkeypatch):
    monkeypatch.setattr(QuestionSitemap, "limit", 2)
    for letter in "abcde":
        ask(f"Question {letter}?")
    sections = sitemap(client, "/sitemap.xml", "sitemap")
    assert len(sections) == 3
    found = [
        entry["loc"]
        for section in sections
        for entry in sitemap(client, section["loc"].removeprefix("http://testserver"), "url")
    ]
    assert len(set(found)) == len(found) == 5


def test_the_index_reads_no_list_of_questions(client, ask, django_assert_max_num_queries):
    for letter in "abcde":
        ask(f"Question {letter}?")
    with django_assert_max_num_queries(2):
        client.get("/sitemap.xml")


def test_there_is_no_other_section(client):
    assert client.get("/sitemap-users.xml").status_code == 404


def test_robots_are_kept_out_of_searches_and_led_to_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Disallow: /search/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def structured(client, question) -> dict | None:
    page = client.get(question.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def test_a_question_with_answers_is_a_qa_page(client, ask, asker, stranger, moderator):
    question, other = ask("Question a?", by=asker, details="Some *details*."), ask("Question b?")
    best = answering.answer(question, "The **best** <b>answer</b>.", by=stranger)
    helped = answering.answer(other, "The one that helped.", is_accepted=True)
    usefulness.mark(best, by=asker)
    hidden = answering.answer(question, "Hidden.", by=asker)
    moderation.hide(hidden, by=moderator)
    merging.merge(other, into=question, by=moderator)
    page = structured(client, question)
    assert (page["@context"], page["@type"]) == ("https://schema.org", "QAPage")
    entity = page["mainEntity"]
    assert entity["@type"] == "Question"
    assert entity["name"] == "Question a?"
    assert entity["text"].startswith("Some details")
    assert entity["alternateName"] == ["Question b?"]
    assert entity["answerCount"] == 2
    assert entity["author"] == {
        "@type": "Person",
        "name": "Amina",
        "url": f"http://testserver/users/{asker.pk}/",
    }
    assert entity["acceptedAnswer"]["url"] == f"http://testserver/answers/{helped.pk}/"
    assert entity["acceptedAnswer"]["author"]["name"] == "Anonymous"
    [suggested] = entity["suggestedAnswer"]
    assert suggested["upvoteCount"] == 1
    assert suggested["text"].split() == ["The", "best", "answer", "."]
    assert suggested["url"] == f"http://testserver/answers/{best.pk}/"
    assert suggested["datePublished"] == best.created_at.isoformat()


def test_a_question_without_answers_or_one_that_takes_none_is_no_qa_page(client, ask, asker, moderator):
    question = ask("Question a?")
    assert structured(client, question) is None
    answering.answer(question, "Answer.", by=asker)
    assert structured(client, question) is not None
    question_moderation.lock(question, by=moderator)
    assert structured(client, question) is None


def test_no_text_breaks_out_of_the_structured_data(client, ask, asker):
    question = ask("Is </script><script>alert(1)</script> a question?", by=asker)
    answering.answer(question, "`</script><script>alert(2)</script>` &amp; <!-- more", by=asker)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert structured(client, question)["mainEntity"]["name"] == question.text


def test_a_page_names_its_address_and_its_card(client, ask):
    question = ask('Is "this" a question?')
    page = client.get(question.get_absolute_url()).content.decode()
    address = f"http://testserver{question.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<meta property="og:title" content="Is &quot;this&quot; a question?">' in page
    assert f'content="http://testserver/questions/{question.pk}/card.png"' in page


def test_a_card_is_a_picture_that_is_drawn_once(client, ask, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    question = ask("Is this a question?")
    response = client.get(f"/questions/{question.pk}/card.png")
    assert response["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(response.content))
    assert picture.size == (1200, 630)
    assert len(response.content) < 60_000
    monkeypatch.setattr(card_drawing, "draw", None)
    again = client.get(f"/questions/{question.pk}/card.png")
    assert again.content == response.content
    assert (
        client.get(f"/questions/{question.pk}/card.png", headers={"If-None-Match": again["ETag"]}).status_code
        == 304
    )


def test_a_card_changes_with_the_question_and_only_one_is_kept(client, ask, asker, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    question = ask("Is this a question?", by=asker)
    before = client.get(f"/questions/{question.pk}/card.png").content
    merging.reword(question, "Is that a question?", by=asker)
    reworded = client.get(f"/questions/{question.pk}/card.png").content
    assert reworded != before
    assert len(list((tmp_path / "cards").iterdir())) == 1
    settings.SITE_NAME = "Another name"
    assert client.get(f"/questions/{question.pk}/card.png").content != reworded


def test_the_card_of_something_hidden_is_gone(client, ask, moderator):
    question = ask("Question a?")
    question_moderation.hide(question, by=moderator)
    assert client.get(f"/questions/{question.pk}/card.png").status_code == 410
    # For whoever may see the page, others might be served theirs from a cache.
    client.force_login(moderator)
    assert client.get(f"/questions/{question.pk}/card.png").status_code == 404


@pytest.mark.parametrize(
    "wording",
    ["?", "Why " * 70, "Donau" * 50, "Почему небо голубое?", "为什么天是蓝的?", "هل هذا سؤال؟", "𝒲hat?"],
)
def test_any_wording_makes_a_card(wording):
    assert Image.open(io.BytesIO(card_drawing.draw(wording, "1 answer", "One Answer"))).size == (1200, 630)


def test_what_the_face_has_no_signs_for_is_known():
    assert card_drawing.can_show("Größe, Ελλάδα, Почему?")
    assert not card_drawing.can_show("为什么?")
    assert not card_drawing.can_show("هل؟")
