"""A bar on a terminal, lines elsewhere, silence when asked for."""

import io

from qa_site.stackexchange.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_with_rate_and_time_left():
    terminal = Terminal()
    with Progress(1_000_000, terminal) as progress:
        for _ in range(4):
            progress._bar.last_print_t -= 1
            progress.advance("Posts.xml", 200_000, 150)
    shown = terminal.getvalue()
    assert "Posts.xml:  80%" in shown
    assert "posts/s" in shown
    assert "B/s" in shown
    assert "<00:" in shown


def test_elsewhere_a_line_is_written_now_and_then():
    stream = io.StringIO()
    with Progress(1_000, stream) as progress:
        progress.advance("Posts.xml", 100, 20)
        assert stream.getvalue() == ""
        progress._started -= 30
        progress._told -= 30
        progress.advance("Posts.xml", 200, 10)
        progress.advance("Posts.xml", 200, 10)
    assert stream.getvalue() == "Posts.xml: 30 % of all, 30 posts, 1 posts a second, about 01:10 left\n"


def test_without_a_stream_nothing_is_written():
    with Progress(1_000, None) as progress:
        progress.advance("Posts.xml", 100, 20)
        progress.tell("Posts.xml, all together")
