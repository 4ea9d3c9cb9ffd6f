"""Times as people say them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from qa_site.templatetags.site import time_said


def said(**ago: int) -> str:
    return re.sub(r"<.*?>", "", time_said(timezone.now() - timedelta(**ago)))


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ({"seconds": -90}, "just now"),
        ({"seconds": 59}, "just now"),
        ({"seconds": 61}, "a minute ago"),
        ({"minutes": 59, "seconds": 58}, "59 minutes ago"),
        ({"minutes": 61}, "an hour ago"),
        ({"hours": 3, "minutes": 12}, "3 hours ago"),
        ({"hours": 25}, "1 day ago"),
        ({"days": 6, "hours": 23}, "6 days ago"),
        ({"days": 7}, "1 week ago"),
        ({"days": 29}, "4 weeks ago"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_the_largest_unit_is_enough(ago, words):
    assert said(**ago) == words


def test_older_than_a_month_is_a_date(settings):
    settings.TIME_ZONE = "UTC"
    moment = timezone.now().replace(year=2025, month=2, day=19, hour=18, minute=5)
    html = time_said(moment)
    assert ">19 February 2025</time>" in html
    assert 'title="19 February 2025, 18:05"' in html
    assert 'datetime="2025-02-19T18:05:' in html


@pytest.mark.parametrize(
    ("language", "words"), [("de", "vor 3 Stunden"), ("fr", "il y a 3 heures"), ("es", "hace 3 horas")]
)
def test_other_languages_say_it_their_way(language, words):
    with translation.override(language):
        assert said(hours=3) == words


def test_arabic_has_a_form_for_two():
    with translation.override("ar"):
        assert len({re.sub(r"\d+", "", said(hours=number)) for number in (1, 2, 5, 14)}) == 4
