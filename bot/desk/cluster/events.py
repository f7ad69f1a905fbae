"""
What happened, as far as the kinds of words in a headline say?

One table: a happening needs one class of every group before it, and none after the "!".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.desk.cluster.small import listed
from bot.desk.cluster.tables import rows

REMEMBERED = 4_096

HAPPENINGS = """
layoff: layoff
layoff: worker down|stop|lose|restructure !up
hire: hire worker|ceo|bank
jobs_up: worker up !down
exec_out: ceo|cfo|coo|chairman|founder|executive|director resign
exec_in: ceo|cfo|coo|chairman|founder|executive|director appoint
exec_in: appoint !win|record
deal_done: buy|deal done
deal: buy !talks|reject|buyback|stake|share|stop|rating|target|delay|sell
deal: sell !share|insider|reject|talks|stake|record|rate|chip|debt|ceo|director
deal_talks: buy talks|offer
deal_talks: offer !offering|buyback
deal_off: buy|deal|talks reject|stop|fail|lose
deal_ok: buy|deal approve
stake: stake buy|up|invest|build
stake: stake !sell|down
stake: invest
stake_cut: stake sell|down
stake_cut: sell share !split|offering
partner: deal !buy|peace|ceasefire|iran|stop|reject|sell|talks|war
invest: invest !analyst
funding: invest valuation|up
ipo: ipo
sued: sue !win|reject|settle|appeal|stop
settle: settle
ruling: verdict
ruling: court !sue|appeal|approve
won_case: sue|court|probe win|reject|stop
appeal: appeal
discover: discover
fine: fine
probe: probe !stop
probe_end: probe stop
charged: charge|fraud|arrest
approved: approve !deal|buyback|debt|reject
rejected: reject
trial_good: trial success|up|record
trial_good: drug|vaccine success !fail
trial_bad: trial fail|stop|miss
recall: recall
recall: defect car|safety
delay: delay
launch: launch !stop|talks|debt|probe|ipo|offer
begins: start build|produce|plant|order|trial
ended: stop !iran|war|restart|sue|court|probe|deal|buy
restart: restart
opens: build plant|datacenter|hq
shuts: stop|down retailer|restaurant|plant|bank
shuts: close !finish|deal|share|record|iran
strike: union strike|stop
strike: strike !iran|war|attack|deal|drone
hack: hack
capped: cap withdraw
capped: cap fund_|privatecredit
capped: stop withdraw
outage: outage
out_of_bankruptcy: leave_bankruptcy
bankrupt: bankrupt !leave_bankruptcy
buyback: buyback
dividend: dividend
split: split
breakup: break
restructure: restructure
debt: debt
guide_up: guidance up|beat !stop|down|miss
guide_down: guidance down|miss|warn|fail !up|beat
guide_off: guidance stop
beat: beat profit|revenue|results|guidance
miss: miss profit|revenue|results|guidance
profit_up: profit|results|revenue up|record !down|loss
profit_down: profit|results|revenue down|loss !up
deliver_up: deliver up|record
deliver_down: deliver down|miss
price_up: price|fee|subscription up
price_down: price|fee|subscription down
rates_hold: fed|rate hold
rates_cut: fed|rate down
rates_up: fed|rate up
upgrade: upgrade
downgrade: downgrade
initiate: initiate
target: target
contract: win order|deal|pentagon
contract: order deal|pentagon
deliver: deliver
record: record
level_up: gold|oil|bitcoin|fed|inflation|share beat|up|record !down|low
level_down: gold|oil|bitcoin|inflation|share down|low !up|record|beat
export_ban: export|sanction|reject china|chip
exempt: exempt
tariff: tariff !exempt
warn: warn !guidance
writedown: writedown
activist: activist
insider: insider
index: index
attack: attack
crash: accident|explosion
"""

OPPOSED = """
start-stop restart-stop appoint-resign approve-reject approve-stop beat-down beat-miss
build-close buy-reject buy-stop deal-reject deal-stop launch-close launch-delay launch-recall
launch-stop layoff-hire profit-loss record-low settle-sue success-fail up-down up-stop
upgrade-downgrade win-lose
"""

FIELDS = """
ma: buy sell stake deal talks offer break antitrust
legal: antitrust sue settle fine probe verdict appeal fraud charge patent court regulator privacy
  copyright
