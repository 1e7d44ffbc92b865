"""What answers a question's terms with passages: the local index, or a cluster.

Nothing above knows which of them it has. A cluster's parts are loaded where one is named.
"""

from __future__ import annotations

from briefqa.engines.engine import Collection, Engine

__all__ = ["Collection", "Engine"]
