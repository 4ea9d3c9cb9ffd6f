"""What must not change with the language of the reader, and what would be lost in one."""

import re

import pytest
from django.http import Http404
from django.utils import translation

from qa_site.pages import card_drawing
from qa_site.pages.errors import page_not_found
from qa_site.statistics.charts import bar_chart
from qa_site.templatetags.site import lower_first


def test_a_german_chart_says_numbers_with_commas_and_draws_them_with_points():
    with translation.override("de"):
        chart = bar_chart("Tea", ("Cups",), [("May", (1234.5,)), ("June", (7,))])
        written_out = [value for _, values in chart.written_out for value in values]
    assert chart.bars[0].said.endswith("1.234,5")
    assert written_out == ["1.234,5", "7"]
    for bar in chart.bars:
        assert all(re.fullmatch(r"\d+\.\d", place) for place in (bar.x, bar.y, bar.width, bar.height))


@pytest.mark.django_db
def test_a_message_that_begins_with_no_in_spanish_is_not_taken_for_one_of_djangos(client):
    request = client.get("/").wsgi_request
    said = "No hay ninguna pregunta con este número."
    assert said in page_not_found(request, Http404(said)).content.decode()
    of_django = "No Question matches the given query."
    assert of_django not in page_not_found(request, Http404(of_django)).content.decode()


@pytest.mark.django_db
def test_a_card_speaks_the_site_s_language_and_is_drawn_once_for_all(
    client, ask, settings, tmp_path, monkeypatch
):
    settings.VAR_DIR = tmp_path
    settings.LANGUAGE_CODE = "de"
    question = ask("Why is the sky blue?")
    said, draw = [], card_drawing.draw
    monkeypatch.setattr(card_drawing, "draw", lambda *words: said.append(words[1]) or draw(*words))
    address = f"/questions/{question.pk}/card.png"
    pictures = {client.get(address, headers={"Accept-Language": code}).content for code in ("fr", "de", "ar")}
    assert len(pictures) == len(said) == 1
    assert "Antwort" in said[0]


@pytest.mark.django_db
def test_a_card_says_in_english_what_its_face_has_no_signs_for(client, ask, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    settings.LANGUAGE_CODE = "ar"
    question = ask("Why is the sky blue?")
    said, draw = [], card_drawing.draw
    monkeypatch.setattr(card_drawing, "draw", lambda *words: said.append(words[1]) or draw(*words))
    assert client.get(f"/questions/{question.pk}/card.png").status_code == 200
    assert said == ["No answer yet"]


@pytest.mark.parametrize(
    ("label", "said"), [("Hidden", "hidden"), ("Es ist Werbung", "es ist Werbung"), ("", "")]
)
def test_a_label_within_a_line_keeps_the_capitals_of_nouns(label, said):
    assert lower_first(label) == said


@pytest.mark.django_db
def test_why_a_text_waits_is_kept_in_the_site_s_language_and_not_in_its_writer_s(as_guest, ask, settings):
    settings.LANGUAGE_CODE = "de"
    question = ask("Why is the sky blue?")
    words = {"text": "Hello there", "guest_name": "Noor", "email": "noor@example.org"}
    as_guest.post(f"/questions/{question.pk}/comment/", words, headers={"Accept-Language": "fr"})
    reasons = question.comments.get().reasons_held
    assert reasons == ["Von einem Gast, dessen Adresse nicht bestätigt ist."]
