"""A file of a dump is read a block at a time, cut anywhere, with the right line in every message."""

import pytest

from qa_site.stackexchange.converting import LEAD_LENGTH, MAX_NAME_LENGTH, MAX_SUMMARY_LENGTH, signature
from qa_site.stackexchange.dump import Dump, DumpError, site_name
from qa_site.stackexchange.reading import blocks, rows
from questions import models
from tests.stackexchange import dumps


@pytest.mark.parametrize("size", [150, 200, 333, 1_000, 5_000, 100_000])
def test_blocks_of_any_size_hold_the_same_rows(tmp_path, size):
    posts = [dumps.question(n, f"What is {n}?", "<p>é\n" + "x" * (n * 37 % 700)) for n in range(1, 60)]
    path = dumps.write(tmp_path / "dump", posts=posts) / "Posts.xml"
    found = [row for block in blocks(path, "posts", size) for row in rows(block)]
    assert [line for line, _ in found] == list(range(3, 62))
    assert [row for _, row in found] == [{name: str(value) for name, value in post.items()} for post in posts]
    assert sum(block.size for block in blocks(path, "posts", size)) == path.stat().st_size


def test_rows_need_no_lines_of_their_own(tmp_path):
    path = tmp_path / "Posts.xml"
    path.write_text("<posts><row Id='1' A='>'/><row\nId='2' A='a\nb'></row></posts>\n\n")
    [block] = blocks(path, "posts")
    assert rows(block) == [(1, {"Id": "1", "A": ">"}), (1, {"Id": "2", "A": "a b"})]


@pytest.mark.parametrize(
    "text", ["<posts></posts>", "<posts/>", '<?xml version="1.0" encoding="utf-8"?>\r\n<posts>\r\n</posts>']
)
def test_a_file_may_have_no_rows(tmp_path, text):
    path = tmp_path / "Posts.xml"
    path.write_text(text)
    assert [rows(block) for block in blocks(path, "posts")] == [[]]


def test_a_row_without_end_is_not_read_into_memory_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("qa_site.stackexchange.reading.MAX_ROW_SIZE", 10_000)
    path = tmp_path / "Posts.xml"
    path.write_text('<posts>\n<row Id="1" Body="' + "x" * 100_000)
    with pytest.raises(DumpError, match=r"Posts\.xml, line 2: this row does not end"):
        list(blocks(path, "posts", 1_000))


@pytest.mark.parametrize(
    ("name", "site", "address"),
    [
        ("quantumcomputing", "quantumcomputing", "https://quantumcomputing.stackexchange.com/"),
        (
            "quantumcomputing.stackexchange.com.7z",
            "quantumcomputing",
            "https://quantumcomputing.stackexchange.com/",
        ),
        ("stats.meta.stackexchange.com.7z", "stats.meta", "https://stats.meta.stackexchange.com/"),
        ("superuser.com.7z", "superuser", "https://superuser.com/"),
        ("meta.superuser.com", "meta.superuser", "https://meta.superuser.com/"),
        ("mathoverflow.net.7z", "mathoverflow", "https://mathoverflow.net/"),
    ],
)
def test_the_site_is_known_by_the_name_of_the_file(name, site, address):
    assert site_name(name) == site
    assert Dump(site, {}).address == address


def test_the_limits_of_workers_are_those_of_the_models():
    assert MAX_NAME_LENGTH == models.MAX_GUEST_NAME_LENGTH
    assert MAX_SUMMARY_LENGTH == models.MAX_REASON_LENGTH
    assert LEAD_LENGTH == models.LEAD_LENGTH


def test_texts_that_read_alike_have_one_signature():
    body = '<h2>A</h2>\n<p>Some <b>words</b> $x$<img src="i" alt="p"></p>'
    shown = '<h4>A</h4>\n<p>Some words <span class="math math-inline">x</span><a href="i">p</a></p>'
    assert signature(body) == signature(shown)
    assert signature(body) != signature(shown.replace("Some", "Same"))
    assert signature("<ul><li>a</li></ul>") != signature("<p>a</p>")
