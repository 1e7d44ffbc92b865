"""Subtitles: sentences put together again, with the time of their first cue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.readers import read
from readings import Part, check_any, parts

SRT = """1
00:12:31,500 --> 00:12:33,000
<i>It rained</i>

2
00:12:33,000 --> 00:12:35,000
all day. {\\an8}Ships came.

3
00:12:35,100 --> 00:12:37,000
BOB: Forty?

4
01:00:00,000 --> 01:00:01,000
Forty.
"""
VTT = """WEBVTT - Rain

NOTE not said

STYLE
::cue {}

intro
00:01.000 --> 00:02.000 align:start
<v.loud Ann Lee>It <c.x>rained</c>.</v>

00:01.500 --> 00:02.500
<v.loud Ann Lee>It rained.</v>

00:02.000 --> 00:03.000
- Salt &amp; rain
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_cues_are_joined_and_parted_by_speakers_and_pauses(ending: str) -> None:
    assert parts(read("x", SRT.replace("\n", ending).encode())) == [
        Part("paragraph", "It rained all day. Ships came.", 1, time=751),
        Part("paragraph", "BOB: Forty?", 3, time=755),
        Part("paragraph", "Forty.", 5, time=3600),
    ]


def test_speakers_are_named_and_what_is_said_again_is_left_out() -> None:
    assert parts(read("x", VTT.encode())) == [
        Part("paragraph", "Ann Lee: It rained.", 1, time=1),
        Part("paragraph", "- Salt & rain", 3, time=2),
    ]


def test_long_speech_is_parted_after_a_sentence() -> None:
    cues = "".join(
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\n"
        f"the rain of {n}{'.' * (n % 3 == 0)}\n\n" for n in range(1, 200)
    )  # fmt: skip
    blocks = parts(read("x.srt", cues.encode()))
    assert len(blocks) > 3
    assert all(block.text.endswith(".") for block in blocks[:-1])
    assert all(f"of {block.time}" in block.text.split("\n")[0][:20] for block in blocks)


@given(data=st.binary(max_size=200), lines=st.lists(st.sampled_from(SRT.split("\n"))))
def test_any_bytes_are_read_or_refused(data: bytes, lines: list[str]) -> None:
    check_any("x.srt", data)
    check_any("x.srt", "\n".join(lines).encode() + data)
