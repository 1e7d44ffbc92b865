"""The lexicon: common English words, and synonyms."""

from pathlib import Path

import pytest

from briefqa.analysis import english
from briefqa.analysis.english import ENGLISH
from briefqa.evaluation import lexicon

LEXICON = ENGLISH.lexicon


@pytest.mark.parametrize("term", ["price", "kind", "victoria", "aardvark", "zoom"])
def test_common_words_and_names_are_english(term: str) -> None:
    assert term in LEXICON


@pytest.mark.parametrize(
    "term", ["", "xyzzy", "kishida", "#", "# Terms of common English", "pric:"]
)
def test_others_are_not(term: str) -> None:
    assert term not in LEXICON
    assert LEXICON.synonyms(term) == frozenset()


def test_each_line_is_found() -> None:
    lines = (Path(english.__file__).parent / "english.txt").read_text(encoding="utf-8").splitlines()
    entries = dict(line.split(":", 1) for line in lines if not line.startswith("#"))
    assert len(entries) > 30_000
    for term, others in list(entries.items())[::50]:
        assert term in LEXICON
        same, _, wider = others.partition(";")
        assert LEXICON.synonyms(term) == frozenset(same.split())
        assert LEXICON.wider(term) == frozenset(wider.split())


def test_a_word_has_its_synonyms_and_derivations() -> None:
    assert {"mend", "fix"} <= LEXICON.synonyms("repair")
    assert "buy" in LEXICON.synonyms("purchas")


def test_a_people_has_its_country_and_a_number_its_digits() -> None:
    assert "japan" in LEXICON.synonyms("japanes")
    assert "japanes" in LEXICON.synonyms("japan")
    assert "2" in LEXICON.synonyms("two")


def test_a_word_of_a_wider_meaning_is_no_synonym() -> None:
    assert "meet" in LEXICON.wider("summit")
    assert "meet" not in LEXICON.synonyms("summit")
    assert LEXICON.wider("xyzzy") == frozenset()


def test_the_lexicon_is_made_of_common_words_names_and_their_meanings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scowl, wordnet = tmp_path / "scowl", tmp_path / "wordnet"
    lists = {
        "english-words.10": "mend\nmends\nrepair\nrepairman\n",
        "british-upper.50": "Zürich\n",
        "english-words.55": "zyme\n",
        "australian-words.10": "billabong\n",
        "english-contractions.10": "can't\n",
    }
    noun = "00000002 06 n 01 repairman 0 001 + 00000001 v 0102 | who mends\n"
    files = {"index.verb": "mend v 1 1 + 1 0 00000001\nrepair v 1 2 + @ 1 0 00000001\n"}
    files["index.noun"] = "repairman n 1 1 + 1 0 00000002\nrepair_shop n 1 0 1 0 00000002\n"
    files["data.verb"] = "00000001 31 v 02 mend 0 repair 0 001 + 00000002 n 0201 | put right\n"
    files |= {"data.noun": noun, "index.adj": "", "data.adj": "", "index.adv": "", "data.adv": ""}
    for folder, contents in ((scowl, lists), (wordnet, files)):
        folder.mkdir()
        for name, text in contents.items():
            (folder / name).write_text("  1 licence\n" * (folder is wordnet) + text, "utf-8")
    made: dict[str, str] = {}
    monkeypatch.setattr(Path, "write_text", lambda path, text, **_: made.update({path.name: text}))
    monkeypatch.setattr("sys.argv", ["lexicon", str(scowl), str(wordnet)])
    lexicon.main()
    lines = [line for line in made["english.txt"].splitlines() if not line.startswith("#")]
    assert lines == ["mend: repair", "repair: mend repairman", "repairman: repair", "zurich:"]
