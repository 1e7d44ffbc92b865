"""Formats that people write in an editor: each line of the text is that line of the file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.errors import DocumentError
from briefqa.readers import read
from briefqa.readers.blocks import Member
from readings import Part, check_any, check_reading, parts

ORG = """#+TITLE: Kilns
#+AUTHOR: Ann
# not shown
:PROPERTIES:
:ID: 7
:END:

* TODO Firing :oak:clay:
The kiln is *lit* at /dawn/, see [[https://x.org][the plan]]
and =kiln.txt= in /usr/bin.

1. Open it.
   Then wait.
   - Not long.
2. Close it.
- clay :: is dug.

| Tree | Boards |
|------+--------|
| oak  | 40     |

#+CAPTION: A kiln
#+BEGIN_SRC sh
  kiln --light
* no heading
#+END_SRC
#+begin_quote
It was hot.
#+end_quote
: fixed  text
** COMMENT Hidden
[fn:1] Ask Bo.
-----
"""
RST = """.. comment
   not shown

=====
Kilns
=====

:Author: Ann

Firing
------
The kiln is *lit* at **dawn**, see `the plan <https://x.org>`_
and ``kiln.txt`` [1]_ by :ref:`Bo <bo>`::

    kiln --light

1. Open it.
   Then wait.

   - Not long.
#. Close it.

clay
   is dug.

--light, -l FILE  lights it

.. note:: Hot.

   Very hot.

.. code-block:: sh
   :caption: x

   kiln  --open

.. image:: kiln.png
   :alt: A kiln

+------+--------+
| Tree | Boards |
+======+========+
| oak, | 40     |
| old  |        |
+------+--------+

=====  ======
Tree   Boards
=====  ======
elm    9
       or 10
=====  ======

.. csv-table:: Stock
   :header: Tree, Boards

   ash, "7"

.. list-table::
   :header-rows: 1

   * - Tree
     - Boards
   * - fir
     - 3

.. [1] Ask Bo.

| A line

>>> light()
.. _target: https://x.org
"""
ADOC = """= Kilns
Ann Lee <ann@x.org>
:hour: dawn

== Firing
The kiln is *lit* at {hour}, see https://x.org[the plan]
and `kiln.txt` by <<bo,Bo>>.

// not shown
. Open it.
Then wait.
** Not long.
. Close it.

clay:: is dug.
sand::
is sieved.

.A kiln
[source,sh]
----
kiln --light
== no heading
----

NOTE: Hot.

[%header,cols="1,1"]
|===
|Tree |Boards
|oak
|40
|elm |9
|===

____
It was hot.
____

image::kiln.png[A kiln in May]
////
not shown
////
"""
MDX = """import { Kiln } from './kiln'
export const hour = 6

# Kilns

{/* not
shown */}
<Kiln hot>
The kiln is lit.
</Kiln>

```js
import x from 'y'
```
"""


def lines(name: str, source: str) -> list[tuple[int, str, str]]:
    """The line, kind and text of each block, which stand on the lines that they come from."""
    reading = read(name, source.encode())
    check_reading(reading)
    return [(part.line, part.kind, part.text) for part in parts(reading)]


def test_org() -> None:
    assert read("x.org", ORG.encode()).title == "Kilns"
    assert lines("x.org", ORG) == [
        (2, "line", "Author: Ann"),
        (8, "heading", "TODO Firing"),
        (9, "paragraph", "The kiln is lit at dawn, see the plan\nand kiln.txt in /usr/bin."),
        (12, "item", "1. Open it.\nThen wait."),
        (14, "item", "- Not long."),
        (15, "item", "2. Close it."),
        (16, "item", "- clay :: is dug."),
        (18, "header", "Tree | Boards"),
        (20, "row", "oak | 40"),
        (22, "caption", "A kiln"),
        (24, "code", "kiln --light\n* no heading"),
        (28, "quotation", "It was hot."),
        (30, "code", "fixed  text"),
        (32, "note", "Ask Bo."),
    ]


def test_rst() -> None:
    assert read("x.rst", RST.encode()).title == "Kilns"
    assert lines("x.rst", RST) == [
        (8, "line", "Author: Ann"),
        (10, "heading", "Firing"),
        (12, "paragraph", "The kiln is lit at dawn, see the plan\nand kiln.txt  by Bo:"),
        (15, "code", "kiln --light"),
        (17, "item", "1. Open it.\nThen wait."),
        (20, "item", "- Not long."),
        (21, "item", "2. Close it."),
        (23, "term", "clay"),
        (24, "definition", "is dug."),
        (26, "definition", "--light, -l FILE  lights it"),
        (28, "note", "Hot."),
        (30, "note", "Very hot."),
        (35, "code", "kiln  --open"),
        (37, "note", "A kiln"),
        (41, "header", "Tree | Boards"),
        (43, "row", "oak, old | 40"),
        (48, "header", "Tree | Boards"),
        (50, "row", "elm | 9 or 10"),
        (54, "caption", "Stock"),
        (55, "header", "Tree |  Boards"),
        (57, "row", "ash | 7"),
        (62, "header", "Tree | Boards"),
        (64, "row", "fir | 3"),
        (67, "note", "Ask Bo."),
        (69, "line", "A line"),
        (71, "code", ">>> light()\n.. _target: https://x.org"),
    ]


def test_asciidoc() -> None:
    assert read("x.adoc", ADOC.encode()).title == "Kilns"
    assert lines("x.adoc", ADOC) == [
        (2, "line", "Ann Lee <ann@x.org>"),
        (5, "heading", "Firing"),
        (6, "paragraph", "The kiln is lit at dawn, see the plan\nand kiln.txt by Bo."),
        (10, "item", "1. Open it.\nThen wait."),
        (12, "item", "- Not long."),
        (13, "item", "2. Close it."),
        (15, "definition", "clay: is dug."),
        (16, "term", "sand"),
        (17, "definition", "is sieved."),
        (19, "caption", "A kiln"),
        (22, "code", "kiln --light\n== no heading"),
        (26, "note", "NOTE: Hot."),
        (30, "header", "Tree | Boards"),
        (31, "row", "oak | 40"),
        (33, "row", "elm | 9"),
        (37, "quotation", "It was hot."),
        (40, "note", "A kiln in May"),
    ]


def test_attributes_that_stand_for_much_count_as_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefqa.readers.UNPACKED_LIMIT", 100_000)
    source = f":a: {'oak ' * 40}\n\n{'{a} ' * 100}\n"
    assert len(lines("x.adoc", source)[0][2]) == 100 * len("oak " * 40) - 1
    with pytest.raises(DocumentError, match="unpacks to more than 100,000 bytes"):
        lines("x.adoc", f"{source}{'{a}' * 1000}\n")


def test_mdx() -> None:
    assert read("x.mdx", MDX.encode()).title == "Kilns"
    assert lines("x.mdx", MDX) == [
        (9, "paragraph", "The kiln is lit."),
        (13, "code", "import x from 'y'"),
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("x.org", "* Oak\nA\n** Elm\nB\n* Ash\nC\n"),
        ("x.rst", "Oak\n===\nA\n\nElm\n---\nB\n\nAsh\n===\nC\n"),
        ("x.adoc", "= Oak\n\nA\n\n== Elm\nB\n\n= Ash\nC\n"),
    ],
)
def test_levels_of_headings(name: str, source: str) -> None:
    reading = read(name, source.encode())
    headings = [(part.text, part.level) for part in parts(reading) if part.kind == "heading"]
    assert (reading.title, headings) == ("Oak", [("Elm", 2), ("Ash", 1)])


@pytest.mark.parametrize(
    ("name", "source", "level"),
    [
        ("x.org", "- a\n  - b\n    1. c\n", 3),
        ("x.rst", "- a\n\n  - b\n\n    1. c\n", 3),
        ("x.adoc", "* a\n** b\n.. c\n", 3),
    ],
)
def test_levels_of_items(name: str, source: str, level: int) -> None:
    assert [part.level for part in parts(read(name, source.encode()))] == [1, 2, level]


def notebook(*cells: object, **fields: object) -> bytes:
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": {}, **fields}).encode()


PANDAS = "<table><tr><th>Tree</th><th>Boards</th></tr><tr><td>oak</td><td>40</td></tr></table>"


def test_cells_of_a_notebook_are_members() -> None:
    data = notebook(
        {"cell_type": "markdown", "source": ["# Kilns\n", "\n", "The kiln\n", "is *lit*."]},
        {"cell_type": "code", "source": "", "outputs": []},
        {
            "cell_type": "code",
            "source": "stock()",
            "outputs": [
                {"output_type": "stream", "text": ["\x1b[31m3 kilns\x1b[0m\n"]},
                {"data": {"text/html": [PANDAS], "text/plain": "no"}},
                {"data": {"text/html": "<p>no</p>", "text/plain": "7"}},
                {"ename": "KeyError", "evalue": "'oak'"},
            ],
        },
        {"cell_type": "raw", "source": "plain \ud800"},
    )
    reading = read("x.ipynb", data)
    assert reading.title == "Kilns"
    member = Member("cell3", 6)
    assert parts(reading) == [
        Part("paragraph", "The kiln\nis lit.", 3, member=Member("cell1", 1)),
        Part("code", "stock()", 6, member=member),
        Part("code", "3 kilns", 8, member=member),
        Part("header", "Tree | Boards", 10, member=member),
        Part("row", "oak | 40", 11, header="Tree | Boards", member=member),
        Part("code", "7", 13, member=member),
        Part("line", "KeyError: 'oak'", 15, member=member),
        Part("code", "plain ?", 17, member=Member("cell4", 17)),
    ]


def test_an_old_notebook_has_its_cells_on_worksheets() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Firing"},
        {"cell_type": "code", "input": "light()", "outputs": [{"text": "lit"}]},
    ]
    data = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}).encode()
    assert [part.text for part in parts(read("x.ipynb", data))] == ["Firing", "light()", "lit"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"The kiln is lit.", "broken: not valid JSON"),
        (b"[1]", "not a notebook, though its name says so"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells": ' + b"1" * 5000 + b"}", "not valid JSON"),
    ],
)
def test_what_is_no_notebook_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read("x.ipynb", data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["cells", "cell_type", "source", "outputs", "data", "text", "worksheets",
                         "metadata", "title", "text/html", "ename", "level"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(value=ANYTHING)
def test_any_notebook_is_read(value: object) -> None:
    check_any("x.ipynb", json.dumps({"nbformat": 4, "cells": [value], "worksheets": 1}).encode())
    check_any("x.ipynb", json.dumps(value).encode())


LINES = [line for source in (ORG, RST, ADOC, MDX) for line in source.split("\n")]


@given(chosen=st.lists(st.sampled_from(LINES) | st.text(max_size=10), max_size=25))
def test_lines_in_any_order_are_read(chosen: list[str]) -> None:
    source = "\n".join(chosen)
    for name in ("x.org", "x.rst", "x.adoc", "x.mdx"):
        check_any(name, source.encode("utf-8", "replace"))


MORE_ADOC = """= Oak
:url: https://example.org/ \\
  oak

image::oak.png["An oak in May", 200]

See xref:b.adoc[the second part], <<elm>> and link:{url}["the list"^].
Press kbd:[Ctrl+C]. It is old.footnote:[Since 1688.] icon:tree[] Bark (((bark))) and ((leaf)) stay.

____
It rained.
____

Shipping term::

It is by sea.

[format=dsv]
|===
a:b
c:d
|===

|===
|oak
a|elm
|===

____
It snowed.
"""


def test_asciidoc_of_many_kinds() -> None:
    text = " ".join(part.text for part in parts(read("x.adoc", MORE_ADOC.encode())))
    for shown in (
        "An oak in May", "the second part", "elm", "the list", "Ctrl+C", "(Since 1688.)", "leaf",
        "It rained.", "Shipping term", "It is by sea.", "a | b", "c | d", "oak", "It snowed.",
    ):  # fmt: skip
        assert shown in text, shown
    for hidden in ("kbd:", "xref:", "icon:", "((", "image::", "____", "|==="):
        assert hidden not in text, hidden


def test_the_first_of_the_sections_of_releases_is_not_the_title() -> None:
    section = "Version {0}\n-----------\n\n-   Oak {0} grows.\n\n"
    reading = read("x.rst", "".join(map(section.format, ["3.2", "3.1.1"])).encode())
    assert reading.title is None
    assert [part.text for part in parts(reading) if part.kind == "heading"] == [
        "Version 3.2", "Version 3.1.1",
    ]  # fmt: skip


def test_the_first_of_several_sections_beneath_text_is_not_the_title() -> None:
    reading = read("x.md", b"Rules of the club.\n\n# Name\n\nOak.\n\n# Offices\n\nNorth Haven.\n")
    assert (reading.title, len(reading.blocks)) == (None, 5)


def test_options_and_settings_are_defined_by_what_is_moved_in() -> None:
    source = (
        ".. role:: opt(literal)\n\n.. option:: folder.path\n\n   Where it stands.\n\n"
        ".. confval:: folder.id\n   :mandatory:\n\n   Its name.\n\nText after.\n\n::\n\n   code\n\n"
        "- .. _label:\n\n  Where?\n"
    )
    assert [(part.kind, part.text) for part in parts(read("x.rst", source.encode()))] == [
        ("term", "folder.path"), ("definition", "Where it stands."), ("term", "folder.id"),
        ("definition", "Its name."), ("paragraph", "Text after."), ("code", "code"),
        ("paragraph", "Where?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (":a: https://x.org/oak\n\nSee {a}[Oak].", "See Oak."),
        (":a: https://x.org\n:b: {a}/elm\n\nSee {b}/q[Elm, window=_blank].", "See Elm."),
        ("See {unknown}/q[the elm^].", "See the elm."),
        (":a: oak\n\nThe {a}s[sic] grow.", "The oaks[sic] grow."),
    ],
)
def test_links_that_begin_with_an_attribute_are_shown_by_their_text(
    source: str, shown: str
) -> None:
    assert parts(read("x.adoc", source.encode()))[-1].text == shown


def test_items_that_are_numbered_by_themselves_have_their_numbers() -> None:
    source = b"#. Dig\n#. Plant\n\n   #. Oaks\n\n#. Water\n\nText.\n\n#. Rest\n"
    texts = [part.text for part in parts(read("x.rst", source))]
    assert texts == ["1. Dig", "2. Plant", "1. Oaks", "3. Water", "Text.", "1. Rest"]


def test_questions_of_a_list_in_asciidoc_keep_their_own_mark() -> None:
    source = b"[qanda]\nWho pays?:: The tenant.\nRent:: 90 pounds.\n"
    texts = [part.text for part in parts(read("x.adoc", source))]
    assert texts == ["Who pays? The tenant.", "Rent: 90 pounds."]


def test_what_is_no_more_than_a_reference_or_another_language_is_left_out() -> None:
    source = b"Oaks.\n\n.. seealso:: :ref:`device-ids`\n\n.. seealso:: :ref:`Elms <elms>` too\n"
    assert [part.text for part in parts(read("x.rst", source))] == ["Oaks.", "Elms too"]
    source = b"Oaks.\n#+begin_html\n<details>\n#+end_html\nElms.\n"
    assert [part.text for part in parts(read("x.org", source))] == ["Oaks.", "Elms."]


def test_a_tag_of_mdx_may_have_several_lines() -> None:
    tag = b'<Card\n  title="Oaks"\n  href="/a"\n>'
    source = b"<Cards>\n\n" + tag + b"\n  Plant them.\n</Card>\n\n</Cards>\n\nRest.\n"
    assert [part.text for part in parts(read("x.mdx", source))] == ["Plant them.", "Rest."]
    source = b"```\n<Card\n>\n```\n\n<Open\n\nRest.\n"
    assert [part.text for part in parts(read("x.mdx", source))] == ["<Card\n>", "Rest."]


def test_a_note_that_opens_on_the_line_of_its_directive_is_whole() -> None:
    warning = b".. warning::\n   :class: a\n\n   Cut.\n"
    source = b"- Oak\n\n.. note:: It grows\n   in the shade.\n\n   More.\n\n" + warning
    assert [(part.kind, part.text, part.level) for part in parts(read("x.rst", source))] == [
        ("item", "- Oak", 1), ("note", "It grows\nin the shade.", None), ("note", "More.", None),
        ("note", "Cut.", None),
    ]  # fmt: skip


def test_the_terms_of_a_glossary_may_stand_apart_from_their_definitions() -> None:
    terms = b"   Oak\n\n      A tree.\n\n      It is old.\n\n   Elm\n      Another.\n\n"
    source = b".. glossary::\n\n" + terms + b"End.\n"
    assert [(part.kind, part.text) for part in parts(read("x.rst", source))] == [
        ("term", "Oak"), ("definition", "A tree."), ("definition", "It is old."),
        ("term", "Elm"), ("definition", "Another."), ("paragraph", "End."),
    ]  # fmt: skip
