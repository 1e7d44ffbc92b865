"""Subtitles: sentences joined from cues, with the time of the first."""

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


def texts(source: str, name: str = "x.srt") -> list[str]:
    return [part.text for part in parts(read(name, source.encode()))]


def srt(*cues: str) -> str:
    """Return consecutive cues of two seconds each."""
    return "".join(
        f"{n + 1}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 2:02},000\n{cue}\n\n"
        for n, cue in enumerate(cues)
    )


def test_captions_that_roll_are_said_once() -> None:
    rolling = srt("the kiln is lit", "the kiln is lit\nat dawn and", "at dawn and\nfed with oak")
    assert texts(rolling) == ["the kiln is lit at dawn and fed with oak"]
    growing = srt("the kiln", "the kiln is lit", "the kiln is lit at dawn")
    assert texts(growing) == ["the kiln is lit at dawn"]


def test_captions_of_words_that_appear_one_by_one_are_said_once() -> None:
    source = """WEBVTT

00:01.000 --> 00:03.000 align:start
\x20
the<00:01.300><c> kiln</c><00:01.800><c> is</c>

00:03.000 --> 00:03.010 align:start
the kiln is
\x20

00:03.010 --> 00:05.000 align:start
the kiln is
lit<00:03.500><c> at</c><00:04.000><c> dawn</c>
"""
    assert texts(source, "x.vtt") == ["the kiln is lit at dawn"]


def test_a_refrain_after_a_while_is_no_repetition() -> None:
    source = srt("Row the boat,", "gently down.", "Row the boat,\nonce more.")
    assert texts(source) == ["Row the boat, gently down. Row the boat, once more."]


@pytest.mark.parametrize("mark", ["<v Ann Lee>{}</v>", "Ann Lee: {}"])
def test_a_speaker_who_goes_on_is_named_once(mark: str) -> None:
    source = srt(*(mark.format(text) for text in ("We will", "sail", "at nine.")), "Bo: Why?")
    assert texts(source) == ["Ann Lee: We will sail at nine.", "Bo: Why?"]


def test_two_speakers_of_a_cue_are_told_apart() -> None:
    assert texts(srt("Ann: Sail?\nBo: At nine.", "- No.\n- Yes.")) == [
        "Ann: Sail?",
        "Bo: At nine.",
        "- No.",
        "- Yes.",
    ]


@pytest.mark.parametrize(
    "times",
    ["00:00:01 --> 00:00:03", "00:00:01,5-->00:00:03,5", "0:00:01.000  -->  0:00:03.000 X1:40",
     "1:00:01,000 --> 100001:00:03,000"],
)  # fmt: skip
def test_times_are_read_however_they_are_written(times: str) -> None:
    assert texts(f"1\n{times}\nIt rained.\n") == ["It rained."]


def test_a_line_of_times_ends_the_cue_before_it() -> None:
    source = "WEBVTT\n\n00:01.000 --> 00:02.000\nIt\n00:02.000 --> 00:03.000\nrained.\n"
    assert texts(source, "x.vtt") == ["It rained."]
    missing = "1\n00:00:01,000 --> 00:00:02,000\nIt\n2\n00:00:02,000 --> 00:00:03,000\nrained.\n"
    assert texts(missing) == ["It rained."]


def test_an_empty_line_within_a_cue_of_subrip_ends_nothing() -> None:
    assert texts(srt("It\n\nrained.", "It stopped.")) == ["It rained. It stopped."]


def test_a_name_without_words_stays() -> None:
    assert texts(srt("Ann:", "It rained.")) == ["Ann: It rained."]
