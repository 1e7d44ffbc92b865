"""The syntax of questions: quotation marks, `+` and `-`; everything else is plain text."""

from pathlib import Path

import pytest

from briefqa import Assistant, QuestionError
from briefqa.analysis.english import english_analyzer
from briefqa.answers import Answer
from briefqa.answers.question import parse_question
from briefqa.output.wording import notes as notes_of
from conftest import Ask

ANALYZER = english_analyzer()

NOTES = """\
The red boat left the harbour at dawn with nine sailors.

The blue boat left the harbour at noon with four sailors.

A red kite was seen above the harbour wall, and a boat below it.
"""


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("notes") / "notes.txt"
    path.write_text(NOTES)
    return Assistant.open([str(path)])


def lines(answer: Answer) -> list[int]:
    return [excerpt.line for excerpt in answer.excerpts]


def test_a_signed_word_must_be_held_or_must_not(notes: Assistant) -> None:
    assert sorted(lines(notes.ask("boat in the harbour"))) == [1, 3, 5]
    assert sorted(lines(notes.ask("boat in the harbour +sailors"))) == [1, 3]
    assert lines(notes.ask("boat in the harbour +sailors -red")) == [3]
    assert lines(notes.ask("boat in the harbour -boats")) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "the kite +sailors +seen",
            ["Only passages with sailors, seen", "Not matched: kite, sailors, seen"],
        ),
        ("the kite -wall", ["Only passages without wall", "Not matched: kite"]),
        ("a zebra", ["Not matched: zebra"]),
    ],
)
def test_where_signs_leave_no_passage_that_is_told(
    notes: Assistant, question: str, told: list[str]
) -> None:
    assert list(notes_of(notes.ask(question))) == told


def test_a_required_word_counts_and_an_excluded_one_is_not_missed(notes: Assistant) -> None:
    answer = notes.ask("boat +sailors -red")
    assert (answer.matched, answer.missing) == (("boat", "sailors"), ())


@pytest.mark.parametrize(
    "question",
    [
        "-red boat",
        "boat --red",
        "boat +-red",
        "red -",
        "boat - red",
        "boat-red",
        "-red",
        " -red -boat",
        "boat -5",
        "C++ boat",
    ],
)
def test_anything_else_of_that_look_is_plain_text(question: str) -> None:
    parsed = parse_question(question, ANALYZER)
    assert not parsed.excluded
    assert not parsed.required


OPTIONS = """\
The -w option of pack leaves warnings out, and --dry-run writes nothing.

The -W option of pack makes every warning an error.

A dry run needs a run of dry days, and w is a letter.

To make a script run, type chmod +x and its name.

Warnings of storms are given by radio.
"""


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("options") / "options.txt"
    path.write_text(OPTIONS)
    return Assistant.open([str(path)])


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What does the -w option do?", 1),
        ("What does the -W option do?", 3),
        ("Does pack have --dry-run?", 1),
        ("What is a dry run?", 5),
        ("What does chmod +x do?", 7),
    ],
)
def test_a_word_that_documents_have_with_its_sign_is_asked_for(
    options: Assistant, question: str, line: int
) -> None:
    answer = options.ask(question)
    assert lines(answer)[0] == line
    assert (answer.required, answer.excluded) == ((), ())


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("manual") / "README.md"
    path.write_text(MANUAL)
    return Assistant.open([str(path)])


MANUAL = """\
# Warehouse

Use tar to write an archive of a folder.

The tar command packs a folder (+Using static paths) into one file.

Find files with `find . -name "*.txt"`; a name may have blanks.

The licence of pack is GNU GPL; tar is not a part of it.

The permit of tidy is a licence of MIT. Run `make -j 4` to build it, and `sort -u` to sort names.

Files up to a size of 20 MB; the maximum upload size of a guest is 5 MB.

Bio-research needs Kepler's tables.
"""


@pytest.mark.parametrize(
    ("question", "required", "excluded"),
    [
        ("tar +use", ["use"], []),
        ("tar +using", ["using"], []),
        ("tar +not", ["not"], []),
        ("+use tar", ["use"], []),
        (" +tar +use", ["tar", "use"], []),
        ("files -name", [], []),
        ('files -"name"', [], ["name"]),
        ('find -"name" -"licence"', [], ["name", "licence"]),
        ('tar +"use"', ["use"], []),
        ('pack +"archive of a folder"', ["archive", "of", "a", "folder"], []),
        ('tar -"an archive"', [], []),
        ('files "-name"', [], []),
        ("licence -gnu", [], ["gnu"]),
        ("licence -the", [], ["the"]),
    ],
)
def test_a_sign_counts_unless_the_documents_write_an_option_so(
    manual: Assistant, question: str, required: list[str], excluded: list[str]
) -> None:
    answer = manual.ask(question, top=9)
    assert (list(answer.required), list(answer.excluded)) == (required, excluded)
    for excerpt in answer.excerpts:
        terms = ANALYZER.terms(excerpt.passage.text, stop_words=True)
        assert all(set(ANALYZER.terms(word, stop_words=True)) <= set(terms) for word in required)
        assert all(set(ANALYZER.terms(word)).isdisjoint(terms) for word in excluded)


