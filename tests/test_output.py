"""The output formats, byte for byte, and sanitised.

After an intended change, write the golden files with `BRIEFQA_GOLDEN=write pytest` and review the
difference.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.output import FORMATS, Layout, Reply
from briefqa.output.json_format import ascii_json
from conftest import BRIEFING, Ask, check_golden

MEETING = "When will Kishida and Biden meet?"
FISHERIES = "What did the leaders agree on fisheries?"
CUP = "Who won the World Cup in 2022?"

ANSWER_FIELDS = {
    "schema", "question", "status", "confidence", "matched", "missing", "relaxation",
    "corrections", "aliases", "required", "excluded", "kind", "related", "values",
    "excerpts", "corpus", "skipped",
}  # fmt: skip
EXCERPT_FIELDS = {
    "rank", "score", "path", "title", "heading", "headings", "lines", "line", "page", "time",
    "span", "text", "sentence", "answer", "header", "lead", "focus", "highlights",
    "date", "date_from", "also",
}  # fmt: skip

HOSTILE = (
    "Title [/] \x1b]0;owned\x07\n\n"
    "The secret [bold]word[/bold] is \x1b]52;c;aGk=\x07 **not** <b>here</b> :smile:\x9b31m"
    " \u202eevil\u202c `x` | y \x7f, =1+1.\n"
)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("case", "question"), [("answered", MEETING), ("weak", FISHERIES), ("none", CUP)]
)
def test_each_format_is_as_it_was(ask: Ask, name: str, case: str, question: str) -> None:
    check_golden(f"{case}.{name}", ask(question, BRIEFING, "--format", name).out)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_of_a_batch_is_as_it_was(ask: Ask, tmp_path: Path, name: str) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = json.dumps({"question": MEETING, "id": 7})
    questions.write_text(f"{asked}\n\n{CUP}\n{FISHERIES}\n", encoding="utf-8")
    result = ask("--questions", str(questions), BRIEFING, "-n", "1", "-f", name)
    assert result.code == 0
    check_golden(f"batch.{name}", result.out)


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "markdown"])
def test_each_explanation_is_as_it_was(ask: Ask, name: str) -> None:
    check_golden(f"explained.{name}", ask(MEETING, BRIEFING, "--explain", "-f", name).out)


@pytest.mark.parametrize("width", [20, 40, 120])
def test_colours_at_each_width_are_as_they_were(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = ask(MEETING, BRIEFING, "-f", "text", "--color", "always")
    check_golden(f"colour-{width}.text", result.out)


def test_paths_are_links_where_the_terminal_takes_them(briefing: Assistant) -> None:
    layout = Layout(color=True, links=True)
    (text,) = FORMATS["text"].render([Reply(briefing.ask(MEETING, 1))], layout)
    assert "\x1b]8;;file:///" in text
    assert text.count("\x1b]8;;\x1b\\") == 1


def test_without_unicode_the_marks_are_ascii(briefing: Assistant) -> None:
    (text,) = FORMATS["text"].render([Reply(briefing.ask(MEETING, 1))], Layout(unicode=False))
    assert text.isascii()
    assert "> Prime Minister" in text


def test_an_explanation_without_a_place_goes_to_standard_error(ask: Ask) -> None:
    plain = ask(MEETING, BRIEFING, "-f", "line")
    explained = ask(MEETING, BRIEFING, "-f", "line", "--explain")
    assert explained.out == plain.out
    assert "meet: idf" in explained.err


def test_json_has_the_fields_of_the_contract_and_no_others(ask: Ask) -> None:
    answer = json.loads(ask(MEETING, BRIEFING, "-f", "json").out)
    assert answer.keys() == ANSWER_FIELDS
    assert all(excerpt.keys() == EXCERPT_FIELDS for excerpt in answer["excerpts"])


def test_all_formats_show_the_same_excerpts_in_the_same_order(ask: Ask) -> None:
    answer = json.loads(ask(MEETING, BRIEFING, "-f", "json").out)
    lines = [excerpt["line"] for excerpt in answer["excerpts"]]
    rows = list(csv.DictReader(io.StringIO(ask(MEETING, BRIEFING, "-f", "csv").out)))
    assert [int(row["line"]) for row in rows] == lines
    printed = ask(MEETING, BRIEFING, "-f", "line").out.splitlines()
    assert [int(line.split(":")[1]) for line in printed] == lines


def test_csv_gives_the_text_exactly(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "quotes.txt"
    path.write_text('He said, "forty ships",\nand left.\n', encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(ask("How many ships?", str(path), "-f", "csv").out))
    assert row["text"] == 'He said, "forty ships",\nand left.'


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_character_of_a_document_is_shown(ask: Ask, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    result = ask("What is the secret word?", str(path), "-f", name, "--explain")
    assert result.code == 0
    shown = set(result.out + result.err) - {"\n"}
    assert all(character.isprintable() for character in shown)
    assert shown.isdisjoint("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_json_restores_what_it_escapes(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    answer = json.loads(ask("What is the secret word?", str(path), "-f", "json").out)
    assert answer["excerpts"][0]["text"] in HOSTILE


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)


@given(
    st.recursive(
        SCALARS,
        lambda parts: (
            st.lists(parts) | st.lists(parts).map(tuple) | st.dictionaries(st.text(), parts)
        ),
    )
)
@example({'\x7f\n\t\b\f\r"\\/': ["\u2028é\U0001f600", 1e300, -0.0, 10**40, ()]})
def test_json_is_what_the_standard_library_writes(value: object) -> None:
    assert ascii_json(value) == json.dumps(value)


def test_a_lone_surrogate_is_replaced_and_what_json_cannot_write_is_refused() -> None:
    assert ascii_json({"a\ud800": "\udfff!"}) == '{"a\\ufffd": "\\ufffd!"}'
    with pytest.raises(ValueError, match="inf is not JSON"):
        ascii_json([float("inf")])


def test_markup_in_a_document_is_text(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    shown = ask("What is the secret word?", str(path), "-f", "text").out
    assert "[bold]word[/bold]" in " ".join(shown.split())
    quoted = ask("What is the secret word?", str(path), "-f", "markdown").out
    assert r"\[bold\]word\[/bold\]" in quoted
    assert r"\*\*not\*\* \<b\>here\</b\>" in quoted


@pytest.mark.parametrize("opening", ["# A heading", "1. One", "- item", "+ more", "= rule"])
def test_the_opening_of_a_quotation_is_no_block_of_markdown(
    ask: Ask, tmp_path: Path, opening: str
) -> None:
    path = tmp_path / "opening.txt"
    path.write_text(f"{opening}, says the sign. Forty ships came.\n", encoding="utf-8")
    quoted = ask("How many ships came?", str(path), "-f", "markdown").out
    assert f"> {opening}" not in quoted
    assert "\\" in quoted


def test_items_of_a_list_stay_on_their_lines(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Who came:\n- Ann with forty ships\n- Bob with a boat\n", encoding="utf-8")
    shown = ask("Who came with forty ships?", str(path), "-f", "text").out
    assert [line.strip(" ▌") for line in shown.splitlines()[-3:]] == [
        "Who came:",
        "- Ann with forty ships",
        "- Bob with a boat",
    ]


def test_an_overlong_sentence_is_shown_around_its_matches(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    filler = "and so on and on " * 40
    path.write_text(f"It went {filler} till forty ships came {filler} to an end.\n")
    shown = " ".join(ask("How many ships came?", str(path), "-f", "text").out.split())
    assert "forty ships came" in shown.replace("▌ ", "")
    assert shown.count("…") == 2


def test_a_path_that_is_no_text_is_given_in_bytes_too(briefing: Assistant) -> None:
    answer = briefing.ask(MEETING, 1)
    excerpt = answer.excerpts[0]
    odd = excerpt._replace(passage=excerpt.passage._replace(path="caf\udce9.txt"))
    reply = Reply(answer._replace(excerpts=(odd,)))
    (text,) = FORMATS["json"].render([reply], Layout())
    shown = json.loads(text)["excerpts"][0]
    assert shown["path"] == "caf\ufffd.txt"
    assert shown["path_bytes"] == "Y2Fm6S50eHQ="


def test_what_is_read_out_has_nothing_for_the_eye_alone(ask: Ask) -> None:
    result = ask(MEETING, BRIEFING, "--plain", "--color", "always")
    assert result == ask(MEETING, BRIEFING, "--format", "plain")
    lines = result.out.splitlines()
    assert lines[2] == f"1 of 3: {BRIEFING}, line 9."
    assert lines[4].startswith(
        "Sentence: Prime Minister Fumio Kishida and U.S. President Joe Biden"
    )
    assert lines[5].startswith("After it: ")
    assert result.out.replace("\n", "").isascii()
    assert "  " not in result.out


def test_pages_and_times_are_told_in_words(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "call.vtt"
    path.write_text("WEBVTT\n\n01:05.000 --> 01:09.000\nForty ships came.\n", encoding="utf-8")
    assert f"1 of 1: {path}, at 00:01:05." in ask("How many ships?", str(path), "--plain").out


def test_plain_is_a_format_of_its_own(ask: Ask) -> None:
    refused = ask(MEETING, BRIEFING, "--plain", "--format", "json")
    assert (refused.code, refused.out) == (2, "")
    assert "--plain cannot be combined with --format json" in refused.err


def test_a_batch_of_lines_says_which_answer_is_whose(ask: Ask, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{MEETING}\n{CUP}\n{FISHERIES}\n", encoding="utf-8")
    batch = ("--questions", str(questions), BRIEFING, "-f", "line", "-n", "2")
    first, second, none, *weak = ask(*batch).out.splitlines()
    assert first.startswith(f"{MEETING}\t{BRIEFING}:9: Prime Minister")
    assert second.startswith(f"{MEETING}\t{BRIEFING}:")
    assert none == f"{CUP}\t"
    assert weak[0].startswith(f"{FISHERIES}\t{BRIEFING}:")
    headed = ask(*batch, "--heading").out.splitlines()
    assert headed[:1] == [MEETING]
    assert headed[1] == first.partition("\t")[2]
    assert headed[3:7] == ["", CUP, "", FISHERIES]
    assert ask(*batch, "--no-heading").out == ask(*batch).out


def test_a_single_question_is_not_repeated(ask: Ask) -> None:
    assert ask(MEETING, BRIEFING, "-f", "line", "--heading") == ask(MEETING, BRIEFING, "-f", "line")


def test_a_batch_of_csv_has_the_questions_and_their_status(ask: Ask, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{MEETING}\n{CUP}\n{FISHERIES}\n", encoding="utf-8")
    out = ask("--questions", str(questions), BRIEFING, "-f", "csv", "-n", "1").out
    answered, none, weak = csv.DictReader(io.StringIO(out))
    assert (answered["question"], answered["status"]) == (MEETING, "answered")
    assert float(answered["confidence"]) > 0.5
    assert (none["question"], none["status"], none["path"]) == (CUP, "none", "")
    assert (weak["status"], weak["rank"]) == ("weak", "1")


@pytest.mark.parametrize("name", ["line", "csv", "paths"])
def test_a_doubtful_answer_is_said_on_standard_error(ask: Ask, name: str) -> None:
    assert ask(MEETING, BRIEFING, "-f", name).err == ""
    weak = ask(FISHERIES, BRIEFING, "-f", name)
    assert weak.code == 0
    assert weak.err.startswith("briefqa: Closest passages; they may not answer, confidence ")
    assert weak.err.endswith("; not matched: fisheries\n")
    none = ask(CUP, BRIEFING, "-f", name)
    assert none.err.startswith("briefqa: No passage matches; not matched: ")
    assert none.err.count("\n") == 1
    assert ask(CUP, BRIEFING, "-f", name, "-q").err == ""


@pytest.mark.parametrize("name", ["text", "plain", "markdown", "json", "jsonl"])
def test_what_an_answer_says_of_itself_is_not_said_twice(ask: Ask, name: str) -> None:
    assert ask(FISHERIES, BRIEFING, "-f", name).err == ""


def test_in_a_batch_a_doubt_names_its_question(ask: Ask, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{MEETING}\n{CUP}\n", encoding="utf-8")
    result = ask("--questions", str(questions), BRIEFING)
    assert result.err.startswith(f"briefqa: {CUP}: No passage matches")


def test_an_answer_below_the_minimum_is_none(ask: Ask) -> None:
    confidence = json.loads(ask(MEETING, BRIEFING, "--json").out)["confidence"]
    for least, code in ((0, 0), (confidence, 0), (confidence + 0.001, 1), (1, 1)):
        result = ask(MEETING, BRIEFING, "--min-confidence", str(least))
        assert (result.code, bool(result.out)) == (code, code == 0)
    refused = json.loads(ask(MEETING, BRIEFING, "--json", "--min-confidence", "99.9%").out)
    assert (refused["status"], refused["confidence"]) == ("none", confidence)
    shown = ask(MEETING, BRIEFING, "-f", "text", "--min-confidence", "1").out
    assert shown.startswith("No answer is certain enough, confidence ")
    assert "April 10, 2023" in shown


@pytest.mark.parametrize("value", ["80", "-1", "high", "101%", "nan", ""])
def test_a_confidence_is_a_probability(ask: Ask, value: str) -> None:
    result = ask(MEETING, BRIEFING, "--min-confidence", value)
    assert result.code == 2
    assert f"expected a number from 0 to 1, or per cent as in 80%, got {value}" in result.err


def test_paths_include_those_that_say_the_same(ask: Ask, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text("Forty ships were counted.\n")
    out = ask("How many ships were counted?", str(tmp_path), "-f", "paths").out
    assert out.split() == [str(tmp_path / f"{name}.txt") for name in ("a", "b", "c")]
