"""Common given names that one gender bears, for telling *he* from *she*.

Names that both bear somewhere (*Andrea*, *Jean*, *Kim*, *Robin*) are left out. The
list says nothing of a person but which pronouns can mean the name.
"""

from __future__ import annotations

from framelens.annotate.speakers.actor_words import words_in

_MALE = words_in(
    """
aaron abdul adam ahmed alan albert alejandro alexander alfred ali amir andrei andrew
anthony antonio antony arthur barack ben benjamin bernard bill bob boris brian carl
carlos charles christopher colin craig daniel dave david dennis derek diego dmitri
dmitry donald douglas edward emmanuel eric erik ernest ethan felipe fernando francisco
frank franklin fred frederick gary geoffrey george gerald giovanni giuseppe graham greg
gregory hans harold harry hassan hector henry howard hugh hussein ian ibrahim igor ivan
jack jacob jake jacques james jason javier jeff jeffrey jeremy jerome jim joe joel
john jon jonathan jorge jose josé joseph joshua juan julian karl keith ken kenneth kevin
klaus larry lars lawrence leo leonard louis luis luke mahmoud manuel marco marcus mario
mark martin marvin matthew max michael miguel mike mikhail mitch mohamed mohammad
mohammed muhammad mustafa nathan neil nicholas nicolas nigel nikolai oleg oliver omar
oscar otto pablo patrick paul pedro peter philip phillip pierre rafael ralph raymond
ricardo richard rob robert roberto roger roland ron ronald roy russell ryan salman
samuel saeid sean sebastian sergei sergey simon stefan stephen steve steven stuart ted
terrence terry theodore thomas tim timothy tom tony viktor victor vincent vladimir
volodymyr walter wayne werner wilhelm william wolfgang xavier yuri yusuf zachary
"""
)
_FEMALE = words_in(
    """
abigail agnes aisha alexandra alice alicia alison amanda amelia amy ana anastasia
angela angelina anita ann anna anne annette annie antonia barbara beatrice bella
bernadette beth betty brenda bridget camilla carla carmen carol caroline carolyn
catherine cecilia celia charlotte cheryl christina christine claire clara claudia
condoleezza cynthia daniela deborah debbie denise diana diane dolores donna doris
dorothy edith eileen elaine eleanor elena elizabeth ella ellen emily emma erica erika
ernestine esther eva evelyn fatima fiona florence frances gabriela gabriella gemma
georgina gertrude gillian gina giulia gloria grace greta hannah heather heidi helen
helena hillary ida ingrid irene irina isabel isabella isabelle jacqueline jane janet
janice jenna jennifer jessica joan joanna joanne josephine joyce juanita judith judy
julia juliana julie karen kate katherine kathleen kathryn kathy katie katrina
kirsten kristen kristina laura lauren linda lisa liz louise lucia lucy lydia
madeleine margaret margarita maria mariam marie marina marjorie martha mary matilda
maureen megan melania melanie melinda melissa michelle miriam molly monica nadia nancy
naomi natalia natalie natasha nina nora olga olivia pamela patricia paula penelope
petra phyllis priscilla rachel rebecca regina renee rita rosa rosemary roxana ruth
sabrina samantha sandra sara sarah sheila silvia simone sofia sonia sophia sophie
stella stephanie susan susanna susanne suzanne svetlana sylvia tamara tanya tatiana
teresa theresa tina ursula valentina valerie vanessa vera veronica victoria virginia
wendy yasmin yolanda yvonne zainab
"""
)


def gender_of_name(name: str) -> str:
    """Give the gender (``m``, ``f``) that the first word of a full name tells, or "".

    Examples
    --------
    >>> gender_of_name("Mary Stone"), gender_of_name("Robin Stone")
    ('f', '')
    >>> gender_of_name("Martin")
    ''
    """
    given, _, rest = name.lower().partition(" ")
    if not rest:
        return ""
    return "m" if given in _MALE else "f" if given in _FEMALE else ""
