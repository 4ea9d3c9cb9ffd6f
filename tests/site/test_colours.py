"""The colours of the pages, by the contrast that WCAG 2 asks for, and the switch between light and dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2].joinpath("static/css/tokens.css").read_text()
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS)
}
PAPERS = ("paper", "paper-raised")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
def test_text_for_reading_has_the_highest_contrast(look):
    for paper in PAPERS:
        assert contrast(COLOURS["ink"][look], COLOURS[paper][look]) >= 7


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "papers"),
    [
        ("ink-quiet", PAPERS),
        ("accent", PAPERS),
        ("alternate", (*PAPERS, "alternate-tint")),
        ("alarm", (*PAPERS, "alarm-tint")),
        ("ink", ("alarm-tint", "alternate-tint", "mark")),
        ("accent-ink", ("accent",)),
    ],
)
def test_all_other_text_has_enough(look, ink, papers):
    for paper in papers:
        assert contrast(COLOURS[ink][look], COLOURS[paper][look]) >= 4.5, paper


@pytest.mark.django_db
def test_a_look_is_chosen_kept_and_taken_back(client):
    assert "data-look" not in client.get("/").content.decode()
    response = client.post("/look/", {"look": "dark"}, headers={"Referer": "http://testserver/tags/?x=1"})
    assert (response.status_code, response["Location"]) == (303, "/tags/?x=1")
    assert '<html lang="en" data-look="dark">' in client.get("/").content.decode()
    client.post("/look/", {"look": ""})
    assert "data-look" not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "referrer",
    ["", "http://elsewhere.example/x", "http://testserver//elsewhere.example/x", "nonsense", "http://[x"],
)
def test_choosing_a_look_leads_nowhere_else(client, referrer):
    response = client.post("/look/", {"look": "light"}, headers={"Referer": referrer})
    assert response["Location"] in ("/", "/elsewhere.example/x")


@pytest.mark.django_db
def test_a_look_that_is_none_is_as_none_was_chosen(client):
    client.post("/look/", {"look": '"><script>'})
    assert "data-look" not in client.get("/").content.decode()
    client.cookies["look"] = "purple"
    assert "data-look" not in client.get("/").content.decode()
