"""A real cluster of three nodes in one JVM, bound to this machine.

    python tests/cluster/running.py NAME

starts one, prints the address of an index of that name, and runs until it is killed. It needs a JDK
of version 17 or later, Maven, which downloads the server once, and a gigabyte of memory.
"""

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["LASTING", "Cluster", "missing", "running_cluster"]

HERE = Path(__file__).parent
NODES = 3
QUICK = ("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a cluster that runs for a minute, and leaves most of the machine to others."""
LASTING = ("-Xms1g", "-Xmx1g")
"""For a cluster that is measured."""


class Cluster:
    """A running cluster.

    Args:
        process: the process of the JVM, which takes commands.
        ports: the ports of the nodes, for HTTP.
    """

    def __init__(self, process: "subprocess.Popen[str]", ports: list[int]) -> None:
        self._process = process
        self.ports = ports

    def address(self, index: str) -> str:
        """Return the address of an index, with all nodes."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return f"http://{hosts}/{index}"

    def stop(self, node: int) -> None:
        """Stop a node, from 0."""
        self._command(f"stop {node}")

    def start(self, node: int) -> None:
        """Start a stopped node again."""
        self._command(f"start {node}")

    def _command(self, command: str) -> None:
        commands, answers = self._process.stdin, self._process.stdout
        assert commands is not None
        assert answers is not None
        commands.write(f"{command}\n")
        commands.flush()
        _wait_for("done\n", answers)


def missing() -> str | None:
    """Return what a cluster needs and this machine does not have; None if nothing is missing."""
    return next((name for name in ("java", "javac", "mvn") if shutil.which(name) is None), None)


@contextmanager
def running_cluster(machine: Sequence[str] = QUICK) -> Iterator[Cluster]:
    """Run a cluster until the context or the process ends.

    Args:
        machine: options of the JVM.
    """
    jars = _jars()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ports = _free_ports(2 * NODES)
        log = Path(folder, "log")
        command = [
            "java", *machine,
            "-cp", f"{jars}/*", str(HERE / "Cluster.java"), folder, *map(str, ports),
        ]  # fmt: skip
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        try:
            assert process.stdout is not None
            _wait_for("ready\n", process.stdout)
            yield Cluster(process, ports[::2])
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def _jars() -> Path:
    """Return the folder of the server's libraries, which Maven downloads the first time."""
    folder = HERE / ".jars"
    if not folder.is_dir():
        arriving = folder.with_name(".jars.new")
        subprocess.run(
            ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies",
             f"-DoutputDirectory={arriving}"],
            check=True,
        )  # fmt: skip
        arriving.rename(folder)
    return folder


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(wanted: str, lines: IO[str]) -> None:
    for line in lines:
        if line == wanted:
            return
    raise RuntimeError("the cluster ended instead of starting")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with running_cluster() as cluster:
        print(cluster.address(sys.argv[1]), flush=True)
        while True:
            time.sleep(60)