def test_a_sign_that_is_text_is_told(manual: Assistant, ask: Ask) -> None:
    told = "Looked up with the sign: -name"
    assert told in notes_of(manual.ask("find files -name"))
    assert told not in notes_of(manual.ask('find files "-name"'))
    assert told not in notes_of(manual.ask("find files -licence"))
    assert "Looked up with the sign: -gnu" in notes_of(manual.ask("licence -gnu", literal=True))
    path = manual.ask("tar").excerpts[0].passage.path
    assert f"briefqa: {told}" in ask("find files -name", path, "-f", "line").err


def test_that_a_phrase_cannot_be_excluded_is_told(manual: Assistant) -> None:
    assert 'A phrase cannot be excluded: -"a folder"' in notes_of(manual.ask('tar -"a folder"'))


@pytest.mark.parametrize("question", ["+kangaroo licence", "licence +kangaroo", "licence +thhe"])
def test_a_required_word_that_no_passage_has_leaves_none(manual: Assistant, question: str) -> None:
    answer = manual.ask(question)
    word = answer.required[0]
    assert (answer.excerpts, answer.corrections, answer.missing) == ((), (), (word,))
    assert list(notes_of(answer)) == [f"Only passages with {word}", f"Not matched: {word}"]


def test_a_required_word_is_corrected_for_all_to_see(manual: Assistant) -> None:
    answer = manual.ask("licence +arhcive")
    assert answer.corrections == (("arhcive", "archive"),)
    assert lines(answer) == [3]


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("make install", "make install"),
        ("sort names", "sort names"),
        ("maximum upload size", "maximum upload size"),
        ("flask version", "flask version"),
        ("print something twice", "print twice"),
        ("What size is the file?", "file"),
        ('What is the "size" of a file?', "size file"),
        ('what "kind of file" is it', "kind file"),
        ("tell me the kind of file", "file"),
        ("give news of the kind", "news"),
        ("Who made it?", "made"),
        ("What does WHO say?", "WHO"),
    ],
)
def test_a_query_that_is_no_question_keeps_its_words(question: str, telling: str) -> None:
    words = parse_question(question, ANALYZER).telling
    assert " ".join(word.text for word in words) == telling


@pytest.mark.parametrize("query", ["make -j", "sort -u", "files size", "maximum upload size"])
def test_each_word_of_a_query_counts_if_it_is_used_with_another(
    manual: Assistant, query: str
) -> None:
    assert manual.ask(query).matched == tuple(query.split())


@pytest.mark.parametrize("word", ["sizee", "archives", "licenced"])
def test_a_word_in_quotes_must_be_written_so(manual: Assistant, word: str) -> None:
    assert manual.ask(word).matched
    assert manual.ask(f'"{word}"').missing == (word,)
    assert manual.ask(word, literal=True).missing == (word,)
    assert not manual.ask(f'"{word}"').excerpts


@pytest.mark.parametrize(
    "word", ["size", "Archive", "research", "Kepler", "Warehouse", "bioresearch", "the"]
)
def test_a_word_is_written_alone_in_a_compound_or_in_a_heading(
    manual: Assistant, word: str
) -> None:
    assert manual.ask(f'"{word}" of').matched == (word,)
    if word != "the":
        assert manual.ask(word, literal=True).matched == (word,)


def test_as_typed_a_sign_is_a_letter(manual: Assistant) -> None:
    assert manual.ask("licence -gnu", literal=True).missing == ("-gnu",)
    assert manual.ask("find -name", literal=True).missing == ()


def test_several_options_are_asked_for_even_where_no_document_has_them(notes: Assistant) -> None:
    assert notes.ask("boat with -sailors or -red").excluded == ()
    assert notes.ask("boat --sailors -red").excluded == ()
    assert notes.ask("boat -red").excluded == ("red",)


