"""What the documents say of a cluster is true of one: the commands run."""

import os
import re
import subprocess
import sysconfig

from conftest import ROOT

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_commands_lead_from_a_bare_machine_to_an_answer() -> None:
    [script] = SHELL.findall((ROOT / "docs" / "cluster.md").read_text(encoding="utf-8"))
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-e", "-m", "-c", script],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PATH": path}, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "April 10, 2023" in done.stdout
    assert "complete" in done.stdout
    assert "1 index removed" in done.stdout
