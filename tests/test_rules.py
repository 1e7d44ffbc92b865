"""A test for each rule about hostile input, of the whole program: arguments in, bytes out."""

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from briefqa.cli import main
from briefqa.output import FORMATS
from conftest import BRIEFING, Ask, Result, Run
from fuzz.targets import CONTROLS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")

SHIPS = "How many ships were counted?"
COUNTED = "Forty ships were counted.\n"
EVIL = "\x1b]0;evil\x07\x9b2J\x7f\u202e\u2066[/][red]:smile:[@click=app.bell]"
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and return its path."""

    def write_file(name: str, contents: str | bytes = COUNTED) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return str(path)

    return write_file


def limited(*arguments: str, limit: str, value: int) -> Result:
    """Run the command with a resource limit, such as `NOFILE`."""
    import resource

    number = getattr(resource, f"RLIMIT_{limit}")
    done = subprocess.run(
        [sys.executable, "-m", "briefqa", *arguments],
        capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=lambda: resource.setrlimit(number, (value, value)),
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


# Messages


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.txt", "no such file or directory"),
        ("evil\x1b]0;x\x07\n.txt", "no such file or directory"),
        ("x" * 300, "file name too long"),
        ("/dev/zero", "not a regular file"),
    ],
)
def test_messages_are_one_sentence_with_the_name_and_the_reason(
    ask: Ask, path: str, reason: str
) -> None:
    result = ask(SHIPS, path)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"briefqa: {path[:4]}")
    assert result.err.endswith(f": {reason}\n")
    assert CONTROLS.isdisjoint(map(ord, result.err))


# Sanitising


@pytest.mark.parametrize("name", FORMATS)
def test_sanitising_holds_for_text_headings_names_and_questions(
    ask: Ask, write: Write, name: str
) -> None:
    heading, sentence = f"Ships {EVIL}", f"Forty ships {EVIL} were counted."
    path = write(f"{EVIL.replace('/', '')}.txt", f"Title\n\n{heading}\n\n{sentence}\n")
    result = ask(f"How many ships {EVIL} were counted?", path, "gone\x1b[2J", "-f", name)
    assert result.code == 2
    assert CONTROLS.isdisjoint(map(ord, result.out + result.err))
    if name not in ("json", "jsonl", "paths"):
        shown = result.out.replace("\\", "")
        assert "[/][red]:smile:[@click=app.bell]" in " ".join(shown.split())


@pytest.mark.parametrize(
    "words",
    [
        "ask QUESTION FOLDER",
        "ask QUESTION FOLDER --each",
        "ask QUESTION FOLDER --each-folder",
        "ask --questions FILE FOLDER --each",
        "ask --questions FILE FOLDER --explain",
        "timeline FOLDER",
        "list FOLDER --verbose",
        "diff OLD FOLDER",
        "diff OLD FOLDER --questions FILE",
        "show PATH:1 PATH",
        "index build FOLDER",
        "index status FOLDER",
    ],
)
def test_sanitising_holds_for_each_command_in_each_format(
    capsys: pytest.CaptureFixture[str], write: Write, words: str
) -> None:
    evil = EVIL.replace("/", "")
    front = f"---\ntitle: {EVIL}\ndate: 2024-05-12{EVIL}\n---\n\n"
    text = f"{front}## {EVIL}\n\n{COUNTED}They sailed on 12 May 2024 {EVIL}."
    row = f"\n\n| {EVIL} | ships |\n|---|---|\n| {EVIL} | 40 |\n"
    places = {
        "PATH": write(f"new/{evil}\n/{evil}\n.md", text + row),
        "OLD": write(f"{evil}.md", text.replace("Forty", "Ten")),
        "FILE": write("questions.txt", f"{SHIPS}\n{SHIPS} {EVIL}\n"),
        "QUESTION": f"{SHIPS} {EVIL}",
    }
    write(f"new/\x1b[31m/{evil}.bin", b"\0")
    places["FOLDER"] = str(Path(places["PATH"]).parent.parent)
    arguments = [
        places[name] + mark + line if name in places else word
        for word in words.split()
        for name, mark, line in [word.partition(":")]
    ]
    for name in FORMATS:
        main([*arguments, *(["-f", name] if "show" not in words else [])])
        written = "".join(capsys.readouterr())
        assert written
        assert CONTROLS.isdisjoint(map(ord, written))


def test_json_escapes_and_keeps_the_text_exact(ask: Ask, write: Write) -> None:
    sentence = f"Forty ships {EVIL} é\u2028👩\u200d🚀 were counted."
    result = ask(SHIPS, write("a.txt", f"{sentence}\n"), "-f", "json")
    assert result.out.isascii()
    (excerpt,) = json.loads(result.out)["excerpts"]
    assert excerpt["text"] == sentence
    start, end = excerpt["highlights"][0]
    assert excerpt["text"][start:end] == "ships"


def test_a_lone_surrogate_is_replaced_in_json(ask: Ask, write: Write) -> None:
    path = write("\udcff.txt", b"\xff\xfe" + "Forty ships ".encode("utf-16-le") + b"\x00\xd8\n\0")
    (excerpt,) = json.loads(ask("ships \udcfe", path, "-f", "json").out)["excerpts"]
    assert excerpt["text"] == "Forty ships \ufffd"
    assert excerpt["path"].endswith("/\ufffd.txt")
    assert "path_bytes" in excerpt


def test_what_the_encoding_of_the_stream_lacks_is_replaced(run: Run, write: Write) -> None:
    path = write("é.txt", "“Forty” ships were counted.\n")
    for name in ("text", "line", "markdown", "csv", "paths"):
        result = run("ask", SHIPS, path, "gone-é", "-f", name, env={"PYTHONIOENCODING": "ascii"})
        assert (result.code, "Traceback" in result.err) == (2, False)
        assert "?.txt" in result.out


# Decoding

TEXT = "Forty ships were counted, said Zoë.\n"
ENCODED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16-LE": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16-BE": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-32-LE": b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
    "UTF-32-BE": b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
    "Windows-1252": TEXT.encode("cp1252"),
    "UTF-16 cut short": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x",
}


@pytest.mark.parametrize("name", ENCODED)
def test_decoding_goes_by_the_mark_then_utf8_then_windows_1252(
    ask: Ask, write: Write, name: str
) -> None:
    assert "said Zoë." in ask(SHIPS, write("a.txt", ENCODED[name]), "-f", "line").out


def test_decoding_replaces_where_most_is_utf8(ask: Ask, write: Write) -> None:
    path = write("a.txt", "Zoë, Ann é and Łódź saw forty ships".encode() + b" \x93 there.\n")
    assert "Łódź saw forty ships \ufffd there." in ask(SHIPS, path).out


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_decoding_reads_each_end_of_line_as_one(ask: Ask, write: Write, end: str) -> None:
    path = write("a.txt", f"It rained.{end}{end}Forty ships were counted.{end}")
    assert ask(SHIPS, path).out == f"{path}:3: Forty ships were counted.\n"


@pytest.mark.parametrize(("place", "code"), [(8191, 2), (8192, 0)])
def test_a_nul_in_the_first_8_kib_is_binary(
    ask: Ask, write: Write, tmp_path: Path, place: int, code: int
) -> None:
    path = write("a.txt", COUNTED.ljust(place, "x").encode() + b"\0 and more.\n")
    assert ask(SHIPS, path).code == code
    write("b.txt")
    assert ask(SHIPS, str(tmp_path)).code == 0


# Opening


def test_a_pipe_is_read_where_it_is_named_and_skipped_in_a_folder(
    ask: Ask, write: Write, tmp_path: Path
) -> None:
    write("ships/a.txt")
    os.mkfifo(tmp_path / "ships" / "pipe")
    assert ask(SHIPS, str(tmp_path / "ships")).out.count("\n") == 1
    pipe = tmp_path / "named"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("Fifty ships were counted.\n",))
    writer.start()
    assert "Fifty ships" in ask(SHIPS, str(pipe)).out
    writer.join()


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/full", "/dev/tty"])
def test_a_device_is_refused(ask: Ask, path: str) -> None:
    assert ask(SHIPS, path) == (2, "", f"briefqa: {path}: not a regular file\n")


def test_a_file_is_refused_by_its_size(ask: Ask, write: Write, tmp_path: Path) -> None:
    sparse = write("sparse.txt", b"")
    os.truncate(sparse, 8 * 1024**3)
    assert "larger than 268,435,456 bytes" in ask(SHIPS, sparse).err
    small = write("small.txt")
    assert ask(SHIPS, small, "--max-size", "10").code == 2
    assert ask(SHIPS, str(tmp_path), "--max-size", "1M").code == 2


def test_a_file_without_a_size_is_read(ask: Ask) -> None:
    assert ask("name state", "/proc/self/status", "-n1").code == 0


def test_an_archive_is_refused_by_what_it_unpacks_to(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (65 * 1024 * 1024))
    result = ask(SHIPS, str(path))
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "unpacks to more than 67,108,864 bytes" in result.err


def test_folders_are_walked_whatever_they_hold(ask: Ask, write: Write, tmp_path: Path) -> None:
    for name in (
        "new\nline",
        "esc\x1b[2J",
        "-dash",
        "--help",
        "\udcff\udcfe",
        "[red]",
        "é",
        "a:1:",
    ):
        write(f"names/{name}.txt")
    folder = tmp_path / "names"
    (folder / "cycle").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone").symlink_to(folder / "nowhere")
    result = ask(SHIPS, str(folder), "-f", "paths", "-n", "100")
    assert (result.code, result.out.count("\n"), result.err) == (0, 8, "")


def test_an_unreadable_entry_is_told_and_the_rest_answers(
    ask: Ask, write: Write, tmp_path: Path
) -> None:
    write("a.txt")
    os.truncate(write("large.txt", b""), 1024**3)
    result = ask(SHIPS, str(tmp_path))
    assert (result.code, result.out.count("\n"), result.err.count("\n")) == (2, 1, 1)
    assert ask(SHIPS, str(tmp_path), "--quiet") == (0, "", "")


def test_two_thousand_arguments_with_64_descriptors(write: Write) -> None:
    paths = [write(f"{number}.txt", f"Ship {number} sailed.\n") for number in range(200)] * 10
    result = limited("ask", "Which ship sailed?", *paths, limit="NOFILE", value=64)
    assert (result.code, result.out.count("\n")) == (0, 3)
    assert result.err.startswith("briefqa: Closest passages; they may not answer")
    assert result.err.count("\n") == 1


# Empty things


@pytest.mark.parametrize(
    "contents", [b"", b"\n \n", b"... --- ...\n", b"\xff\xfe", b"\xef\xbb\xbf"]
)
@pytest.mark.parametrize("name", FORMATS)
def test_a_document_without_words_is_no_answer(
    ask: Ask, write: Write, contents: bytes, name: str
) -> None:
    result = ask(SHIPS, write("a.txt", contents), "-f", name)
    told = (
        "briefqa: No passage matches; not matched: ships, counted\n" if FORMATS[name].bare else ""
    )
    assert (result.code, result.err) == (1, told)


@pytest.mark.parametrize("question", ["", " ", "\t\n", "?!", "...", '""', "+ -", "\x1b\x07"])
def test_an_empty_question_is_an_error(ask: Ask, question: str) -> None:
    result = ask("--", question, BRIEFING)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_a_question_of_stop_words_alone_uses_them(ask: Ask, write: Write) -> None:
    path = write("a.txt", "To be or not to be.\n\nForty ships sailed.\n")
    assert ask("to be", path, "-n1").out == f"{path}:1: To be or not to be.\n"


# Time and memory


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param("a" * 2**20, id="one letter"),
        pytest.param("e" + "\u0301" * 100_000, id="marks"),
        pytest.param("(" * 10**6, id="brackets"),
        pytest.param('."' * 500_000, id="stops"),
        pytest.param("U.S. " * 200_000, id="acronyms"),
        pytest.param("a-" * 500_000, id="joined"),
    ],
)
def test_much_of_anything_is_answered_from(ask: Ask, write: Write, contents: str) -> None:
    path = write("a.txt", f"{contents}\n\n{COUNTED}")
    assert "Forty ships were counted." in ask(SHIPS, path, "-n1").out


def test_a_passage_has_2000_characters_at_the_most(ask: Ask, write: Write) -> None:
    path = write("a.txt", "Forty ships were counted. " * 400)
    excerpts = json.loads(ask(SHIPS, path, "-f", "json", "-n", "100").out)["excerpts"]
    assert max(len(excerpt["text"]) for excerpt in excerpts) in range(1900, 2001)


def test_an_excerpt_has_500_characters_of_text_at_the_most(ask: Ask, write: Write) -> None:
    path = write("a.txt", "word " * 200 + "ships " + "word " * 150)
    shown = ask("ships", path, "-f", "text").out
    assert "ships" in shown
    assert shown.count("word") <= 100


def test_a_question_of_120_kb_is_answered(ask: Ask, write: Write) -> None:
    path = write("a.txt")
    for question in (
        "ships " * 20_000,
        " ".join(map(str, range(20_000))) + " ships",
        "a" * 120_000,
    ):
        assert ask(question, path, "--quiet").code in (0, 1)


# Streams


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_an_error_in_each_format(name: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "briefqa", "ask", "Will Kishida visit?", BRIEFING, "-f", name],
            stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"briefqa: standard output: no space left on device\n"


@pytest.mark.parametrize(
    "words",
    [("index", "build"), ("index", "status"), ("eval", "/dev/stdin"), ("--help",), ("open",)],
)
def test_closed_descriptors_harm_no_command(words: tuple[str, ...], write: Write) -> None:
    path = write("a.txt")
    done = subprocess.run(
        ["bash", "-c", '"$@" <&- >&- 2>&-', "bash", sys.executable, "-m", "briefqa", *words, path],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")
    assert Path(path).read_text(encoding="utf-8") == COUNTED


@pytest.mark.parametrize("columns", ["-5", "100000", "abc"])
def test_any_number_of_columns_prints(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "Kishida" in ask("Who is Kishida?", BRIEFING, "-f", "text").out


# The cached index


@pytest.mark.parametrize("state", ["missing", "a file", "a link", "others may write", "not ours"])
def test_whatever_the_cache_folder_is_the_answer_is_the_same(
    ask: Ask, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    path, place = write("a.txt"), tmp_path / "place"
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    if state == "a file":
        place.write_text("")
    elif state != "missing":
        place.mkdir()
        (tmp_path / "elsewhere").mkdir()
        folder = place / "briefqa"
        if state == "a link":
            folder.symlink_to(tmp_path / "elsewhere")
        else:
            folder.mkdir(mode=0o777)
    if state == "not ours":
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert ask(SHIPS, path) == ask(SHIPS, path) == ask(SHIPS, path, "--no-cache")
    assert not list((tmp_path / "elsewhere").glob("*"))
    assert sorted(each.name for each in Path(path).parent.glob("*.index")) == []


def test_a_full_disk_keeps_no_index_but_the_answer(write: Write) -> None:
    path = write("a.txt")
    answer = f"{path}:1: Forty ships were counted.\n"
    for size in (0, 100):
        result = limited("ask", SHIPS, path, limit="FSIZE", value=size)
        assert result == (0, answer, "")
