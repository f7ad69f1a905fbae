"""
Which words tell the same deed?

One class a line, its name first; `_` joins the words of a phrase, an indented line goes on.
"""

from __future__ import annotations

DEEDS = """
up: up rise rises rose risen increase grow grew grown climb climbs gain gains jump surge soar rally
  leap leapt spike advance higher rebound skyrocket rocket pop edge_up tick_up inch_up go_up
  move_up raise hike boost lift bump expand growth recover upswing uptick swell strengthen
  accelerate accelerating balloon double triple quadruple upward bounce extend_gains overtake
  pass_by go_past pricier costlier lengthen double_cost more_expensive get_pricier swells steep
  higher_pricing outstrip
down: down fall fell fallen drop decline dip slide slid sink sank sunk slump tumble plunge plummet
  crash slip lower retreat lose_ground tank crater dive nosedive shed tick_down edge_down inch_down
  go_down move_down cut slash reduce trim decrease shrink shrank weaken slow slowdown slower
  contraction contract_% downward ease cool pullback sell-off selloff collapse wane drag_down
  weigh_on downturn erode halve scale_back pare pare_back rout wipe_out stumble swoon limit
  freeze_out shave erase prune scale_down lay_low
beat: beat top exceed surpass outperform crush smash outpace better-than-expected
  ahead_of_estimates ahead_of_expectations above_estimates above_expectations blow_past
  stronger-than-expected ahead_of_forecast upbeat earn_more_than_expected better_than_expected
  more_than_expected above_views top_view surprise strong_quarter
miss: miss fall_short below_estimates below_expectations short_of disappoint disappointing lag
  underwhelm underperform trail worse-than-expected weaker-than-expected below_forecast fell_short
  fall_short_of_view below_view less_than_expected worse_than_expected weak disappointingly
buy: buy acquire acquisition bought purchase takeover take_over buyout snap_up scoop_up pick_up
  takeover_bid to_own buy_out swoop merge merger combine tie-up absorb swallow gobble_up
  take_private agree_to_acquire take_control
sell: sell sold divest divestiture divestment sale offload unload dispose disposal sell_off dump
stake: stake holding shareholding interest_in minority_stake ownership
invest: invest investment investor back pour plow inject commit finance raises_capital raise_money
  raise_funds fund funding take_position build_position put_money bankroll
deal: deal agreement pact accord contract partnership partner team_up collaborate collaboration
  alliance tie_up ally join_forces ink strike_deal joint_venture jv teams_with works_with
  memorandum mou arrangement tie-ups cooperation cooperate agree
sue: sue sued lawsuit suit legal_action litigation take_to_court court complaint plaintiff
  class_action class-action legal_challenge legal_fight legal_battle accuse sues
  hit_with_class_action legal_complaint file_complaint accused
settle: settle settlement resolve resolution to_resolve
fine: fine fined slap impairment_fine penalty penalise penalize penalties sanctioned
probe: probe investigate investigation inquiry enquiry scrutiny examine scrutinize look_into
  looking_into under_investigation antitrust_review subpoena raid inspect
regulator: regulator watchdog authority agency commission regulatory ftc sec doj cma
antitrust: antitrust monopoly anticompetitive anti-competitive competition_law
  competition_complaint anti-trust
approve: approve approval authorise_sale clears_way clear clearance greenlight green-light
  green_light go-ahead nod authorize authorise sign_off okay okays win_approval backing_of allow
  permit pass_muster blessing licence license licensed ratify vote_for vote_in_favor back_takeover
  green-lit endorse bless give_nod wave_through
reject: reject rejection block turn_down decline_to deny denies denied refuse rebuff veto ban bar
  forbid prohibit spurn snub strike_down shoot_down dismiss thrown_out throw_out vote_against
  thumbs_down rule_out pour_cold_water
layoff: layoff lay_off laid_off lays_off laying_off job_cut cut_job slash_job shed_job
  eliminate_job eliminate_position redundancy redundancies workforce_reduction reduce_workforce
  reduce_headcount trim_workforce downsizing cut_staff staff_cut fire_worker job_loss cut_workforce
  trim_staff axe_job axe reduction_in_force let_go headcount pink_slip job_cuts lose_their_job
  pink-slip let_staff_go jobs_to_go part_ways_with dismissals cutback
hire: hire recruit add_job create_job new_job
worker: worker employee staff staffer workforce personnel job labour labor =positions =roles
  barista pilot banker adviser advisor engineer driver aviator
appoint: appoint name_as named_as new_ceo tap_as pick_as install_as promote promotion elect
  select_as named names hires_as taps successor succeed succession elevate take_the_helm take_helm
  take_the_reins appointment nominate nomination next_ceo hand_top_job to_run to_lead picked
  new_boss next_boss new_chief next_chief ascend promoted take_over_as takes_over hand_leadership
resign: resign resignation step_down stepping_down stepped_down quit depart departure exit leave
  leaves left oust ousted retire retirement stand_down fired_as walk_away stepping_aside step_aside
  dismissal bow_out hand_over_the_rein hand_the_rein hand_leadership hand_over retires
  search_for_successor hunt_for_new
ceo: ceo chief_executive chief_executive_officer boss head top_executive chief exec
cfo: cfo finance_chief chief_financial_officer finance_head
coo: coo chief_operating_officer operating_chief operations_chief
chairman: chairman chair chairwoman chairperson chairmanship
executive: executive exec leader management leadership c-suite
founder: founder co-founder cofounder
director: director board directors boardroom board_member
recall: recall pull_from_shelves withdraw_product fix_car pull_car repair_notice pull_machine
  withdraw_machine pull_product
launch: launch unveil introduce debut roll_out rollout release rolls_out unwrap premiere kick
  off_the_ground go_live unveiling
stop: stop drop_deal drop_bid drop_plan drop_pursuit drop_out abandon_deal halt suspend suspension
  pause discontinue end cease terminate termination scrap cancel cancellation ditch kill axes
  abandon shelve pull_plug shut_down shutdown shutter close_down wind_down scuttle shelved call_off
  pull_out withdraw withdrawal pull exit walk_away drop_case drop_lawsuit off_the_hook end_lawsuit
  axe wind-down call_it_quits freeze
close: close closure closing shut shutter shuttering
delay: delay won't_arrive push_back_launch not_until postpone push_back defer deferral
  behind_schedule setback put_off
build: build built construct construction erect set_up establish develop
plant: plant factory facility manufacturing_site site fab foundry mill works hub campus complex
datacenter: datacenter data_center data_centre data_centers ai_infrastructure ai_campus server_farm
  compute_capacity
produce: produce production make made manufacture manufacturing output assemble assembly
results: results earnings quarterly_results quarter quarterly report_card quarterly_report
profit: profit earnings net_income income bottom_line eps profitability earn net_profit
revenue: revenue sales turnover top_line top-line
writedown: writedown write_down write-down impairment charge_of take_charge write_off write-off
  book_charge huge_charge take_hit
loss: loss losses deficit red_ink
margin: margin margins profitability
guidance: guidance outlook forecast guide projection view expect target_for see expectations
  prediction predict anticipates estimate warn_on projects sees goal aim outlooks guides
warn: warn warning caution alert flag sound_alarm alarm
price: price pricing cost_more get_pricier
fee: fee fees charge_more surcharge subscription_price charge_for
dividend: dividend payout distribution dividends
buyback: buyback buy_back buy-back repurchase share_repurchase stock_repurchase buybacks
split: split stock_split
ipo: ipo go_public public_offering initial_public_offering listing float flotation public_debut
  market_debut going_public list_share public_listing market_listing stock_market_listing
  submit_paperwork file_paperwork
offering: offering share_sale stock_offering secondary_offering share_offering
debt: debt bond bonds notes borrow borrowing loan credit_facility financing debt_sale bond_sale
  senior_notes
bankrupt: bankrupt bankruptcy insolvency insolvent chapter_11 creditor_protection
  file_for_bankruptcy administration liquidation liquidate
default: default
upgrade: upgrade raise_to_buy lift_to_buy raise_to_overweight boost_to_buy turn_bullish
  more_bullish
downgrade: downgrade cut_to_hold cut_to_sell cut_to_neutral lower_to_neutral turn_bearish
initiate: initiate_coverage start_coverage begin_coverage coverage
rating: rating buy_rating outperform overweight underweight neutral equal-weight hold_rating
  sector_perform
target: target price_target target_price pt price_targets
analyst: analyst wall_street brokerage broker strategist research_note
talks: talks in_talks negotiate negotiation discussion discuss holds_talks mull weigh consider
  explore contemplate eye near_deal near nearing close_to advanced_talks negotiating considering
  exploring mulling
offer: offer bid proposal propose approach offered tender takeover_proposal unsolicited suitor
  make_bid launch_bid takeover_approach
strike: strike walkout walk_out industrial_action stoppage work_stoppage picket threaten_strike
  down_tools halt_work industrial_dispute labor_action job_action
union: union unions labor_union
hack: hack breach cyberattack cyber_attack data_breach cyber-attack hacker ransomware
  security_incident intrusion leak cyber_incident compromised stolen_data stolen steal steal_data
  records_exposed personal_details data_theft expose
outage: outage disruption down_for go_dark glitch blackout service_disruption down_for_thousand
  down_for_user go_down locked_out user_locked_out system_failure problem_loading offline frozen
accident: crash accident collision
explosion: explosion fire blast blaze explode
trial: trial study phase_3 late-stage late_stage mid-stage clinical_trial phase_2 phase_iii
  phase_ii clinical_study test
success: success succeed meet_goal met_goal meet_endpoint met_endpoint meets_main_goal positive
  effective hit_goal met_primary_endpoint meet_primary_endpoint work works
fail: fail failure failed did_not_meet fall_through unsuccessful flop falter missed_goal
drug: drug medicine treatment therapy pill medication shot jab injection
vaccine: vaccine vaccination shot
fda: fda food_and_drug_administration us_drug_regulator drug_regulator
obesity: obesity weight_loss weight-loss slimming glp-1 glp1 fat_loss
cancer: cancer tumor oncology tumour carcinoma
chip: chip semiconductor chipmaker processor gpu silicon chips chipmaking
car: car vehicle auto automobile
bank: bank lender lenders
oil: oil crude brent wti petroleum
gas: gas natural_gas lng
tariff: tariff levy duties import_tax import_duties import_tariff levies trade_war
export: export export_curb export_control export_restriction shipment_ban export_ban
sanction: sanction sanctions blacklist
china: china beijing chinese prc
iran: iran iranian tehran
fed: fed federal_reserve central_bank fomc
rate: rate interest_rate rate_cut rate_hike rates
inflation: inflation cpi consumer_prices price_growth
whitehouse: white_house administration trump_administration president
court: court judge tribunal jury supreme_court appeals_court
verdict: verdict rule ruling ruled decision judgment judgement find_liable found_liable liable
  order_to_pay ordered_to_pay told_to_pay order_to_hand must_pay hand_over_$ awards_damages
appeal: appeal
overturn: overturn overrule reverse_ruling toss_verdict annul
win: win won secure land clinch award awarded snag score nab wins bag earn_contract
lose: lose lost loses
order: order contract buy_plane take_aircraft
record: record all-time_high all_time_high highest_ever record_high new_high historic milestone
  52-week_high
low: low 52-week_low lowest multi-year_low all-time_low
share: share stock shares equity
customer: customer user subscriber consumer client users member viewer shopper
download: download install
hold: hold hold_rate hold_steady rate_steady leave_unchanged unchanged stand_pat stands_pat on_hold
  keep_rate steady no_hurry no_rush in_no_rush sit_tight wait
deliver: deliver delivery deliveries handover hand_over handovers
index: index benchmark_index inclusion join_s&p added_to_s&p
patent: patent patents intellectual_property
copyright: copyright
privacy: privacy data_protection
subscription: subscription membership
hq: hq headquarters head_office
relocate: relocate move_to relocation
pay: pay compensation salary wage wages pay_package bonus
rename: rename rebrand rebranding
restructure: restructure restructuring overhaul reorganize reorganization reorganise revamp
  shake-up shakeup shake_up reshuffle
break: break breakup break_up split_up separate separation split_into stand-alone trade_on_its_own
  spin_off spin-off spinoff carve-out demerger hive_off
insider: insider insider_sale insider_buy insider_buying
activist: activist
short: short short_seller short-seller short_report short_selling
fraud: fraud scam scheme deceive mislead defraud misleading misled
charge: charge indict indictment accuse criminal_charge arraign
arrest: arrest detain custody
pentagon: pentagon defense_department department_of_defense department_of_war us_military military
  army navy air_force dod
war: war conflict fighting hostilities
ceasefire: ceasefire truce cease-fire
attack: attack strike_on bomb airstrike drone_strike
peace: peace
recession: recession downturn slowdown
safety: safety safe
defect: defect flaw fault faulty malfunction
injury: injury injure hurt
death: death die dead killed kill fatal fatality
drone: drone unmanned
fund_: fund etf
withdraw: withdraw redemption redeem withdrawals
valuation: valuation valued value worth
start: start begin began begun commence kick_off roll_off_the_line first_volume get_underway
  underway
reveal: reveal disclose discloses uncover
restart: restart resume bring_back back_online reopen relaunch back_on_line come_back revive
  revives
finish: close_above close_at close_below close_higher close_lower end_day finish finish_at
  end_higher end_lower
cap: cap gate limit_withdrawal restrict curb limit limited
done: complete completion finalise finalize finalised finalized close_deal closes_acquisition
leave_bankruptcy: exit_bankruptcy emerge_from_bankruptcy exits_chapter_11 leave_bankruptcy
  out_of_bankruptcy
exempt: exempt exemption carve-out waive waiver spare
discover: discover discovery strike_oil new_find crude_find
"""
