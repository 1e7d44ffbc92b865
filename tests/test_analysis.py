"""Terms: which words match each other, and their spans."""

import random
from itertools import chain
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.analysis import analyzer
from briefqa.analysis.analyzer import Analyzer
from briefqa.analysis.english import ENGLISH, english_analyzer

CHARACTERS = "aAbBeEiIoOsStTuUzZ019  ..,,--''’‘_%\n\u00ad\u0301\u0308éÉßŁøæﬁİ\u0131Άλёйहिन्दी日本ภู"

terms, tokenize = english_analyzer().terms, english_analyzer().tokenize


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("US", "U.S."),
        ("us", "U.S."),
        ("U.S", "the U.S.'s"),
        ("bioresearch", "bio-research"),
        ("research", "bio-research"),
        ("bio", "bio-research"),
        ("fleet", "Seventh Fleet's"),
        ("fleet", "Seventh Fleet’s"),
        ("companies", "company"),
        ("strasse", "Straße"),
        ("istanbul", "İstanbul"),
        ("cafe\u0301", "café"),
        ("cafe", "café"),
        ("zoë", "Zoe's"),
        ("Lodz", "Łódź"),
        ("Sao", "São-Paulo"),
        ("archaeology", "archæology"),
        ("Ελλαδα", "Ελλάδα"),
        ("елка", "ёлка"),
        ("file", "ﬁle"),
        ("email", "e\u2011mail"),
        ("1000000", "1,000,000"),
        ("europe", "l'Europe"),
        ("ONeill", "O'Neill"),
        ("case", "snake_case"),
        ("snake_case", "snake-case"),
        ("0054", "DEC-0054"),
        ("50", "50%"),
        ("coop\u00aderation", "cooperation"),
        ("हिन्दी", "हिन्दी।"),
        ("May", "in May"),
        ("organization", "organisations"),
        ("recognized", "recognising"),
        ("analyze", "analysed"),
        ("labor", "labour"),
        ("neighborhood", "neighbourhood"),
        ("center", "centre"),
        ("centered", "centred"),
        ("catalog", "catalogued"),
        ("traveled", "travelling"),
        ("defense", "defence"),
        ("program", "programmes"),
        ("precise", "precisely"),
        ("called", "call"),
        ("revise", "revision"),
        ("mouse", "mice"),
        ("child", "children"),
        ("criterion", "criteria"),
        ("wolf", "wolves"),
        ("leads", "led"),
        ("find", "found"),
        ("founded", "founding"),
        ("write", "written"),
        ("16GB", "16 GB"),
        ("16 GB", "16GB"),
        ("4 m", "4m"),
        ("2.5 kg", "2.5kg"),
        ("E65", "E 65"),
        ("SK 1423", "SK1423"),
        ("2.1.0", "v2.1.0"),
        ("V2.1.0", "2.1.0"),
        ("4.2", "§ 4.2"),
        ("-18", "\u221218"),
        ("-18", "(-18)"),
        ("-1000", "-1,000"),
        ("C++", "c++,"),
        ("C#", "C#."),
        (".NET", "the .NET runtime"),
        ("net", ".NET"),
        ("--dry-run", "[--dry-run]"),
        ("dry run", "--dry-run"),
        ("-v", "(-v)"),
        ("e0382", "E0382"),
        ("co\u2060op", "coop"),
        ("co\ufeffop", "coop"),
        ("co\u200eop", "coop"),
    ],
)
def test_a_word_meets_its_other_forms(asked: str, written: str) -> None:
    assert set(terms(asked)) & set(terms(written))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cat", "concatenate"),
        ("us", "use"),
        ("3.5", "35"),
        ("he'll", "hell"),
        ("май", "маи"),
        ("18", "-18"),
        ("founder", "found"),
        ("found", "founded"),
        ("C", "C++"),
        ("C", "C#"),
        ("-v", "-V"),
        ("v", "-v"),
        ("2nd", "2"),
        ("18", "2.18.3"),
    ],
)
def test_a_word_does_not_meet_another(one: str, other: str) -> None:
    assert not set(terms(one)) & set(terms(other))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The U.S.-Japan tech", ["U.S.", "Japan", "tech"]),
        ("Navy's 3.5 ships, why?", ["Navy's", "3.5", "ships"]),
        ("bio-research", ["bio-research", "bio", "research"]),
        ("a 1.5m wall", ["1.5m", "1.5m", "1.5m", "wall"]),
        ("... ___ --- '' %", []),
        ("", []),
    ],
)
def test_tokens_stand_where_they_were_written(text: str, pieces: list[str]) -> None:
    assert [token.span.slice(text) for token in tokenize(text)] == pieces


