"""Forms of English sentences, and the questions that ask for what such a sentence says."""

from __future__ import annotations

import re

from briefqa.conventions import MONTHS
from briefqa.records import Record

__all__ = ["FORMS", "PLAIN", "PRESENT", "ROLE", "Form"]

WORD = r"(?:[A-Z]\.){2,}|[A-Za-z][\w’'&/+.-]*[\w+]|[A-Z]"
PHRASE = rf"(?P<subject>(?:{WORD})(?: (?:{WORD})){{0,9}}?)"
DAY = rf"(?:(?:{'|'.join(MONTHS)})\b(?: \d{{1,2}})?(?:, \d{{4}})?|(?:1[5-9]|20)\d\d\b)"
COUNTED = (
    "categories|chapters|classes|formats|kinds|languages|levels|methods|modes|parts|phases|stages"
    "|states|steps|types|versions|ways"
)
MONEY = r"[$€£¥]\d[\d,.]*(?: (?:million|billion|trillion))?"
NUMBER = (
    r"(?:(?:about|almost|over|nearly|around|at least|more than|up to) )?"
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundreds of)"
)
NAME = r"(?:the )?[A-Z][\w’'.-]*\w(?: (?:of (?:the )?)?[A-Z][\w’'.-]*\w)*"
END = (
    r"(?=[,.;]|$| (?:and|to|because|with|for|after|before|as|by|in|on|at|from|when|while|which)\b)"
)

PLACED = (
    "based|located|held|born|built|opened|found|signed|sold|stored|kept|situated|manufactured"
    "|buried|established|installed|made|produced|grown|printed|described|documented|listed"
    "|explained|defined|headquartered|published"
)
DATED = (
    "held|born|built|opened|found|founded|signed|sold|established|introduced|released|launched"
    "|published|adopted|approved|announced|completed|created|elected|appointed|acquired|added"
    "|removed|enacted|ratified|formed|discovered|invented|closed|begun|started|issued|passed"
    "|scheduled|planned|expected|due|awarded|demolished|restored|renamed|expanded|merged"
)
ROLES = (
    "architect|author|chair|chairman|chairwoman|chairperson|chancellor|co-founder|commissioner"
    "|composer|coordinator|director|editor|executive|founder|governor|head|inventor|journalist"
    "|judge|king|leader|manager|mayor|minister|novelist|officer|painter|poet|politician|president"
    "|professor|queen|representative|scientist|secretary|senator|spokesperson|spokeswoman"
    "|spokesman|treasurer|member|native|resident|graduate|veteran|writer|engineer|maintainer|philosopher|historian|economist|physicist"
)
PAST = {
    "acquired": "acquire", "adopted": "adopt", "announced": "announce", "appointed": "appoint",
    "approved": "approve", "awarded": "award", "bought": "buy", "built": "build",
    "closed": "close", "completed": "complete", "created": "create", "designed": "design",
    "discovered": "discover", "elected": "elect", "established": "establish",
    "founded": "found", "introduced": "introduce", "invented": "invent", "issued": "issue",
    "joined": "join", "launched": "launch", "opened": "open", "painted": "paint",
    "proposed": "propose", "published": "publish", "rejected": "reject", "released": "release",
    "replaced": "replace", "signed": "sign", "sold": "sell", "won": "win", "wrote": "write",
}  # fmt: skip
PRESENT = {
    "accepts": "accept", "allows": "allow", "contains": "contain", "covers": "cover",
    "defines": "define", "describes": "describe", "includes": "include", "measures": "measure",
    "offers": "offer", "prevents": "prevent", "produces": "produce", "prohibits": "prohibit",
    "provides": "provide", "publishes": "publish", "recommends": "recommend",
    "replaces": "replace", "requires": "require", "returns": "return", "supports": "support",
}  # fmt: skip
MAKERS = (
    "built|composed|created|designed|developed|discovered|founded|invented|made|painted|published"
    "|signed"
)
FUTURE = (
    "acquire|adopt|announce|approve|build|close|collect|compare|contain|cover|develop|determine"
    "|discuss|emphasize|establish|evaluate|expand|fund|host|improve|include|introduce|invest in"
    "|issue|launch|measure|open|participate in|pay|prevent|produce|propose|protect|publish|receive"
    "|recommend|reduce|reject|release|repair|replace|require|review|sell|sign|specify|store"
    "|strengthen|submit|support|test|visit"
)
IMPERATIVES = (
    "add|call|change|choose|click|configure|copy|create|delete|disable|download|edit|enable|enter"
    "|execute|install|invoke|open|pass|place|press|put|remove|replace|run|select|set|specify"
    "|start|turn|type|use|write"
)
HOW_TO = (
    "add|apply|avoid|build|cancel|change|check|choose|clean|close|configure|connect|convert|copy"
    "|create|debug|delete|disable|display|download|edit|enable|exclude|export|find|import|include"
    "|install|invoke|join|list|move|open|order|pay|prevent|print|register|remove|rename|repair"
    "|replace|report|request|reset|restore|return|run|save|search|select|send|set|show|skip|start"
    "|stop|submit|suppress|switch|test|turn|uninstall|update|upgrade|upload|use|verify|view|write"
)

