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

PLURALS = (
    "alumnus:alumni analysis:analyses appendix:appendices axis:axes bacterium:bacteria "
    "cactus:cacti calf:calves child:children crisis:crises criterion:criteria "
    "curriculum:curricula datum:data diagnosis:diagnoses elf:elves foot:feet fungus:fungi "
    "goose:geese half:halves hypothesis:hypotheses index:indices knife:knives larva:larvae "
    "loaf:loaves louse:lice man:men matrix:matrices medium:media mouse:mice nucleus:nuclei "
    "oasis:oases ox:oxen parenthesis:parentheses phenomenon:phenomena scarf:scarves shelf:shelves "
    "stimulus:stimuli syllabus:syllabi thesis:theses thief:thieves tooth:teeth vertex:vertices "
    "wife:wives wolf:wolves woman:women "
)
PAST_FORMS = (
    "arise:arose,arisen awake:awoke,awoken become:became begin:began,begun bend:bent "
    "bite:bitten bleed:bled blow:blew,blown break:broke,broken breed:bred bring:brought "
    "build:built buy:bought catch:caught choose:chose,chosen cling:clung come:came "
    "creep:crept deal:dealt dig:dug draw:drew,drawn dream:dreamt drink:drank,drunk "
    "drive:drove,driven eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought "
    "find:found flee:fled fly:flew,flown forbid:forbade,forbidden forget:forgot,forgotten "
    "forgive:forgave,forgiven freeze:froze,frozen give:gave,given go:went,gone "
    "grow:grew,grown hang:hung hear:heard hide:hid,hidden hold:held keep:kept know:knew,known "
    "lay:laid lead:led leap:leapt learn:learnt lend:lent light:lit lose:lost make:made "
    "mean:meant meet:met overcome:overcame pay:paid prove:proven ride:rode,ridden ring:rung "
    "run:ran say:said see:seen seek:sought sell:sold send:sent shake:shook,shaken shine:shone "
    "show:shown shrink:shrank,shrunk sing:sang,sung sink:sank,sunk sit:sat sleep:slept "
    "slide:slid speak:spoke,spoken speed:sped spend:spent spill:spilt spin:spun spoil:spoilt "
    "stand:stood steal:stole,stolen stick:stuck sting:stung strike:struck,stricken "
    "swear:swore,sworn sweep:swept swim:swam,swum swing:swung take:took,taken teach:taught "
    "tear:torn tell:told throw:threw,thrown understand:understood "
    "undertake:undertook,undertaken wake:woke,woken wear:wore,worn weave:wove,woven weep:wept "
    "win:won withdraw:withdrew,withdrawn withhold:withheld write:wrote,written "
)
IRREGULAR = {
    form: base
    for entry in (PLURALS + PAST_FORMS).split()
    for base, _, forms in [entry.partition(":")]
    for form in forms.split(",")
}
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
    measures=frozenset(
        "big close deep far fast frequently heavy high hot large late long old often quickly short"
        " small soon tall warm wide young".split()
    ),
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
