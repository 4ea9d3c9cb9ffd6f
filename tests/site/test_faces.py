"""The face that texts are set in: cut as the stylesheet says, found by Django, with its licence."""

import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from qa_site.faces import cutting
from qa_site.faces.finders import FaceFinder

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"


def points(ranges: str) -> set[int]:
    """The code points of ranges as a stylesheet writes them: U+20-7E, U+131."""
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_the_stylesheet_names_every_cut_and_no_sign_in_two_of_them():
    faces = re.findall(r'faces/(serif-\S+?\.woff2)".*?unicode-range: (.*?);', TOKENS.read_text(), re.DOTALL)
    assert [name for name, _ in faces] == list(cutting.NAMES)
    for (_, usual), (_, more) in zip(faces[::2], faces[1::2], strict=True):
        assert not points(usual) & points(more)


def test_a_cut_has_the_signs_that_the_stylesheet_promises():
    ranges = re.search(r'serif-400\.woff2".*?unicode-range: (.*?);', TOKENS.read_text(), re.DOTALL)[1]
    font = TTFont(io.BytesIO(cutting.cut("serif-400.woff2")))
    assert set(font.getBestCmap()) <= points(ranges)
    assert set(map(ord, "How many? “Où est l’œuf?” ¿Cuántos? Größe – 20 €")) <= set(font.getBestCmap())


def test_a_cut_does_not_bear_the_name_that_its_licence_keeps():
    font = TTFont(io.BytesIO(cutting.cut("serif-600.woff2")))
    assert not [name for name in font["name"].names if "Source" in str(name) and name.nameID != 0]


def test_django_finds_the_faces_and_their_licence(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    finder = FaceFinder()
    assert Path(finder.find("faces/serif-400-more.woff2")).read_bytes()[:4] == b"wOF2"
    listed = dict(finder.list([]))
    assert set(listed) == {"faces/LICENSE.txt", *(f"faces/{name}" for name in cutting.NAMES)}
    assert b"SIL OPEN FONT LICENSE" in (finder.folder / "faces" / "LICENSE.txt").read_bytes()
    assert sum(1 for file in tmp_path.rglob("*") if file.is_file()) == len(listed), "nothing half-made stays"


@pytest.mark.parametrize(
    "path", ["faces/other.woff2", "faces/../secret_key", "serif-400.woff2", "faces/", "css/tokens.css"]
)
def test_nothing_else_is_found(settings, tmp_path, path):
    settings.VAR_DIR = tmp_path
    finder = FaceFinder()
    assert (finder.find(path), finder.find(path, find_all=True)) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_the_whole_site_finds_them_too():
    assert finders.find("faces/serif-400.woff2").endswith("faces/serif-400.woff2")


@pytest.mark.parametrize("name", ["_SIGNS", "_WHOLE", "_FEATURES"])
def test_cuts_are_made_anew_when_something_about_them_changes(monkeypatch, name):
    before = cutting.edition()
    changed = getattr(cutting, name)
    monkeypatch.setattr(cutting, name, [*changed, "new"])
    assert cutting.edition() != before
