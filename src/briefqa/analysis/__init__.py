"""Analysis: text to terms, by the rules of a language, and to sentences."""
