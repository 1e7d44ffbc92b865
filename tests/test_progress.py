"""Progress: shown on a terminal after a delay, and erased at the end."""

from briefqa.cli.terminals import Progress

SECOND = 1_000_000
"""Bytes that are read in a second."""


def shown(*seconds: float) -> list[str]:
    """Return what is shown during twenty seconds of work, reported at these times."""
    now, written = [0.0], list[str]()
    progress = Progress(written.append, lambda: now[0])
    for second in seconds:
        now[0] = second
        progress(int(second * SECOND), 20 * SECOND)
    progress.close()
    return written


def test_short_work_shows_nothing() -> None:
    assert shown(0.1, 0.2, 0.4) == []


def test_the_share_the_rate_and_the_time_left_are_shown_and_erased() -> None:
    told, erased = shown(0.2, 5)
    assert "indexing, 25%, 1.0 MB/s, 15 s left" in told
    assert erased == "\r\x1b[K"


def test_it_is_not_drawn_more_often_than_can_be_read() -> None:
    assert len(shown(1, 1.01, 1.02, 1.2)) == 3


def test_when_all_is_read_the_rest_is_named() -> None:
    assert "finishing the index" in shown(20)[0]
    assert "finishing the index" in shown(19.99, 20)[1]