ROLE = re.compile(rf"\b(?:{ROLES})\b")
PLAIN = {
    **PAST, **PRESENT, "consists": "consist", "costs": "cost", "depends": "depend", "has": "have",
    "employs": "employ", "lasts": "last", "means": "mean", "takes": "take",
}  # fmt: skip
OBJECT = (
    r"(?!the following\b)(?:the|a|an|its|two|three|four|all|new|[a-z]+(?:ing|ed|al|ic|ive|ous)) \w"
)


class Form(Record):
    """A form of sentences, and the question that asks for what such a sentence says.

    Attributes:
        rank: how good such questions are; a lower one is better.
        pattern: matches the sentence; `subject` is its subject.
        question: the question, with the groups of the pattern in braces.
    """

    rank: int
    pattern: re.Pattern[str]
    question: str

    @property
    def is_about_one(self) -> bool:
        """Whether it asks for something that is true only of one person or thing."""
        return self.rank < ABOUT_ONE

    @property
    def asks_who(self) -> bool:
        """Whether it asks who a person is."""
        return self.question == WHO


ABOUT_ONE = 2
"""The rank from which a question may be about any of a kind, such as "What is a barge?"."""
WHO = "Who {be} {subject}?"


def _form(rank: int, pattern: str, question: str) -> Form:
    return Form(rank, re.compile(pattern), question)


