"""English: its stop words, spellings and common words, and the analyzer that uses them.

The common terms and their synonyms are in `english.txt`, below the licences of their sources.
"""

from __future__ import annotations

import os
from functools import cache

from briefqa.analysis.analyzer import Analyzer
from briefqa.analysis.language import Language, Lexicon, Respelling

__all__ = ["ENGLISH", "english_analyzer"]

STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be because been before being between both"
    " but by can cannot could did do does doing done during each either for from get going had"
    " has have having he her hers here herself him himself his how i if in into is it its"
    " itself just many me might more most much must my myself no nor not of off on once only"
    " onto or other our ours out over own per please shall she should so some such tell than"
    " that the their theirs them themselves then there these they this those through to too"
    " under until up upon very was we were what whatever when where whether which while who"
    " whoever whom whose why will with within without would you your yours yourself arent cant"
    " couldnt didnt doesnt dont hadnt hasnt havent hes im isnt ive lets shes shouldnt thats"
    " theres theyre wasnt werent whats whens wheres whos wont wouldnt youre".split()
)
"""Without "us", which may mean the U.S."""

VOWELS = frozenset("aeiou")
BEFORE_ISE = frozenset("ic id im ir gn rd rn vn".split()).union(
    vowel + letter for vowel in VOWELS for letter in "glnrst"
)
BEFORE_ENCE = frozenset("def lic off pret".split())


def _is_long(head: str) -> bool:
    return len(head) > 1


RESPELLINGS = tuple(
    Respelling(british, american, frozenset(endings.split(" ")), applies)
    for british, american, endings, applies in (
        (
            "is",
            "iz",
            "e ed es er ers ing able ation ations ational",
            lambda head: head[-2:] in BEFORE_ISE,
        ),
        ("lys", "lyz", "e ed es er ers ing", bool),
        ("our", "or", " s ed ing er ers al able ably ful less ite ites hood", _is_long),
        ("bre", "ber", " s", _is_long),
        ("tre", "ter", " s", _is_long),
        ("bred", "bered", "", _is_long),
        ("tred", "tered", "", _is_long),
        ("ogu", "og", "e es ed ing", _is_long),
        ("ell", "el", "ed ing er ers", lambda head: not VOWELS.isdisjoint(head[-3:])),
        ("enc", "ens", "e es", BEFORE_ENCE.__contains__),
        ("amme", "am", " s", _is_long),
    )
)
"""British spellings and the American ones: organisation, analyse, labour, fibre, centre, centred,
dialogue, travelled, defence, programme. A word that only looks British becomes another string, but
the same one in documents and questions. Endings are separated by single blanks; " s" means none, or
s."""

