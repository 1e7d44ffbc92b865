"""`briefqa eval`: the measures, compared with counts by hand."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.answers import Answer, CorpusSize, Status
from briefqa.answers.features import Features
from briefqa.answers.ranker import shipped_weights
from briefqa.assistant import Assistant
from briefqa.cli import main
from briefqa.errors import QuestionError
from briefqa.evaluation import (
    KnownQuestion,
    Outcome,
    ablation,
    judge,
    read_known_questions,
    reliability,
    summarise,
)
from briefqa.evaluation import fit as fit_command
from briefqa.evaluation.fit import WEIGHTS, cross_fit, fit, read_articles, written
from conftest import BRIEFING, Result

CONFIDENCES = st.lists(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.93, 1.0]), max_size=12)
KNOWN = [
    {"question": "When will Kishida and Biden meet?", "answers": ["april 10,\n2023"]},
    {"question": "Where is Toyota planning a factory?", "answers": ["Osaka"]},
    {"question": "Who won the World Cup?", "answers": [], "answerable": False},
]


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "known.jsonl"
    path.write_text("\n".join(map(json.dumps, KNOWN)), encoding="utf-8")
    return str(path)


def outcome(confidence: float, *, answerable: bool, right: bool = False) -> Outcome:
    status = Status.ANSWERED if confidence >= 0.5 else Status.NONE
    answer = Answer("", status, confidence, (), (), (), (), (), CorpusSize(1, 1))
    return Outcome(KnownQuestion("", (), answerable), answer, 1 if right else None, right)


def run_eval(capsys: pytest.CaptureFixture[str], *arguments: str) -> Result:
    code = main(["eval", *arguments])
    return Result(code, *capsys.readouterr())


def test_the_shares_are_counted(capsys: pytest.CaptureFixture[str], questions: str) -> None:
    result = run_eval(capsys, questions, BRIEFING, "-f", "json")
    report = json.loads(result.out)
    measures = report["measures"]
    assert (result.code, result.err) == (0, "")
    assert measures["questions"] == 3
    assert measures["passage@1"] == measures["passage@5"] == measures["sentence@1"] == 50
    assert measures["false-answers"] == measures["false-abstentions"] == 0
    assert measures["auroc"] == 100
    (failed,) = report["failed"]
    assert failed["answers"] == ["Osaka"]
    assert "North Carolina" in failed["sentence"]


def test_failures_are_shown_with_what_came(
    capsys: pytest.CaptureFixture[str], questions: str
) -> None:
    out = run_eval(capsys, questions, BRIEFING).out
    assert "sentence@1                50 %\n" in out
    assert "missed: Where is Toyota planning a factory?\n  expected: Osaka\n  got: answered" in out


def test_questions_are_measured_by_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    named = {"question": "Where is Toyota planning a factory?", "answers": ["North Carolina"]}
    path.write_text("\n".join([json.dumps(KNOWN[0]), json.dumps({**named, "kind": "places"})]))
    out = run_eval(capsys, str(path), BRIEFING, "--by", "kind").out
    assert [
        line.split()[:4] for line in out.splitlines() if line.startswith(("places ", "when "))
    ] == [
        ["places", "1", "100", "100"],
        ["when", "1", "100", "100"],
    ]
    report = json.loads(run_eval(capsys, str(path), BRIEFING, "--by", "kind", "-f", "json").out)
    assert {kind: group["questions"] for kind, group in report["kinds"].items()} == {
        "places": 1,
        "when": 1,
    }


def test_questions_are_not_grouped_unless_asked(
    capsys: pytest.CaptureFixture[str], questions: str
) -> None:
    assert "kinds" not in json.loads(run_eval(capsys, questions, BRIEFING, "-f", "json").out)


def test_the_reliability_of_the_confidence_is_shown(
    capsys: pytest.CaptureFixture[str], questions: str
) -> None:
    lines = run_eval(capsys, questions, BRIEFING).out.splitlines()
    start = lines.index(next(line for line in lines if line.startswith("confidence ")))
    rows = [line.split() for line in lines[start + 1 : lines.index("", start)]]
    assert sum(int(row[3]) for row in rows) == len(KNOWN)
    assert all(float(row[0]) < float(row[2]) for row in rows)


def test_bins_without_answers_are_left_out() -> None:
    outcomes = [outcome(value, answerable=True, right=value > 0.5) for value in (0.04, 0.06, 1.0)]
    assert [tuple(each) for each in reliability(outcomes)] == [
        (0.0, 0.1, 2, 5.0, 0.0),
        (0.9, 1.0, 1, 100.0, 100.0),
    ]


@pytest.mark.parametrize(
    "line",
    [
        {"question": "Who leads?", "answer": "fumio\\s+KISHIDA"},
        {"question": "Who leads?", "answers": [{"pattern": "prime minister \\w+ kishida"}]},
    ],
)
def test_an_answer_may_be_a_regular_expression(
    briefing: Assistant, tmp_path: Path, line: dict[str, object]
) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(json.dumps({**line, "question": "Who is Japan's prime minister?"}))
    (known,) = read_known_questions(str(path))
    assert known.answerable
    assert judge(known, briefing.ask(known.question)).right


def test_a_list_that_a_sentence_introduces_belongs_to_a_regular_expression(tmp_path: Path) -> None:
    text = "# Leave\n\nThe kinds of leave are:\n\n- annual leave\n- sick leave\n- jury duty\n"
    (tmp_path / "leave.md").write_text(text)
    path = tmp_path / "known.jsonl"
    path.write_text(json.dumps({"question": "Which kinds of leave are there?", "answer": "jury"}))
    (known,) = read_known_questions(str(path))
    assert judge(known, Assistant.open(tmp_path / "leave.md").ask(known.question)).right


@pytest.mark.parametrize(("floor", "code"), [("50", 0), ("50.1", 1)])
def test_a_floor_is_a_gate(
    capsys: pytest.CaptureFixture[str], questions: str, floor: str, code: int
) -> None:
    gate = f"sentence@1={floor}"
    assert run_eval(capsys, questions, BRIEFING, "--min", "mrr@10=10", "--min", gate).code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "expected a FILE of questions"),
        (["x", "--min", "speed=9"], "unknown measure speed"),
        (["x", "--min", "auroc"], "expected NAME=N such as sentence@1=70, got auroc"),
        (["x", "-f", "csv"], "unknown value csv"),
        (["gone.jsonl", BRIEFING], "gone.jsonl: no such file or directory"),
        (["x", "gone.txt"], "gone.txt: no such file or directory"),
    ],
)
def test_a_bad_command_line_is_told(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    result = run_eval(capsys, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"question": "a?", "answers": "x"}, "answers must be a list"),
        ({"question": "a?", "answers": [3]}, "expected a string, or an object"),
        (
            {"question": "a?", "answers": [{"text": "x", "start": 3, "end": 1}]},
            "expected a string, or an object",
        ),
        ({"question": "a?", "answerable": True}, "answerable, but has no answers"),
        ({"question": "a?", "answer": "("}, "invalid regular expression: missing"),
        ({"question": "a?", "answers": ["x"], "answerable": "yes"}, "answerable must be true"),
    ],
)
def test_a_malformed_question_is_told_by_its_line(
    tmp_path: Path, line: dict[str, object], reason: str
) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(f"A plain one?\n{json.dumps(line)}\n")
    with pytest.raises(QuestionError, match=f"line 2: {reason}|line 2: invalid answer; {reason}"):
        list(read_known_questions(str(path)))


@pytest.mark.parametrize(("shift", "rank"), [(0, 1), (1, None)])
def test_an_answer_with_a_place_is_right_only_there(
    briefing: Assistant, tmp_path: Path, shift: int, rank: int | None
) -> None:
    text = Path(BRIEFING).read_text(encoding="utf-8")
    start = text.index("April 10") + shift
    answer = {"text": "April 10", "start": start, "end": start + 8}
    path = tmp_path / "known.jsonl"
    path.write_text(json.dumps({"question": "When will they meet?", "answers": [answer]}))
    (known,) = read_known_questions(str(path))
    judged = judge(known, briefing.ask(known.question))
    assert (judged.rank, judged.right) == (rank, rank == 1)


@given(positive=CONFIDENCES, negative=CONFIDENCES)
def test_auroc_is_the_share_of_pairs_in_order(positive: list[float], negative: list[float]) -> None:
    outcomes = [outcome(value, answerable=True) for value in positive]
    outcomes += [outcome(value, answerable=False) for value in negative]
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    expected = 100 * sum(pairs) / len(pairs) if pairs else None
    assert summarise(outcomes).auroc == (expected and pytest.approx(expected, abs=0.01))


def test_calibration_is_the_difference_within_bins() -> None:
    outcomes = [outcome(0.75, answerable=True, right=right) for right in (True, True, False)]
    outcomes += [outcome(0.05, answerable=False)]
    assert summarise(outcomes).calibration_error == pytest.approx(100 * (0.25 + 0.05) / 4)


def test_nothing_asked_tells_nothing() -> None:
    measures = summarise([])
    assert measures.questions == 0
    assert set(measures[1:]) == {None}


def test_weights_are_written_as_they_are_read() -> None:
    text = WEIGHTS.read_text(encoding="utf-8")
    sets = text.partition("\n")[0].partition(" --write ")[2].split()
    assert written(shipped_weights(), sets) == text


def test_fitting_learns_what_tells(tmp_path: Path) -> None:
    articles = read_articles(small_set(tmp_path))
    fitted = fit(articles)
    assert fitted.sentence.coverage > 0
    assert fitted.confidence.topic_intercept > 0
    measures = summarise(cross_fit({"small": articles})["small"])
    assert measures.sentence_1 == 100


def test_ever_more_questions_without_an_answer_do_not_count_more(tmp_path: Path) -> None:
    intercepts = []
    for times in (5, 50):
        folder = small_set(tmp_path / str(times))
        for path in (folder / "questions").iterdir():
            path.write_text(path.read_text() + f"\n{UNANSWERED}" * times)
        intercepts.append(fit(read_articles(folder)).confidence)
    few, many = intercepts
    assert few.topic_intercept < 10
    assert many.topic.coverage >= few.topic.coverage


@pytest.mark.parametrize("by_path", [False, True])
def test_the_command_fits_prints_and_writes_weights(
    by_path: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, weights = small_set(tmp_path / "small"), tmp_path / "weights.txt"
    if by_path:
        join_questions(folder)
    monkeypatch.setattr(fit_command, "STEPS", 20)
    monkeypatch.setattr(fit_command, "WEIGHTS", weights)
    monkeypatch.setattr("sys.argv", ["fit", "--write", str(folder)])
    fit_command.main()
    name, _, measures = capsys.readouterr().out.partition(" ")
    assert (name, json.loads(measures)["questions"]) == ("small", 6)
    assert weights.read_text().startswith("# python -m briefqa.evaluation.fit --write small\n")


def test_the_ablation_has_a_row_for_each_fitted_feature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fit_command, "STEPS", 2)
    folder = small_set(tmp_path / "small")
    with open(folder / "questions" / "one.jsonl", "a", encoding="utf-8") as questions:
        questions.write("\n" + json.dumps({"question": "Xyzzy?", "answers": ["fish"]}))
    monkeypatch.setattr("sys.argv", ["ablation", str(folder)])
    ablation.main()
    header, rule, *rows = capsys.readouterr().out.splitlines()
    assert header == "| feature | weight | small | gain | 95 % |"
    assert rule == "| --- | --- | --- | --- | --- |"
    named = {row.split()[1] for row in rows}
    assert named == {name for name in Features._fields if name not in fit_command.FIXED}


UNANSWERED = json.dumps({"question": "Who built the window?", "answers": [], "answerable": False})


def join_questions(folder: Path) -> None:
    """Write the questions of a set into one file, each with the path that it is about."""
    with open(folder / "questions.jsonl", "w", encoding="utf-8") as joined:
        for path in sorted((folder / "questions").iterdir()):
            for line in path.read_text().splitlines():
                asked = {**json.loads(line), "path": f"documents/{path.stem}.txt"}
                joined.write(json.dumps(asked) + "\n")


def small_set(folder: Path) -> Path:
    """Write a set of two articles with questions, to fit on."""
    for name, animal in (("one", "whale"), ("two", "heron")):
        article = folder / "documents" / f"{name}.txt"
        questions = folder / "questions" / f"{name}.jsonl"
        for path in (article, questions):
            path.parent.mkdir(parents=True, exist_ok=True)
        article.write_text(
            f"The {animal} eats fish at dawn. It sleeps at noon.\n\n"
            "The keeper paints the lighthouse white. The storm broke the window.\n"
        )
        questions.write_text(
            json.dumps({"question": f"What does the {animal} eat?", "answers": ["fish"]})
            + "\n"
            + json.dumps({"question": "What broke the window?", "answers": ["storm"]})
            + "\n"
            + json.dumps({"question": "Who won the cup?", "answers": [], "answerable": False})
        )
    return folder
