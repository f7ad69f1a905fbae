"""Which companies a story names, and which it only seems to."""

from __future__ import annotations

import pytest

from bot.desk.link import Linker
from bot.desk.linking.names import Names
from bot.model.company import Company
from bot.model.market import Instrument, InstrumentKind
from tests.builders import instrument, story

APPLE = instrument(
    "AAPL", name="Apple", short="Apple", products=("iPhone",), never=("apple harvest", "Big Apple")
)
TARGET = instrument("TGT", name="Target", short="Target", never=("price target", "raises target"))
MICRON = instrument("MU", name="Micron Technology", short="Micron", themes=("memory prices",))
META = instrument("META", name="Meta Platforms", short="Meta")
JD = instrument("JD", name="JD.com", short="JD.com", themes=("competition in food delivery",))
SPY = instrument("SPY", name="SPDR S&P 500 ETF Trust", short="Spy", kind=InstrumentKind.ETF)
HOME = instrument("9988.HK", name="Alibaba Group", short="Alibaba", aliases=("Alibaba",))
LINKER = Linker([instrument("BABA"), HOME, APPLE, TARGET, MICRON, META, JD, SPY])


def named(title: str, summary: str = "") -> list[str]:
    return [mention.ticker for mention in LINKER.link(story(title, summary=summary))]


@pytest.mark.parametrize(
    "title",
    [
        "Alibaba opens a data centre",
        "Profit at Alibaba’s cloud arm doubles",
        "ALIBABA: cloud arm doubles its profit",
        "ALIBABA OPENS A DATA CENTRE",
        "Alibaba Group opens a data centre",
        "Alibaba-backed start-up opens a data centre",
        "Taobao opens a data centre",
        "Qwen3 tops a ranking",
        "E-commerce company (BABA) opens a data centre",
        "E-commerce company (NYSE: BABA) opens a data centre",
        "E-commerce company (9988.HK) opens a data centre",
        "$BABA opens a data centre",
        "Watch BABA:US today",
    ],
)
def test_forms_that_name_alibaba(title: str) -> None:
    """Names, possessives, capitals, products and tickers in the forms editors print."""
    assert named(title) == ["BABA"]


@pytest.mark.parametrize(
    "title",
    [
        "Roadworks on Alibaba Street",
        "ROADWORKS ON ALIBABA STREET",
        "Apple harvest begins",
        "The apple of his eye",
        "Protests in the Big Apple",
        "Bank raises price target on steel maker",
        "Bank Raises Steel Maker Price Target",
        "City sets target for buses",
        "A metaverse of Metamaterials",
        "Study finds two-micron dust",
        "spy novels sell well",
        "Spy balloon seen",
        "Toronto firm (TSX: MU) drills",
        "MU and BABA are not marked as tickers here",
        "Price in US$MUST fall",
    ],
)
def test_forms_that_name_nobody(title: str) -> None:
    """Everyday words, other exchanges, and phrases in which a name means something else."""
    assert named(title) == []


def test_a_masked_phrase_does_not_mask_the_rest() -> None:
    """The company may still be named beside the trap."""
    assert named("Apple gives to the apple harvest festival") == ["AAPL"]
    assert named("Bank lifts its price target for Target") == ["TGT"]


def test_a_product_stands_for_its_maker() -> None:
    """Qwen is Alibaba's, and the reason says that a product matched."""
    (mention,) = LINKER.link(story("Qwen downloads pass 700 million"))

    assert (
        mention.ticker,
        mention.words,
        mention.reason,
    ) == ("BABA", "Qwen", "product in the title")


def test_one_issuer_one_answer() -> None:
    """Name, product and both listings together are one mention, by the best evidence."""
    told = story("Alibaba (BABA) and 9988.HK rise", summary="Qwen is Alibaba's.")
    (mention,) = LINKER.link(told)

    assert (
        mention.ticker,
        mention.words,
        mention.reason,
    ) == ("BABA", "BABA", "ticker in the title")


def test_the_title_beats_the_summary() -> None:
    """A product in the title says more than a ticker in the summary."""
    (mention,) = LINKER.link(story("iPhone sales ease", summary="Apple (AAPL) said so."))

    assert mention.reason == "product in the title"


def test_the_home_listing_alone_answers_for_itself() -> None:
    """Where the ADR is not known, its ordinary share is the answer."""
    (mention,) = Linker([HOME]).link(story("Alibaba opens a data centre"))

    assert mention.ticker == "9988.HK"


def test_a_theme_is_the_weakest_link() -> None:
    """It links every issuer that has the theme, and gives way to a name anywhere."""
    title = "Regulator to look into competition in food delivery"
    by_theme = LINKER.link(story(title))
    named_too = LINKER.link(story(title, summary="JD.com is among them."))

    assert [(mention.ticker, mention.reason) for mention in by_theme] == [
        ("BABA", "theme in the title"),
        ("JD", "theme in the title"),
    ]
    assert [(mention.ticker, mention.reason) for mention in named_too] == [
        ("JD", "name in the summary"),
        ("BABA", "theme in the title"),
    ]


def test_several_companies() -> None:
    """Every issuer is answered once."""
    assert sorted(named("Apple buys memory from Micron, Apple says")) == ["AAPL", "MU"]


def test_nothing_known() -> None:
    """A linker without instruments links nothing."""
    nobody: list[Instrument] = []

    assert Linker(nobody).link(story("Alibaba (BABA) rises")) == []


def test_another_listing_that_the_desk_follows() -> None:
    """Who follows London alone is told too; the issuer itself is answered first."""
    london = instrument("AZN.L", name="AstraZeneca", short="AstraZeneca")
    names = Names([london], [Company("AZN", "ASTRAZENECA PLC", 0, ("AZN",))])
    linker = Linker([london], names)
    told = story("AstraZeneca opens a laboratory")

    assert [mention.ticker for mention in linker.link(told)] == ["AZN", "AZN.L"]
    assert [hit.ticker for hit in linker.named(told.title)] == ["AZN"]


def test_coins_and_funds_are_no_companies() -> None:
    """The desk links them; who asks for companies is not answered with one."""
    coin = instrument("BTC-USD", name="Bitcoin", short="Bitcoin", kind=InstrumentKind.CRYPTO)
    linker = Linker([coin])

    assert [mention.ticker for mention in linker.link(story("Bitcoin falls"))] == ["BTC-USD"]
    assert linker.named("Bitcoin falls") == []
