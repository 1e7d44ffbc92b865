"""What the documents say of a cluster is true of one: the commands run."""

import os
import re
import signal
import subprocess
import sysconfig
from contextlib import suppress

from conftest import ROOT

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_commands_lead_from_a_bare_machine_to_an_answer() -> None:
    [script] = SHELL.findall((ROOT / "docs" / "cluster.md").read_text(encoding="utf-8"))
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    reader = subprocess.Popen(
        ["bash", "-e", "-c", script],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=ROOT, env=os.environ | {"PATH": path}, start_new_session=True,
    )  # fmt: skip
    try:
        read, _ = reader.communicate(timeout=120)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(reader.pid, signal.SIGKILL)
    assert reader.returncode == 0, read
    assert "April 10, 2023" in read
    assert "complete" in read
    assert "1 index removed" in read