BE = r"(?P<be>is|are|was|were)"
MODAL = r"(?P<modal>will|must|should|can|may)"
FORMS = (
    _form(
        0, rf"{PHRASE} {BE} (?P<done>(?:{DATED})) (?:on|in) {DAY}", "When {be} {subject} {done}?"
    ),
    _form(
        0,
        rf"{PHRASE} (?P<verb>{'|'.join(PAST)}) (?P<object>(?:the|a|an|its) (?:[\w’'-]+ ){{1,3}})"
        rf"(?:on|in) {DAY}",
        "When did {subject} {verb} {object}?",
    ),
    _form(
        0,
        rf"{PHRASE} {MODAL} (?P<verb>be \w+ed|be held|open|close|begin|start|meet|take place|end"
        rf"|take effect|expire)(?: in [A-Z]\w+)? (?:on|in|by) {DAY}",
        "When {modal} {subject} {verb}?",
    ),
    _form(
        0,
        rf"{PHRASE} {BE} (?P<planned>set|scheduled|due|expected|planned) to (?P<verb>(?:open|close"
        rf"|begin|start|meet|end|expire|launch)(?: in [A-Z]\w+)?) (?:on|in) {DAY}",
        "When {be} {subject} {planned} to {verb}?",
    ),
    _form(
        1,
        rf"{PHRASE} {BE} (?P<done>{PLACED}) (?:in|at) {NAME}",
        "Where {be} {subject} {done}?",
    ),
    _form(1, rf"{PHRASE} {BE} (?:the|a|an) (?:[\w’'-]+ ){{0,3}}(?:{ROLES})\b", WHO),
    _form(
        1,
        rf"{PHRASE} (?:was|were) (?P<done>{MAKERS}) by [A-Z]",
        "Who {done} {subject}?",
    ),
    _form(
        1,
        rf"There are {NUMBER} (?P<object>(?:{COUNTED})(?: (?:of|in) [a-z-]+)?){END}",
        "How many {object} are there?",
    ),
    _form(
        1,
        rf"{PHRASE} (?P<verb>takes|take|lasts|last) {NUMBER}"
        r" (?:seconds|minutes|hours|days|weeks|months|years)\b",
        "How long {do} {subject} {verb}?",
    ),
    _form(
        1,
        rf"{PHRASE} (?:costs?|cost) {MONEY}",
        "How much {do} {subject} cost?",
    ),
    _form(1, rf"{PHRASE} {BE} {MONEY}", "How much {be} {subject}?"),
    _form(
        1,
        rf"{PHRASE} (?P<verb>has|have|contains|contain|employs|employ|requires) {NUMBER}"
        rf" (?P<object>[a-z-]+s){END}",
        "How many {object} {do} {subject} {verb}?",
    ),
    _form(
        2,
        rf"To (?P<verb>{HOW_TO}) (?P<object>(?:[\w’'./-]+ ?){{1,6}}), (?:{IMPERATIVES})\b",
        "How do I {verb} {object}?",
    ),
    _form(
        2,
        r"(?:Use|Run|Press|Click|Type|Call|Set|Select|Choose) [^.,;]{2,60}? to"
        rf" (?P<verb>{HOW_TO})"
        r" (?P<object>(?:[\w’'/-]+ ?){1,5})\.$",
        "How do I {verb} {object}?",
    ),
    _form(
        2,
        rf"You can (?P<verb>{HOW_TO}) (?P<object>(?:[\w’'./-]+ ){{1,5}})(?:by \w+ing|with|using) ",
        "How can I {verb} {object}?",
    ),
    _form(
        2,
        rf"{PHRASE} {BE} (?P<done>(?:not )?[a-z]+(?: [a-z]+){{0,4}}) because ",
        "Why {be} {subject} {done}?",
    ),
    _form(2, rf"{PHRASE} {BE} responsible for ", "What {be} {subject} responsible for?"),
    _form(2, rf"{PHRASE} {BE} used (?:to [a-z]|for [a-z])", "What {be} {subject} used for?"),
    _form(2, rf"{PHRASE} {BE} (?:also )?(?:called|known as) ", "What {be} {subject} called?"),
    _form(
        2,
        rf"{PHRASE} (?P<verb>means|mean|consists of|consist of|depends on|depend on) ",
        "What {do} {subject} {verb}?",
    ),
    _form(
        3,
        rf"{PHRASE} (?P<be>is|are) (?:a|an|the) (?!same\b|(?:good )?example\b)[a-z]",
        "What {be} {subject}?",
    ),
    _form(
        3,
        rf"{PHRASE} (?P<verb>{'|'.join(PAST)}) {OBJECT}",
        "What did {subject} {verb}?",
    ),
    _form(
        4,
        rf"{PHRASE} {MODAL} (?:also )?(?P<verb>{FUTURE}) {OBJECT}",
        "What {modal} {subject} {verb}?",
    ),
    _form(
        5,
        rf"{PHRASE} (?P<verb>{'|'.join(PRESENT)}) {OBJECT}",
        "What does {subject} {verb}?",
    ),
)
"""The forms, the most telling first; of those that match a sentence the first is tried."""
