"""Which span of a sentence is the value that a question asks for."""

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.answers.question import parse_question
from briefqa.answers.value_span import value_span, value_type
from briefqa.spans import Span


def value_in(sentence: str, question: str) -> str | None:
    analyzer = english_analyzer()
    asked = parse_question(question, analyzer)
    wanted = frozenset(asked.terms)
    placed = analyzer.placed_terms(sentence, stop_words=True)
    words = [Span(start, end) for term, start, end in placed if term in wanted]
    span = value_span(sentence, asked, words, analyzer)
    return span and span.slice(sentence)


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
        ("Who chairs the board?", "person"),
        ("Who is the chair?", "person"),
        ("Who is Ida Brun?", None),
        ("who is ida brun", None),
        ("Who is Mayor?", "person"),
        ("who is leading talks", "person"),
        ("who is new boss", "person"),
        ("who is rose keller", None),
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
        ("Who opposed the tram?", "On Hill Street they opposed the tram.", None),
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
    assert value_in(sentence, question) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Who stole the statue?", 'Burglars stole the statue "Blue Heron" from the Lindal Gallery.',
         None),
        ("Who stole the statue?", "The statue was stolen by Tom Okafor, police said.",
         "Tom Okafor"),
        ("Who stole the statue?", 'Tom Okafor stole the statue "Blue Heron".', "Tom Okafor"),
        ("Who painted it?", "“Blue Heron” was painted by Ada Quist in 1910.", "Ada Quist"),
        ("Who wrote the novel?", "The novel Deep Water was written by Sam Ott.", "Sam Ott"),
        ("Who wrote the novel?", "Sam Ott wrote the novel Deep Water.", "Sam Ott"),
        ("Who won the race?", "In Tarnby, Mia Lund won the race ahead of Eva Holm.", "Mia Lund"),
        ("Who beat Eva Holm?", "Mia Lund beat Eva Holm in Tarnby.", "Mia Lund"),
        ("Who did Mia Lund beat?", "Mia Lund beat Eva Holm in Tarnby.", "Eva Holm"),
        ("Who was arrested?", "Police arrested a cook of the Sea Tavern in Tarnby.", None),
        ("Who is accused?", "A teacher from the Holt School is accused.", None),
        ("Who is the mayor?", "The mayor of the town, Ida Brun, has asked.", "Ida Brun"),
        ("Who will open the gallery?", "The Lindal Gallery will open on 4 May.", None),
        ("Who will open the gallery?", "Ada Quist will open the Lindal Gallery.", "Ada Quist"),
        ("Who follows Rose Marsh?", "Rose Marsh has resigned.", None),
        ("Who follows Rose Marsh?", "Rose Marsh is followed by Ada Quist.", "Ada Quist"),
        ("Who is the Chief Engineer?", "Chief Engineer Ada Quist said so.",
         "Chief Engineer Ada Quist"),
        ("Who was held?", "Police held a cook, the Herald has learned.", None),
        ("Who was fined?", "The court fined the Sound Bank.", "Sound Bank"),
        ("Who voted no?", "SKERRY, May 4 (Sound Wire) - Two of the nine voted no.", None),
        ("Who runs the tram?", "SKERRY, May 4 (Sound Wire) - The tram stopped.", None),
        ("Who runs the tram?", "Skerry – Ada Quist runs the tram.", "Ada Quist"),
        ("Who said that?", '"It was dark," said Ida Brun.', "Ida Brun"),
        ("Who leads Altona?", "Altona Motors is led by Kim Voss.", "Kim Voss"),
        ("Who leads Altona?", "Altona Motors cut 300 jobs.", None),
        ("Who is the new head of Altona?", "Kim Voss becomes head of Altona Motors.", "Kim Voss"),
        ("Who founded Altona?", "The firm was founded by Karl Altona in 1901.", "Karl Altona"),
        ("Who will replace Voss?", "Kim Voss will go in May.", None),
        ("Who raised the rate?", "The Bank of Sundia raised the rate.", "Bank of Sundia"),
        ("Who owns the mill?", "The mill belongs to the Danish firm Altona.", "Altona"),
        ("Who coached the team?", "Coach Tom Hill said the team was tired.", "Coach Tom Hill"),
        ("Who designed the hall?", "Design: Ada Quist", "Ada Quist"),
        ("Who is the mayor of Tarnby?", "Mayor Ida Brun of Tarnby opened the fair.",
         "Mayor Ida Brun of Tarnby"),
        ("Who paid for it?", "It was paid for by Nils Berg.", "Nils Berg"),
        ("Who does she work for?", "She works for the Lindal Gallery.", "Lindal Gallery"),
        ("Who got the prize?", "The prize went to Ada Quist.", "Ada Quist"),
        ("Who sank?", "The ferry Aurora sank off Tarnby.", None),
        ("Who chairs the group?", "Chaired by the Rev. Tom Hill, the group met.", "Rev. Tom Hill"),
        ("Who is the mayor?", "The mayor is Ida Brun.", "Ida Brun"),
    ],
)  # fmt: skip
def test_who_asks_for_somebody_who_did_it(question: str, sentence: str, value: str | None) -> None:
    assert value_in(sentence, question) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Who is Ida Brun?", "Ida Brun, the mayor of Tarnby, has asked for help.",
         "the mayor of Tarnby"),
        ("who is rose keller", "Captain Rose Keller sailed on.", "Captain"),
        ("Who is Ida Brun?", "The mayor of Tarnby, Ida Brun, has asked for help.",
         "The mayor of Tarnby"),
        ("Who is Ida Brun?", '"It was dark," said Ida Brun, who runs the inn.', "runs the inn"),
        ("Who is Ida Brun?", "Ida Brun is a nurse from Tarnby.", "a nurse from Tarnby"),
        ("Who is Ida Brun?", "The winner is Ida Brun.", "The winner"),
        ("Who is Ida Brun?", "Ida Brun was seen in Tarnby.", None),
        ("Who is Ida Brun?", "According to Ida Brun, the road is shut.", None),
        ("Who is Ida Brun?", "According to Ida Brun, trees fell on the road.", None),
        ("Who is Ida Brun?", "Ida Brun met Tom Hill in Tarnby.", None),
        ("Who is Ida Brun?", "Chief engineer Ida Brun calls it calm.", "Chief engineer"),
        ("Who is Ida Brun?", "The former police chief Ida Brun was there.", "former police chief"),
        ("Who is Brun?", "Ida Brun, 45, a nurse, was hurt.", "a nurse"),
        ("Who is Brun?", "Detective Ida Brun leads the inquiry.", "Detective"),
        ("who is ida brun", "Ida Brun, the mayor of Tarnby, has asked for help.",
         "the mayor of Tarnby"),
        ("Who was Ida Brun?", "She was a painter of birds.", "a painter of birds"),
        ("Who is Ida Brun?", "Ida Brun, speaking in Tarnby, said no.", None),
        ("Who is Ida Brun?", "Tom Hill, the mayor, thanked Ida Brun, Eva Holm and others.", None),
    ],
)  # fmt: skip
def test_who_somebody_is_is_told_by_a_description(
    question: str, sentence: str, value: str | None
) -> None:
    assert value_in(sentence, question) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Why is the tram late?", "The driver gave icy rails as the reason.", "icy rails"),
        ("Why is the tram late?", "The reason is a broken rail near Tarnby.",
         "a broken rail near Tarnby"),
        ("Why is the tram late?", "The tram is late because of ice.", "ice"),
        ("Why is the tram late?", "The tram is late because the rails froze, the line said.",
         "the rails froze"),
        ("Why is the tram late?", "The delay is due to 3.5 tonnes of snow.", "3.5 tonnes of snow"),
        ("Why is the tram late?", "Nobody gave a reason.", None),
        ("Why is the tram late?", "The reason for the delay is still unclear.", None),
        ("Why is the tram late?", "A broken rail caused the delay.", "A broken rail"),
        ("Why is the tram late?", "The tram has been late since Monday.", None),
        ("Why is the tram late?", "It has been late since the start of the year.", None),
        ("Why is the tram late?", "Since the rails froze, the tram is late.", "the rails froze"),
        ("What caused the flood?", "The flood was caused by a burst pipe.", "a burst pipe"),
        ("What caused the flood?", "The cause of the flood is not known.", None),
        ("What is the aim of the fund?", "The aim of the fund is to help farmers.",
         "to help farmers"),
        ("Why did they close it?", "Citing fire safety, the town closed it.", "fire safety"),
        ("Why was it built?", "It was built so that ships can pass.", "so that ships can pass"),
    ],
)  # fmt: skip
def test_why_asks_for_a_cause(question: str, sentence: str, value: str | None) -> None:
    assert value_in(sentence, question) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("Did the vote change the law?", "Hill did not think the vote would change the law.", None),
        ("Did the vote change the law?", "Tom Hill said the vote did not change the law.",
         "did not"),
        ("Did the vote change the law?", "If the vote does not change the law, we march.", None),
        ("Did the vote change the law?", "The vote will not change the law, Hill said.", None),
        ("Will the vote change the law?", "The vote will not change the law, Hill said.",
         "will not"),
        ("Does Hill expect a change?", "Hill does not expect a change.", "does not"),
        ("Did the vote change the law?", "The clerk did not say whether the vote changed the law.",
         None),
        ("May I bring a dog?", "You may not bring a dog.", "may not"),
        ("Can I park here?", "You would not want to park here.", None),
        ("Is the water safe?", "It is clear that the water is not safe.", "is not"),
    ],
)  # fmt: skip
def test_what_is_only_supposed_denies_nothing(
    question: str, sentence: str, value: str | None
) -> None:
    assert value_in(sentence, question) == value


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("When will the tram run again?", "The tram ran into a wall on Tuesday.", None),
        ("When will the tram run again?", "The tram runs again on Friday.", "Friday"),
        ("When will the tram run again?", "It will run again on Friday, the line said on Tuesday.",
         "Friday"),
        ("When will the tram run again?", "The restart was put off until Friday.", "Friday"),
        ("When will the tram run again?", "The line said the tram resumes on Friday.", "Friday"),
        ("When will the tram run again?", "It was stopped on Monday and resumes on Friday.",
         "Friday"),
        ("When will the vote be held?", "The vote was scheduled for 3 May.", "3 May"),
        ("When will the vote be held?", "The vote is planned on 3 May.", "3 May"),
        ("When will she be sworn in?", "The mayor is to be sworn in on 8 December.", "8 December"),
        ("When did the tram crash?", "The tram ran into a wall on Tuesday.", "Tuesday"),
        ("When will the hall open?", "The hall opened in 1998.", None),
        ("When will the hall open?", "Opening: 3 May 2027", "3 May 2027"),
        ("When will it be published?", "It is to come out in May, the office announced on Monday.",
         "May"),
    ],
)  # fmt: skip
def test_a_question_of_the_future_asks_for_no_past_day(
    question: str, sentence: str, value: str | None
) -> None:
    assert value_in(sentence, question) == value