FORMS = (
    "alumni alumnus  analyses analysis  appendices appendix  arisen arise  arose arise  ate eat  "
    "awoke awake  awoken awake  axes axis  bacteria bacterium  became become  began begin  "
    "begun begin  bent bend  bitten bite  bled bleed  blew blow  blown blow  bought buy  "
    "bred breed  broke break  broken break  brought bring  built build  cacti cactus  "
    "calves calf  came come  caught catch  children child  chose choose  chosen choose  "
    "clung cling  crept creep  crises crisis  criteria criterion  curricula curriculum  "
    "data datum  dealt deal  diagnoses diagnosis  drank drink  drawn draw  dreamt dream  "
    "drew draw  driven drive  drove drive  drunk drink  dug dig  eaten eat  elves elf  "
    "fallen fall  fed feed  feet foot  fell fall  felt feel  fled flee  flew fly  flown fly  "
    "forbade forbid  forbidden forbid  forgave forgive  forgiven forgive  forgot forget  "
    "forgotten forget  fought fight  found find  froze freeze  frozen freeze  fungi fungus  "
    "gave give  geese goose  given give  gone go  grew grow  grown grow  halves half  "
    "heard hear  held hold  hid hide  hidden hide  hung hang  hypotheses hypothesis  "
    "indices index  kept keep  knew know  knives knife  known know  laid lay  larvae larva  "
    "leapt leap  learnt learn  led lead  lent lend  lice louse  lit light  loaves loaf  "
    "lost lose  made make  matrices matrix  meant mean  media medium  men man  met meet  "
    "mice mouse  nuclei nucleus  oases oasis  overcame overcome  oxen ox  paid pay  "
    "parentheses parenthesis  phenomena phenomenon  proven prove  ran run  ridden ride  "
    "rode ride  rung ring  said say  sang sing  sank sink  sat sit  scarves scarf  seen see  "
    "sent send  shaken shake  shelves shelf  shone shine  shook shake  shown show  "
    "shrank shrink  shrunk shrink  slept sleep  slid slide  sold sell  sought seek  sped speed  "
    "spent spend  spilt spill  spoilt spoil  spoke speak  spoken speak  spun spin  "
    "stimuli stimulus  stole steal  stolen steal  stood stand  stricken strike  struck strike  "
    "stuck stick  stung sting  sung sing  sunk sink  swam swim  swept sweep  swore swear  "
    "sworn swear  swum swim  swung swing  syllabi syllabus  taken take  taught teach  "
    "teeth tooth  theses thesis  thieves thief  threw throw  thrown throw  told tell  took take  "
    "torn tear  understood understand  undertaken undertake  undertook undertake  "
    "vertices vertex  went go  wept weep  withdrawn withdraw  withdrew withdraw  "
    "withheld withhold  wives wife  woke wake  woken wake  wolves wolf  women woman  won win  "
    "wore wear  worn wear  wove weave  woven weave  written write  wrote write  "
).split()
# One split for all, since this takes time at each start.
IRREGULAR = dict(zip(FORMS[::2], FORMS[1::2], strict=True))
"""Irregular plurals and past forms, and what they are forms of, after Quirk, Greenbaum, Leech and
Svartvik, "A Comprehensive Grammar of the English Language", 1985. Forms that are more often other
words are left out, such as left, saw, lives and leaves."""

ENGLISH = Language(
    name="english",
    stemmer="english",
    stop_words=STOP_WORDS,
    acronyms=frozenset({"IT", "WHO"}),
    irregular=IRREGULAR,
    respellings=RESPELLINGS,
    lexicon=Lexicon(os.path.join(os.path.dirname(__file__), "english.txt")),
    interrogatives=frozenset("how what when where which who whom whose why".split()),
    measures={
        "big": "size dimensions",
        "close": "distance",
        "deep": "depth",
        "far": "distance",
        "fast": "speed",
        "frequently": "",
        "heavy": "weight weighs",
        "high": "height",
        "hot": "temperature",
        "large": "size dimensions",
        "late": "",
        "long": "length duration",
        "often": "",
        "old": "age aged",
        "quickly": "speed",
        "short": "length duration",
        "small": "size",
        "soon": "",
        "tall": "height",
        "warm": "temperature",
        "wide": "width",
        "young": "age aged",
    },
    light_words=frozenset(
        "according actually anybody anyone anything called came come comes discussed exactly get"
        " gets getting give given gives go goes gone got happen happened happening happens held"
        " hold kind kinds made make makes making mention mentioned mentions regarding said say"
        " saying says somebody someone something sort sorts take taken takes taking talk talked"
        " talking talks thing things told took went work working works".split()
    ),
    pronouns=frozenset(
        "it its he his him she her they their them this that these those such".split()
    ),
    titles=frozenset(
        "mr mrs ms miss dr prof sir lord lady king queen prince princess pope saint st president"
        " chairman minister chancellor premier secretary ambassador senator governor mayor judge"
        " justice general admiral colonel captain professor director chief".split()
    ),
    examples={
        "fossil": frozenset("coal gas oil petroleum".split()),
        "precious": frozenset("gold platinum silver".split()),
        "renew": frozenset(
            "biofuel biomass geotherm hydroelectr hydropow solar tidal wind".split()
        ),
    },
)


@cache
def english_analyzer() -> Analyzer:
    """Return the analyzer of English: one for the whole process, so that its caches are shared."""
    return Analyzer(ENGLISH)
