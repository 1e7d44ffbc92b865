"""The app: the only package that imports Textual. It answers through the assistant."""