def test_stop_words_are_left_out_unless_wanted() -> None:
    assert terms("What is the plan?") == ["plan"]
    assert terms("What is the plan?", stop_words=True) == ["what", "is", "the", "plan"]


@pytest.mark.parametrize("word", ["don't", "isn’t", "they're", "I'm", "what's"])
def test_contractions_of_stop_words_are_stop_words(word: str) -> None:
    assert terms(word) == []


def test_a_stop_word_in_capitals_is_an_acronym() -> None:
    assert terms("What does the WHO say of IT?") == ["who", "say", "it"]


def test_but_not_where_everything_is_in_capitals() -> None:
    assert terms("WHO IS IT?") == []
    assert terms("WHAT IS THE PLAN?") == ["plan"]


def test_there_are_stop_words_for_questions() -> None:
    assert {"what", "when", "who", "where", "which", "how", "why"} <= ENGLISH.stop_words


@given(text=st.text(), stop_words=st.booleans())
def test_spans_lie_in_the_text_in_order_and_hold_a_word(text: str, stop_words: bool) -> None:
    starts = []
    for token in tokenize(text, stop_words=stop_words):
        piece = token.span.slice(text)
        assert any(character.isalnum() for character in piece)
        assert token.term
        starts.append(token.span.start)
    assert starts == sorted(starts)


@given(text=st.text(alphabet=st.sampled_from("aB1.,'-_ é\u0301%हि’U")))
def test_no_span_ends_inside_a_word(text: str) -> None:
    for token in tokenize(text, stop_words=True):
        start, end = token.span
        assert not (start and text[start - 1].isalnum() and text[start].isalnum())
        assert not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


@given(words=st.lists(st.from_regex(r"[a-zé]{1,12}", fullmatch=True)))
def test_words_are_analysed_one_by_one(words: list[str]) -> None:
    assert terms(" ".join(words)) == [term for word in words for term in terms(word)]


@pytest.mark.parametrize("unit", ["a", "a-", "a_", "1,", "a.", ".", "'", "e\u0301\u0316", "ab "])
def test_much_of_anything_ends(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert sum(1 for _ in tokenize(text)) <= len(text)


def test_words_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer, "WORDS_KEPT", 9)
    names = [f"report{number}-é" for number in range(40)]
    small = Analyzer(ENGLISH)
    assert [small.terms(name)[1:] for name in names] == [
        [f"report{each}", "e"] for each in range(40)
    ]
    assert [found for found, _ in small.terms_and_words(names)] == list(map(terms, names))
    assert len(small._tokens) <= 9


def test_the_fingerprint_tells_what_terms_depend_on() -> None:
    changes = (
        {"name": "american"},
        {"stop_words": ENGLISH.stop_words - {"the"}},
        {"acronyms": ENGLISH.acronyms | {"CAN"}},
        {"respellings": ENGLISH.respellings[1:]},
    )
    others = [Analyzer(ENGLISH._replace(**change)).fingerprint for change in changes]
    assert len({*others, english_analyzer().fingerprint}) == 1 + len(changes)
    assert Analyzer(ENGLISH).fingerprint == english_analyzer().fingerprint


def test_terms_change_only_with_the_version_of_the_analyzer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If this fails, terms have changed: raise VERSION, and put the new pair here."""

    class Unstemmed:
        def stemWords(self, words: list[str]) -> list[str]:  # noqa: N802  # as PyStemmer has it
            return words

    sampled = Analyzer(ENGLISH)
    # The stemmer has a version of its own in the fingerprint.
    monkeypatch.setattr(sampled, "_stemmer", Unstemmed())
    draw = random.Random(20261124)
    rules = ENGLISH.respellings
    parts = [rule.letters for rule in rules] + [
        end for rule in rules for end in sorted(rule.endings)
    ]
    parts += ["organ", "rev", "trav", "def", " ", " ", "'s ", "-", "U.S.", "1,000"]
    texts = ["".join(draw.choices(CHARACTERS, k=40)) for _ in range(2000)]
    texts += ["".join(draw.choices(parts, k=9)) for _ in texts]
    found = [sampled.terms(text, stop_words=each) for text in texts for each in (True, False)]
    digest = crc32("\n".join(chain.from_iterable(found)).encode())
    assert (analyzer.VERSION, f"{digest:08x}") == (4, "44e8339d")


@given(text=st.text(alphabet=st.sampled_from("aB1.,'-+#_ (é")))
def test_a_text_has_the_words_of_its_raw_tokens(text: str) -> None:
    ((found, words),) = english_analyzer().terms_and_words([text])
    tokens = list(english_analyzer().tokenize(text, stop_words=True))
    assert found == [token.term for token in tokens]
    assert words == [token.span.slice(text).casefold() for token in tokens]
