"""Which span of a sentence is the value that a question asks for."""

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.answers.question import parse_question
from briefqa.answers.value_span import value_span, value_type
from briefqa.spans import Span


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How strong were the gusts?", "quantity"),
        ("What is the key interest rate of the bank?", "quantity"),
        ("What did the bank raise its rate to?", "quantity"),
        ("What was the final date of the talks?", "date"),
        ("What is the name of the captain?", "person"),
        ("What does the bank plan?", None),
        ("Which ship sank?", None),
        ("Does the bank plan?", None),
        ("When do they meet?", "date"),
    ],
)
def test_a_question_asks_for_a_type_of_value(question: str, kind: str | None) -> None:
    assert value_type(question) == kind


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        (
            "How many members voted against it?",
            "Two of the seven members voted against a rate of 4.50 percent.",
            "Two",
        ),
        ("How many seats are there?", "The 12 ships have 800 seats and 3 bars.", "800"),
        ("How high is the rate?", "The rate was raised from 4.25 to 4.50 percent.", "4.50 percent"),
        ("How high is the rate?", "The rate is 4.50 percent, not 4.25 percent.", "4.50 percent"),
        ("How high is the rate?", "On 3 May 2026 the rate was 4.5%.", "4.5%"),
        ("How high is the rate?", "In 2026 the rate of 3 banks was 4.5 per cent.", "4.5 per cent"),
        ("How much does it cost?", "The 3 ships cost 40 million euros in all.", "40 million euros"),
        ("How much does it cost?", "The ships of 1999 cost about $40 million.", "$40 million"),
        ("How fast was the wind?", "The wind blew at 120 kilometres per hour.",
         "120 kilometres per hour"),
        ("How hot does it get?", "It gets as hot as 240 °C.", "240 °C"),
        ("How thick is the crust?", "The crust is 3mm, or more.", "3mm"),
        ("How heavy is it?", "It weighs 12 kg/m² when dry.", "12"),
        ("How much does it cost?", '{"repair":"cost 800 euros","when":"2026-03-11"}', "800 euros"),
        ("How much does it cost?", "2026-01-05 | Crane | 4500", "4500"),
        ("How much does it cost?", "06/07/2026 | Crane | 12", "12"),
        ("When do they meet?", "They meet on 2026-12-10 in Oslo.", "2026-12-10"),
        ("When do they meet?", "They meet on 10.12.2026 in Oslo.", "10.12.2026"),
        ("When were they built?", "They were built in 1998-99 in Oslo.", "1998-99"),
        ("How tall is the tower?", "The tower is 90 metres, and red.", "90 metres"),
        ("How many people were injured?", "Some 7 people were killed and 120 were injured.", "120"),
        ("How much does it cost?", "The ships cost $85m in all.", "$85m"),
        ("Where will she lead it from?", "The head of Novalis leads it from Basel.", "Basel"),
        ("How many people came?", "Some 300, people said, came.", "300"),
        ("When do they meet?", "They meet on Saturday instead of Friday.", "Saturday"),
        ("When do they meet?", "They meet not on Friday, but on Saturday.", "Saturday"),
        ("When do they meet?", "They meet on Friday 4 December at 6.30 pm in Oslo.",
         "Friday 4 December at 6.30 pm"),
        ("When is it open?", "It is open from 9 am to 5 pm.", "9 am to 5 pm"),
        ("opening hours", "Opening hours: Monday to Friday 8.30 am – 5 pm",
         "Monday to Friday 8.30 am – 5 pm"),
        ("When do they meet?", "The meeting was moved from Monday to Friday.", "Friday"),
        ("When was it built?", "It was built in 1998, and mended in 2019.", "1998"),
        ("Where was the guard arrested?", "The guard of the Holm Museum was arrested in Turku.",
         "Turku"),
        ("Where was the guard arrested?", "The guard was arrested.", None),
        ("What do they plan?", "They plan 3 ships.", None),
        ("How tall is it?", "It is 5 to 10 cm tall.", "5 to 10 cm"),
        ("How wide is it?", "It is 2.4 by 1.8 metres wide.", "2.4 by 1.8 metres"),
        ("How high is the pressure?", "The pressure is 0.1–1.0 bar.", "0.1–1.0 bar"),
        ("How long does it last?", "It lasts between one and six months.", "one and six months"),
        ("How long does it last?", "It lasts 2-3 days.", "2-3 days"),
        ("When is it shut?", "It is shut between 3 and 5 a.m. on most days.", "3 and 5 a.m."),
        ("When is the half term?", "The half term is 16 to 20 February 2026.",
         "16 to 20 February 2026"),
        ("How many members are there?", "4) Members: nine people", "nine"),
        ("How much flour do I need?", "- 275 g (2 1/4 cups) of flour", "275 g"),
        ("How much sugar do I need?", "- 3/4 cup of sugar", "3/4"),
        ("How old was she?", "In the third minute she was 37 years old.", "37 years"),
        ("What number do I ring?", "Ring 01632 960441 for one of the 3 cabs.", "one"),
        ("How hot is the oven?", "Bake for 30 minutes at 180 degrees.", "180 degrees"),
        ("How high is the rate?", "The rate went from 4.25 to 4.5 percent.", "4.5 percent"),
        ("What is the fax number?", "Call 555-0123 0 or fax 555-0177 9.", "555-0177 9"),
        ("Which version has it?", "Version 2.3 of 2026 has it.", "2.3"),
        ("How big is it?", "Seen at 04:12 GMT, it is 520 metres wide.", "520 metres"),
        ("Who wants to buy it?", "The Danish firm Altona wants to buy it.", "Altona"),
        ("Who opposed the tram?", "On Hill Street the tram was opposed by Tom Okafor.",
         "Tom Okafor"),
        ("Who opposed the tram?", "On Hill Street they opposed the tram.", "Hill Street"),
        ("Are dogs allowed?", "Dogs are not allowed in the halls.", "are not"),
        ("Are dogs allowed?", "Dogs can no longer enter the halls.", "can no longer"),
        ("Are dogs allowed?", "There is no question that dogs are allowed.", None),
        ("May I bring a dog?", "You cannot bring a dog, but cats may come.", "cannot"),
        ("Does the fee include lunch?", "The fee doesn’t include lunch.", "doesn’t"),
        ("Can I pay by card?", "Neither card nor cheque is taken.", "Neither"),
        ("Can I pay in cash?", "Cash is taken, no questions asked.", None),
        ("Are dogs allowed?", "Not only dogs are allowed.", None),
        ("Are dogs allowed?", "Dogs are allowed from gate No. 5 on.", None),
        ("Are dogs allowed?", "Dogs are allowed.", None),
        ("Are dogs not allowed?", "Dogs are not allowed.", None),
        ("Which dogs are allowed?", "Dogs are not allowed.", None),
    ],
)  # fmt: skip
def test_the_value_that_is_meant_is_found(question: str, sentence: str, value: str | None) -> None:
    analyzer = english_analyzer()
    asked = parse_question(question, analyzer)
    wanted = frozenset(asked.terms)
    placed = analyzer.placed_terms(sentence, stop_words=True)
    words = [Span(start, end) for term, start, end in placed if term in wanted]
    span = value_span(sentence, asked, words, analyzer)
    assert (span and span.slice(sentence)) == value
