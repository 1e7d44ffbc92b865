"""What the server for agents costs, and what it leaves behind.

    python tests/benchmarks/agents.py FOLDER --passages 20000 --starts 1000 --requests 10000

prints processor time as multiples, in paired runs: from start to the list of tools against a bare
Python; the first answer with a cached index against a one-shot; warm answers against calls of the
library. Then it counts processes that are left after many starts and ends, and watches the memory
of one server over mutated requests.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import questions, write_corpus

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from mcp_client import Message, Server, called, request  # noqa: E402
from mcp_mutations import mutated_lines  # noqa: E402

PAIRS = 9
ASKED = 60
BARE = (sys.executable, "-c", "pass")
ONE_SHOT = (sys.executable, "-m", "briefqa", "ask", "--format", "json", "--top", "5")
LIBRARY = """\
import sys
from briefqa import Assistant
assistant = Assistant.open(sys.argv[1])
for question in sys.stdin:
    assistant.ask(question.strip(), 5)
"""
Command = Sequence[str]


def cpu_of(command: Command, data: Path | None = None) -> float:
    """Return the seconds of processor time of a whole process.

    Args:
        command: what is run.
        data: what its standard input is read from.
    """
    source = str(data or os.devnull)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
        *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)),
    ]
    child = os.posix_spawn(command[0], list(command), os.environ, file_actions=actions)
    _, status, spent = os.wait4(child, 0)
    assert status == 0, command
    return spent.ru_utime + spent.ru_stime


def server(corpus: Path) -> Command:
    """Return the command that serves a corpus."""
    return sys.executable, "-m", "briefqa", "mcp", str(corpus)


def written(path: Path, messages: Sequence[Message]) -> Path:
    """Write messages to a file, for a server's standard input."""
    path.write_text("".join(f"{json.dumps(message)}\n" for message in messages))
    return path


def start(folder: Path, corpus: Path) -> float:
    """Return the median ratio of a start with a list of tools to a bare Python."""
    listing = written(folder / "list.jsonl", [request(1, "tools/list")])
    return statistics.median(cpu_of(server(corpus), listing) / cpu_of(BARE) for _ in range(PAIRS))


def first(folder: Path, corpus: Path, question: str) -> float:
    """Return the median ratio of a first answer to a one-shot."""
    asked = written(folder / "first.jsonl", [called(1, "ask", questions=[question])])
    one_shot = (*ONE_SHOT, question, str(corpus))
    return statistics.median(cpu_of(server(corpus), asked) / cpu_of(one_shot) for _ in range(PAIRS))


def warm(folder: Path, corpus: Path, texts: Sequence[str]) -> float:
    """Return the median ratio of a further answer to a call of the library."""

    def asked(count: int) -> tuple[Path, Path]:
        calls = [called(number, "ask", questions=[text]) for number, text in enumerate(texts)]
        lines = folder / f"questions-{count}.txt"
        lines.write_text("".join(f"{text}\n" for text in texts[:count]))
        return written(folder / f"calls-{count}.jsonl", calls[:count]), lines

    many, one = asked(len(texts)), asked(1)
    library = (sys.executable, "-c", LIBRARY, str(corpus))
    ratios = []
    for _ in range(PAIRS):
        served = cpu_of(server(corpus), many[0]) - cpu_of(server(corpus), one[0])
        in_process = cpu_of(library, many[1]) - cpu_of(library, one[1])
        ratios.append(served / in_process)
    return statistics.median(ratios)


def left_over(corpus: Path, starts: int) -> int:
    """Return how many of some starts and ends leave a process in their group."""
    left = 0
    for number in range(starts):
        process = subprocess.Popen(
            server(corpus), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        message = called(1, "ask", questions=["cache"]) if number % 10 == 0 else request(1, "ping")
        process.communicate(json.dumps(message).encode(), timeout=60)
        try:
            os.killpg(process.pid, 0)
            left += 1
        except ProcessLookupError:
            pass
    return left


def memory_of(process: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def endured(requests: int) -> list[float]:
    """Return the memory of a server after each tenth of many mutated requests."""
    memory = []
    with Server("seeds") as running:
        for number, line in enumerate(mutated_lines(requests, seed=1), 1):
            marker = request(f"after {number}", "ping")
            running.send(line, marker)
            while running.receive() != {"jsonrpc": "2.0", "id": marker["id"], "result": {}}:
                pass
            if number % (requests // 10) == 0:
                memory.append(memory_of(running.process.pid))
    return memory


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where documents and the cache go")
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--starts", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=10_000)
    options = parser.parse_args()
    corpus = options.folder / f"corpus-{options.passages}"
    write_corpus(corpus, options.passages)
    os.environ["XDG_CACHE_HOME"] = str(options.folder / "cache")
    # Modules are compiled by the first run, as an installation has them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    texts = questions(corpus, ASKED)
    for command in ((*ONE_SHOT, texts[0], str(corpus)), server(corpus)):
        cpu_of(command)
    print(f"start to the list of tools: {start(options.folder, corpus):.2f} of a bare Python")
    print(f"first answer: {first(options.folder, corpus, texts[0]):.2f} of a one-shot")
    print(f"warm answer: {warm(options.folder, corpus, texts):.2f} of a call of the library")
    left = left_over(corpus, options.starts)
    print(f"{options.starts} starts and ends: {left} leave a process")
    memory = ", ".join(f"{each:.1f}" for each in endured(options.requests))
    print(f"{options.requests} mutated requests: memory in MB {memory}")


if __name__ == "__main__":
    main()
