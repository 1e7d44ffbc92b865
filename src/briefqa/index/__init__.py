"""The index: terms in, the passages that share them out, best first.

The only part that knows rank-bm25 and numpy.
"""

from briefqa.index.index import Contribution, Hit, Index

__all__ = ["Contribution", "Hit", "Index"]
