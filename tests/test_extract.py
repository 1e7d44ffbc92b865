"""How much of the documents an answer shows: sentences around it, limits, templates, NUL."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.assistant import Assistant
from briefqa.errors import DocumentError
from briefqa.output import FORMATS, Layout, Reply
from briefqa.output.extract import fit_answer
from briefqa.output.json_format import answer_record
from briefqa.output.template_format import FIELDS
from conftest import BRIEFING, ROOT, Ask, Run

MEETING = "When will Kishida and Biden meet?"
COUNTING = "How many ships were counted?"
HARBOUR = """\
# The harbour

It lies in the east. The keeper rose early.

He went out. Forty ships were counted on Sunday.
Rain fell later. He went home.

## Boats

- A boat came.
- It left.
"""
TEXT = (ROOT / BRIEFING).read_text(encoding="utf-8")


@pytest.fixture
def harbour(tmp_path: Path) -> str:
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["-C", "0"], [":5: Forty ships were counted on Sunday."]),
        (["-B1"], ["-5- He went out.", ":5: Forty ships were counted on Sunday."]),
        (["-A", "1"], [":5: Forty ships were counted on Sunday.", "-6- Rain fell later."]),
        (["-C1", "-A2"],
         ["-5- He went out.", ":5: Forty ships were counted on Sunday.", "-6- Rain fell later.",
          "-6- He went home."]),
        (["-B3", "-A3"],
         ["-3- It lies in the east.", "-3- The keeper rose early.", "-5- He went out.",
          ":5: Forty ships were counted on Sunday.", "-6- Rain fell later.", "-6- He went home.",
          "-10- - A boat came."]),
    ],
)  # fmt: skip
def test_sentences_around_are_shown_as_grep_shows_them(
    ask: Ask, harbour: str, options: list[str], shown: list[str]
) -> None:
    result = ask(COUNTING, harbour, "-n1", *options)
    assert result.out.splitlines() == [f"{harbour}{line}" for line in shown]


def test_a_line_parts_the_excerpts_with_their_context(ask: Ask) -> None:
    out = ask(MEETING, BRIEFING, "-n2", "-C1").out.splitlines()
    assert out.count("--") == 1
    assert sum(line.startswith(f"{BRIEFING}:") for line in out) == 2


def test_context_reaches_over_paragraphs_in_each_format(ask: Ask, harbour: str) -> None:
    for name in ("text", "plain", "markdown", "json"):
        shown = " ".join(ask(COUNTING, harbour, "-n1", "-B2", "-f", name).out.split())
        assert "The keeper rose early." in shown
        assert "It lies" not in shown
        assert "Rain" not in shown


@pytest.mark.parametrize("around", [0, 1, 2, 5, 100])
def test_context_is_a_slice_of_the_document(ask: Ask, around: int) -> None:
    answer = json.loads(ask(MEETING, BRIEFING, "--json", "-C", str(around)).out)
    plain = json.loads(ask(MEETING, BRIEFING, "--json").out)
    for excerpt, whole in zip(answer["excerpts"], plain["excerpts"], strict=True):
        start, end = excerpt["span"]
        assert excerpt["text"] == TEXT[start:end]
        assert excerpt["lines"] == [TEXT.count("\n", 0, start) + 1, TEXT.count("\n", 0, end) + 1]
        assert excerpt["line"] == whole["line"]
        quoted = [one["text"][slice(*one["sentence"])] for one in (excerpt, whole)]
        assert quoted[0] == quoted[1]
        if around == 0:
            assert excerpt["text"] == quoted[0]


def test_context_of_what_cannot_be_read_again_is_that_of_the_passage(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR, encoding="utf-8")

    def gone(self: Assistant, name: str) -> None:
        raise DocumentError(name, "gone")

    monkeypatch.setattr(Assistant, "document", gone)
    out = ask(COUNTING, str(path), "-n1", "-C9").out
    assert "He went out." in out
    assert "The keeper" not in out


def test_context_of_what_is_piped_in(run: Run) -> None:
    result = run("ask", COUNTING, "-n1", "-B9", "-f", "line", stdin=HARBOUR.encode())
    assert result.out.startswith("--3- It lies in the east.\n")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("limit", [40, 170, 400, 900])
def test_what_is_left_out_is_said_in_each_format(ask: Ask, name: str, limit: int) -> None:
    result = ask(MEETING, BRIEFING, "-f", name, "--max-chars", str(limit))
    assert result.code == 0
    excerpts = json.loads(ask(MEETING, BRIEFING, "--json", "--max-chars", str(limit)).out)
    assert sum(len(each["text"]) for each in excerpts["excerpts"]) <= limit
    said = result.out if not FORMATS[name].bare else result.err
    if name in ("json", "jsonl"):
        assert json.loads(result.out)["omitted"]["characters"] > 0
    elif excerpts["omitted"]["excerpts"] or name not in ("line", "paths"):
        assert "eft out to keep within" in " ".join(said.split())
        assert f"{limit} characters" in " ".join(said.split())
    else:
        assert said == ""


@given(limit=st.integers(1, 1_500), top=st.integers(1, 5))
def test_sentences_stay_whole_within_any_limit(limit: int, top: int) -> None:
    answer = Assistant.open([str(ROOT / BRIEFING)]).ask(MEETING, top)
    shown, omission = fit_answer(answer, limit)
    size = sum(len(each.passage.text) for each in shown.excerpts)
    assert 0 < size <= limit
    assert [each.rank for each in shown.excerpts] == list(range(1, len(shown.excerpts) + 1))
    whole = sum(len(each.passage.text) for each in answer.excerpts)
    assert (omission is None) == (whole <= limit)
    if omission:
        assert omission.characters == whole - size
        assert omission.excerpts == len(answer.excerpts) - len(shown.excerpts)
    for each, before in zip(shown.excerpts, answer.excerpts, strict=False):
        passage = each.passage
        assert passage.text == TEXT[passage.span.start : passage.span.end]
        sentence = before.sentence.slice(before.passage.text)
        quoted = each.sentence.slice(passage.text)
        assert quoted in sentence if omission and omission.is_cut else quoted == sentence
        assert passage.text[-1] == "." or (omission and omission.is_cut)
        assert all(0 <= span.start < span.end <= len(passage.text) for span in each.highlights)
        assert all(0 <= part.span.start < part.span.end <= len(passage.text)
                   for part in passage.parts)  # fmt: skip


def test_a_limit_counts_what_the_context_adds(ask: Ask, harbour: str) -> None:
    options = ("-n1", "--json", "-C9", "--max-chars", "60")
    (excerpt,) = json.loads(ask(COUNTING, harbour, *options).out)["excerpts"]
    assert excerpt["text"].startswith("He went out. Forty ships")


@pytest.mark.parametrize(
    ("option", "value", "least"), [("--max-chars", "0", 1), ("-C", "-1", 0), ("-A", "x", 0)]
)
def test_an_amount_is_a_number(ask: Ask, option: str, value: str, least: int) -> None:
    result = ask(MEETING, option, value)
    assert result.code == 2
    assert f"expected a number from {least}, got {value}" in result.err


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{path}:{line}: {sentence}", f"{BRIEFING}:9: Prime Minister Fumio Kishida and U.S."),
        ("{rank}\\t{status}\\t{confidence}", "1\tanswered\t0."),
        ("{{{rank}}} \\\\n", "{1} \\n\n"),
        ("{focus}|{lead}|{page}|{input.id}", "April 10, 2023|||\n"),
        ("{ lines } {span} {highlights}", "7-9 143-600 [["),
        ("{headings}: {matched}; {kind}", "Japan and the United States to Strengthen"),
        ("{corpus} {citation}", f'{{"documents": 1, "passages": 6}} {BRIEFING}:9\n'),
        ("", "\n"),
    ],
)
def test_a_template_has_the_fields_of_json(ask: Ask, template: str, shown: str) -> None:
    result = ask(MEETING, BRIEFING, "-n1", "--template", template)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(shown)
    assert result.out.count("\n") == 1 + (template.endswith("n") and "\\\\" not in template)


def test_each_field_of_json_is_a_field_of_a_template() -> None:
    record = answer_record(Assistant.open([str(ROOT / BRIEFING)]).ask(MEETING))
    excerpts = record.pop("excerpts")
    assert isinstance(excerpts, list)
    assert {*record, *excerpts[0]} - {"schema"} <= {*FIELDS}


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{sentnce} {line} {foo}", "unknown in the template: sentnce, foo; its fields are rank,"),
        ("{}", "unknown in the template: {}; its fields are"),
        ("{line", "a { of the template is not closed; write it twice"),
        ("line}", "a } of the template is not closed; write it twice"),
    ],
)
def test_a_template_with_a_mistake_is_refused(ask: Ask, template: str, message: str) -> None:
    result = ask(MEETING, BRIEFING, "--template", template)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_template_is_filled_for_each_question_of_a_file(ask: Ask, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"question": "{MEETING}", "id": "q7"}}\n{MEETING}\nWho sings?\n')
    result = ask("--questions", str(questions), BRIEFING, "-n1", "--template", "{input.id}:{line}")
    assert result.out == "q7:9\n:9\n"
    assert "Who sings?: No passage matches" in result.err


def test_a_template_shows_nothing_raw(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("The \x1b]0;x\x07 secret\nword is \u202eevil.\n", encoding="utf-8")
    template = "{path} {sentence} {text} {title} {question} {matched} {highlights}"
    result = ask("What is the \x1b secret word?", str(path), "--template", template)
    assert set(result.out) - {"\n"} <= {each for each in result.out if each.isprintable()}
    assert result.out.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--template", "{line}", "--json"], "--template cannot be combined with --format json"),
        (["-0", "--json"], "--null is for line, paths and --template, not for json"),
        (["-0", "-f", "csv"], "--null is for line, paths and --template, not for csv"),
    ],
)
def test_options_that_contradict_are_refused(ask: Ask, options: list[str], message: str) -> None:
    assert message in ask(MEETING, BRIEFING, *options).err


def test_a_nul_ends_each_item(ask: Ask, tmp_path: Path) -> None:
    out = ask(MEETING, BRIEFING, "-0", "-n2").out
    assert out.count("\0") == 2
    assert "\n" not in out
    path = tmp_path / "lines.txt"
    path.write_text("Forty ships\nwere counted.\n")
    template = ("--template", "{sentence}")
    assert ask(COUNTING, str(path), *template, "-0").out == "Forty ships\nwere counted.\0"
    assert ask(COUNTING, str(path), *template).out == "Forty ships were counted.\n"
    assert ask(COUNTING, str(path), "-0", "-f", "paths").out == f"{path}\0"


def test_with_a_nul_names_are_exact(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/odd\n\xe9.txt"
    Path(os.fsdecode(name)).write_text("Forty ships were counted.\n")
    for options in (["-f", "paths"], ["--template", "{path}"]):
        done = subprocess.run(
            [sys.executable, "-m", "briefqa", "ask", COUNTING, str(tmp_path), "-0", *options],
            capture_output=True, timeout=60, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert done.stdout == name + b"\0"


def test_the_rows_of_csv_have_the_context_as_text(ask: Ask, harbour: str) -> None:
    (row,) = csv.DictReader(io.StringIO(ask(COUNTING, harbour, "-n1", "-C0", "-f", "csv").out))
    assert row["text"] == row["sentence"] == "Forty ships were counted on Sunday."


def test_several_places_are_shown_and_a_bad_one_is_said(run: Run, harbour: str) -> None:
    result = run("show", f"{harbour}:5", "gone.txt:1", f"{harbour}:3", "-C0")
    assert result.code == 2
    assert result.err == "briefqa: gone.txt: no such file or directory\n"
    assert result.out == (
        f"{harbour}:5\n5: He went out. Forty ships were counted on Sunday.\n"
        f"\n{harbour}:3\n3: It lies in the east. The keeper rose early.\n"
    )
    piped = run("show", "-:1", "-:3", "-C0", stdin=HARBOUR.encode())
    assert "\n1: " in piped.out
    assert "3: It lies" in piped.out


def test_the_lines_that_are_shown_are_limited(run: Run, harbour: str) -> None:
    one = run("show", f"{harbour}:5", "--max-chars", "60")
    assert one.out == "5: He went out. Forty ships were counted on Sunday.\n"
    assert "left out" in one.err
    assert "(--max-chars)" in one.err
    whole = run("show", harbour, "--max-chars", "20")
    assert "The harbour" in whole.out
    assert "east" not in whole.out
    assert run("show", f"{harbour}:5", "--max-chars", "1000").err == ""


def test_words_are_required_or_left_out(ask: Ask, tmp_path: Path) -> None:
    for place in ("east", "west", "north"):
        (tmp_path / f"{place}.txt").write_text(f"Forty ships were counted in the {place}.\n")
    paths = ("-f", "paths", "--no-fold")
    without = ask(COUNTING, str(tmp_path), *paths, "--without", "east", "--without", "west")
    assert without.out == f"{tmp_path}/north.txt\n"
    assert "Only passages without east, west" in without.err
    must = ask(COUNTING, str(tmp_path), *paths, "--must", "west")
    assert must.out == f"{tmp_path}/west.txt\n"
    answer = json.loads(
        ask(COUNTING, str(tmp_path), "--json", "--must", "ships", "--without", "east").out
    )
    assert (answer["required"], answer["excluded"]) == (["ships"], ["east"])
    shown = ask(COUNTING, str(tmp_path), "-f", "text", "--must", "west", "--without", "east").out
    assert "Only passages with west and without east" in shown


@pytest.mark.parametrize("word", ["", "two words", "?!"])
def test_what_is_required_is_one_word(ask: Ask, word: str) -> None:
    result = ask(COUNTING, BRIEFING, "--must", word)
    assert result.code == 2
    assert f"expected one word, got {word or 'nothing'}" in result.err


def test_an_explanation_says_why_in_words(ask: Ask) -> None:
    shown = " ".join(ask(MEETING, BRIEFING, "-f", "text", "--explain").out.split())
    assert f"{BRIEFING}:9 leads: its sentence matches Kishida, Biden, meet" in shown
    assert 'has "April 10, 2023" as the answer to a question of the kind when' in shown
    assert "rests on 3 of 3 words that match" in shown
    weak = ask("What did the leaders agree on fisheries?", BRIEFING, "--explain").err
    assert "does not match fisheries" in weak


def test_an_answer_without_excerpts_fits() -> None:
    answer = Assistant.open([str(ROOT / BRIEFING)]).ask("Who won the World Cup?", 1)
    empty = answer._replace(excerpts=())
    assert fit_answer(empty, 1) == (empty, None)
    (line,) = FORMATS["line"].render([Reply(empty)], Layout())
    assert line == ""
