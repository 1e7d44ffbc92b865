"""Tests against a real cluster, for which Java and Maven are needed."""
