"""A bar on a terminal, lines elsewhere, silence when asked for."""

import io

from questions.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_with_rate_and_time_left():
    terminal = Terminal()
    with Progress("looking", 1_000, terminal) as progress:
        for _ in range(4):
            progress._bar.last_print_t -= 1
            progress.advance(200)
    shown = terminal.getvalue()
    assert "looking:  80%" in shown
    assert "800/1000" in shown
    assert "wordings/s" in shown
    assert "<00:" in shown


def test_elsewhere_a_line_is_written_now_and_then():
    stream = io.StringIO()
    with Progress("looking", 5_000, stream) as progress:
        progress.advance(500)
        assert stream.getvalue() == ""
        progress._started -= 30
        progress._told -= 30
        progress.advance(1_000)
        progress.advance(1_000)
    assert stream.getvalue() == "looking: 1,500 of 5,000 wordings, 50 a second, about 01:10 left\n"


def test_without_a_stream_nothing_is_written():
    with Progress("looking", 1_000, None) as progress:
        progress.advance(100)