def test_a_sign_is_plain_text_where_words_are_looked_up_as_asked(notes: Assistant) -> None:
    answer = notes.ask("boat +sailors -red", literal=True)
    assert (answer.required, answer.excluded) == ((), ())
    assert sorted(lines(answer)) == [1, 3, 5]


def test_a_word_in_another_script_can_be_excluded_too() -> None:
    parsed = parse_question("boat -\u00e9t\u00e9 +\u00f6re", ANALYZER)
    assert parsed.excluded_words == ("\u00e9t\u00e9",)
    assert parsed.required == (("ore",),)


def test_a_number_with_its_unit_needs_both(tmp_path: Path) -> None:
    (tmp_path / "sticks.txt").write_text(
        "The small stick holds 16GB.\n\nThe big stick holds 32 GB.\n\nOf 16 sticks two broke.\n"
    )
    assistant = Assistant.open([str(tmp_path)])
    for asked in ("Which stick holds 16 GB?", "Which stick holds 16GB?"):
        assert lines(assistant.ask(asked))[0] == 1
    assert lines(assistant.ask("Which stick holds 32GB?"))[0] == 3
    assert assistant.ask("Which stick holds 64GB?").missing == ("64GB",)


def test_signs_alone_are_plain_text(notes: Assistant) -> None:
    assert lines(notes.ask(" -kite -wall")) == [5]


def test_a_quoted_phrase_adds_weight_and_is_never_required(notes: Assistant) -> None:
    assert lines(notes.ask('What left? "blue boat left"'))[0] == 3
    assert lines(notes.ask('What left? "red boat left"'))[0] == 1
    assert lines(notes.ask("What left? “red boat left”"))[0] == 1
    assert lines(notes.ask('boat "green boat left"'))


def test_an_unbalanced_quote_is_plain_text(notes: Assistant) -> None:
    assert notes.ask('the blue boat 5" long').excerpts


def test_a_phrase_leads_in_a_large_collection_too(tmp_path: Path) -> None:
    filler = "\n\n".join(f"Nothing of note happened on day {day}." for day in range(1200))
    said = "He gave the order full steam ahead.\n\n"
    other = "Steam, steam, full of steam: ahead of the order, ahead of full steam.\n\n"
    (tmp_path / "log.txt").write_text(said + other + filler)
    assistant = Assistant.open([str(tmp_path)])
    assert assistant.ask("full steam ahead").excerpts[0].line == 3
    assert assistant.ask('"full steam ahead"').excerpts[0].line == 1


@pytest.mark.parametrize("question", ["", " ", "?!", "- +", '""'])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="no word"):
        parse_question(question, ANALYZER)


@pytest.mark.parametrize("question", ["x" * 120_000, "A." * 60_000 + "AB", "1." * 60_000 + "1a"])
def test_an_endless_word_is_asked_in_no_time(notes: Assistant, question: str) -> None:
    assert notes.ask(question).excerpts == ()


def test_words_are_counted_once_however_often_they_are_asked() -> None:
    words = parse_question("energy " * 300 + "Kishida", ANALYZER).words
    assert [word.text for word in words] == ["energy", "Kishida"]
    (long, *_) = parse_question("-".join(f"w{number}x" for number in range(300)), ANALYZER).words
    assert len(long.terms) == 256


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("What does MILC stand for?", "MILC"),
        ("what is MILC short for", "MILC"),
        ("What's the meaning of sluice?", "sluice"),
        ("sluice definition", "sluice"),
        ("I want to know about sluices", "sluices"),
        ("any news on the sluice?", "sluice"),
        ("What does the report say about sluices?", "sluices"),
        ("steps to open the sluice", "open sluice"),
        ("How many times was it opened?", "opened"),
        ("What type of sluice is it?", "sluice"),
        ("What colour is the sluice?", "sluice"),
        ("Who stood for mayor?", "stood mayor"),
        ("news agency in Skerry", "news agency Skerry"),
        ("Who wrote the report on sluices?", "wrote report sluices"),
    ],
)
def test_words_that_only_ask_do_not_count(question: str, telling: str) -> None:
    words = parse_question(question, ANALYZER).telling
    assert " ".join(word.text for word in words) == telling


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How heavy is it?", "Weight: 2.1 kg"),
        ("how big is it", "Dimensions: 32 x 12 cm"),
        ("How tall is it?", "Its height is 90 metres."),
        ("How old was she?", "She died at the age of 91."),
    ],
)
def test_the_noun_of_a_measure_answers_for_its_adjective(
    question: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"The red boat left the harbour.\n\n{text}\n")
    assert Assistant.open([str(path)]).ask(question).excerpts[0].passage.text == text
