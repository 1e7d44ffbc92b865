"""A server of the Model Context Protocol on standard input and output, for agents."""

from __future__ import annotations
