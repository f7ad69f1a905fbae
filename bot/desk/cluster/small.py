"""The short lists that reading a headline needs: empty words, places, months, spelt numbers."""

from __future__ import annotations

from bot.desk.cluster.title import Figure


def listed(text: str) -> list[str]:
    """The words of a list, in its order."""
    return text.split()


EMPTY = frozenset(
    listed(
        """
        a an and are as at be by for from has have had in into is it its of on or over say said
        than that the their to was were will with after amid new how what why inc corp co company
        plc ltd llc group holdings this could may can your you i we our not but about out off his
        her who which here now just more most also if so do does did been being there these those
        they them he she him while when where still even per via vs versus among between under
        before during because since until then would should might must us get got report reported
        source according exclusive update big latest today see look make made take took taken come
        came go goes way one
        """
    )
)
JOINING = frozenset(["of", "the", "&"])
PLACES = frozenset(
    listed("china eu uk japan india korea germany iran israel russia ukraine taiwan")
)
SUBJECTS = frozenset(
    listed("oil gold gas bitcoin crypto fed inflation copper lithium usa fda doj sec ftc mortgage")
)
"""What a headline without a name is about."""
ORDINARY = frozenset(listed("target gap block snap pass delta spirit match chase"))
"""Names that are everyday words: in title case they name nobody."""
MONTHS = {
    month[:size]: number
    for number, month in enumerate(
        listed(
            "january february march april may june july august september october november december"
        ),
        start=1,
    )
    for size in (3, 4, 9)
}
DAYS = {
    day: number
    for number, day in enumerate(listed("monday tuesday wednesday thursday friday saturday sunday"))
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3}
SMALL = {
    word: number
    for number, word in enumerate(
        listed("two three four five six seven eight nine ten eleven twelve"), start=2
    )
}
SPELT = {
    "dozen": Figure(12, "n", 2),
    "thousand": Figure(1e3, "n", 1),
    "million": Figure(1e6, "n", 1),
    "billion": Figure(1e9, "n", 1),
}
SHARES = {"third": Figure(33.3, "%", 2), "fifth": Figure(20, "%", 1), "tenth": Figure(10, "%", 1)}