labor: layoff hire strike union worker pay
people: ceo cfo coo chairman executive founder director appoint resign
results: results profit revenue loss margin beat miss guidance record
product: launch recall delay defect stop order customer download subscription
safety: recall defect accident explosion injury death safety
capital: dividend buyback split ipo offering debt default invest fund_ bankrupt withdraw
health: fda drug vaccine obesity cancer trial success fail approve
macro: fed rate inflation recession tariff export sanction whitehouse war ceasefire iran oil gas
ops: close build plant datacenter produce outage hack restructure relocate
analyst: upgrade downgrade initiate rating target analyst
"""

CONTRARY = """
guide_up-guide_down guide_up-guide_off guide_down-guide_off profit_up-profit_down beat-miss
price_up-price_down stake-stake_cut approved-rejected exec_in-exec_out trial_good-trial_bad
deal-deal_off upgrade-downgrade deliver_up-deliver_down launch-delay launch-ended bankrupt-out_of_bankruptcy tariff-exempt restart-ended deal_off-deal_done opens-shuts
layoff-hire layoff-jobs_up rates_up-rates_cut rates_up-rates_hold rates_cut-rates_hold
sued-won_case fine-won_case probe-probe_end level_up-level_down deal_talks-deal_off
"""

LATER = frozenset(listed("appeal settle reject overturn leave_bankruptcy exempt fail"))
OFFICES = frozenset(["ceo", "cfo", "coo", "chairman"])

STAGES = frozenset(
    listed(
        """
        activist appeal appoint arrest bankrupt break buyback charge close debt delay dividend
        downgrade explosion fail fine hack hire initiate insider ipo layoff lose offering outage
        probe recall reject rename resign sell settle short split stop strike success sue talks
        target upgrade verdict win withdraw
        """
    )
)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    groups: tuple[frozenset[str], ...]
    never: frozenset[str]


def _rule(name: str, words: Sequence[str]) -> _Rule:
    parts = [(word[0] == "!", frozenset(word.lstrip("!").split("|"))) for word in words]
    never = frozenset[str]().union(*(some for no, some in parts if no))
    return _Rule(name, tuple(some for no, some in parts if not no), never)


_RULES = tuple(_rule(name, words) for name, words in rows(HAPPENINGS))
_FIELDS = tuple((name, frozenset(words)) for name, words in rows(FIELDS))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    found = (pair.split("-") for pair in text.split())
    return tuple((left, right) for left, right in found)


_OPPOSED, _CONTRARY = _pairs(OPPOSED), _pairs(CONTRARY)


@lru_cache(maxsize=REMEMBERED)
def happenings(classes: frozenset[str]) -> frozenset[str]:
    """What happened; empty where nothing is recognised."""
    return frozenset(
        rule.name
        for rule in _RULES
        if not classes & rule.never and all(classes & group for group in rule.groups)
    )


@lru_cache(maxsize=REMEMBERED)
def domains(classes: frozenset[str]) -> frozenset[str]:
    """Which fields of business the headline speaks of."""
    return frozenset(name for name, words in _FIELDS if classes & words)


def opposed(one: frozenset[str], other: frozenset[str]) -> int:
    """How often the words of one are the contrary of the other's: up and down."""
    return _contraries(one, other, _OPPOSED)


def contrary(one: frozenset[str], other: frozenset[str]) -> int:
    """How often a happening of one is the contrary of the other's: outlook raised and cut."""
    return _contraries(one, other, _CONTRARY)


def _contraries(
    one: frozenset[str], other: frozenset[str], pairs: tuple[tuple[str, str], ...]
) -> int:
    mine, theirs = one - other, other - one
    if not mine or not theirs:
        return 0
    return sum(
        (left in mine and right in theirs) or (right in mine and left in theirs)
        for left, right in pairs
    )
