"""
What does a headline call the companies that are told of most?

One class a line, its name first; `_` joins the words of a phrase, an indented line goes on.
"""

from __future__ import annotations

NAMES = """
alphabet: alphabet google googl goog youtube waymo deepmind gemini
meta: meta facebook meta_platforms instagram whatsapp fb zuckerberg mark_zuckerberg
amazon: amazon amzn amazon.com aws amazon_web_services bezos andy_jassy jassy
apple: apple aapl iphone_maker tim_cook iphone ipad macbook
microsoft: microsoft msft windows_maker satya_nadella nadella azure xbox copilot
nvidia: nvidia nvda jensen_huang huang
tesla: tesla tsla elon_musk's_tesla cybertruck cybercab
spacex: spacex space_x starlink
xai: xai grok
openai: openai chatgpt altman sam_altman chatgpt_maker
anthropic: anthropic claude claude_maker
broadcom: broadcom avgo vmware hock_tan
oracle: oracle orcl oci larry_ellison
salesforce: salesforce crm benioff slack agentforce
servicenow: servicenow
adobe: adobe adbe photoshop_maker
intel: intel intc lip-bu_tan
amd: amd advanced_micro_devices lisa_su
qualcomm: qualcomm qcom
micron: micron mu micron_technology
tsmc: tsmc taiwan_semiconductor taiwan_semiconductor_manufacturing tsm taiwan_semi
asml: asml
arm: arm arm_holdings
ibm: ibm international_business_machines big_blue
cisco: cisco csco cisco_systems
netflix: netflix nflx
disney: disney walt_disney dis disney+
warner: warner warner_bros warner_bros. wbd warner_bros_discovery warner_bros._discovery hbo_max
paramount: paramount paramount_skydance skydance
comcast: comcast cmcsa nbcuniversal
verizon: verizon vz
at&t: at&t
tmobile: tmobile t-mobile tmus
jpmorgan: jpmorgan jpm jp_morgan jpmorgan_chase jpmorganchase j.p._morgan jamie_dimon dimon
bofa: bofa bank_of_america bac moynihan
goldman: goldman goldman_sachs gs
morganstanley: morganstanley morgan_stanley
citi: citi citigroup jane_fraser
wellsfargo: wellsfargo wells_fargo wfc wells
blackrock: blackrock blk larry_fink
blackstone: blackstone
berkshire: berkshire berkshire_hathaway brk brk.b warren_buffett buffett greg_abel
visa: visa
mastercard: mastercard
paypal: paypal pypl
amex: amex american_express axp
block_: block square cash_app jack_dorsey
coinbase: coinbase
robinhood: robinhood
walmart: walmart wmt
costco: costco
target_: target target_corp tgt
homedepot: homedepot home_depot
lowes: lowes lowe's
kroger: kroger
nike: nike nke
lululemon: lululemon
starbucks: starbucks sbux
mcdonalds: mcdonalds mcdonald's mcd mcdonald
cocacola: cocacola coca-cola coca_cola ko coke
pepsico: pepsico pepsi pep
pg: pg procter_&_gamble procter p&g
jnj: jnj johnson_&_johnson j&j
pfizer: pfizer pfe
merck: merck mrk
lilly: lilly eli_lilly lly zepbound mounjaro
novo: novo novo_nordisk ozempic wegovy
abbvie: abbvie abbv
bms: bms bristol_myers bristol-myers bristol_myers_squibb bristol-myers_squibb
amgen: amgen
gilead: gilead
moderna: moderna
astrazeneca: astrazeneca
gsk: gsk glaxosmithkline
novartis: novartis
roche: roche
sanofi: sanofi
unitedhealth: unitedhealth unh unitedhealth_group optum unitedhealthcare
cvs: cvs cvs_health aetna
humana: humana
cigna: cigna
elevance: elevance
thermo: thermo thermo_fisher thermo_fisher_scientific tmo
exxon: exxon exxon_mobil exxonmobil xom
chevron: chevron cvx
bp: bp
shell: shell
conocophillips: conocophillips conoco
boeing: boeing
airbus: airbus
lockheed: lockheed lockheed_martin lmt
rtx: rtx raytheon
ge: ge ge_aerospace general_electric
gevernova: gevernova ge_vernova
caterpillar: caterpillar cat
deere: deere john_deere
honeywell: honeywell
3m: 3m
ups: ups united_parcel_service united_parcel
fedex: fedex
unionpacific: unionpacific union_pacific
norfolk: norfolk norfolk_southern
gm: gm general_motors mary_barra
ford: ford ford_motor jim_farley
stellantis: stellantis
toyota: toyota
byd: byd
rivian: rivian
lucid: lucid
nextera: nextera nextera_energy
dominion: dominion dominion_energy
palantir: palantir pltr alex_karp
crowdstrike: crowdstrike
paloalto: paloalto palo_alto palo_alto_networks
snowflake: snowflake
uber: uber
lyft: lyft
airbnb: airbnb
booking_: booking_holdings
expedia: expedia
spotify: spotify
snap_: snap snapchat
pinterest: pinterest
reddit: reddit
coreweave: coreweave
supermicro: supermicro super_micro super_micro_computer smci
dell: dell dell_technologies
hp: hp hp_inc
hpe: hpe hewlett_packard_enterprise
samsung: samsung samsung_electronics samsung_elec
skhynix: skhynix sk_hynix hynix
softbank: softbank
sony: sony
nintendo: nintendo
alibaba: alibaba baba qwen
tencent: tencent
baidu: baidu
jd: jd jd.com
pdd: pdd pdd_holdings temu pinduoduo
nio: nio
xpeng: xpeng
xiaomi: xiaomi
huawei: huawei
deepseek: deepseek
bytedance: bytedance tiktok
foxconn: foxconn hon_hai
linde: linde
tyson: tyson tyson_foods
kraft: kraft kraft_heinz
mondelez: mondelez
hershey: hershey
altria: altria
philipmorris: philipmorris philip_morris
unilever: unilever
nestle: nestle
american_air: american_air american_airlines
united_air: united_air united_airlines
delta_air: delta delta_air_lines delta_airlines
southwest: southwest southwest_airlines
spirit: spirit spirit_airlines
jetblue: jetblue
msci: msci
spglobal: spglobal s&p_global
spx: spx s&p_500 s&p500 s&p
dow: dow dow_jones djia
nasdaq_: nasdaq
chipotle: chipotle chipotle_mexican_grill cmg
dominos: domino's dominos domino's_pizza
yum: yum_brands taco_bell kfc pizza_hut
wendys: wendy's wendys
kraft: heinz
generalmills: general_mills cheerios
kellanova: kellogg kellogg's kellanova
colgate: colgate colgate-palmolive
kimberly: kimberly-clark kimberly_clark kleenex kenvue
estee: estee_lauder
walgreens: walgreens walgreens_boots
bestbuy: best_buy
macys: macy's macys
kohls: kohl's kohls
gap_: gap gap_inc old_navy
tjx: tjx t.j._maxx
volkswagen: volkswagen vw
mercedes: mercedes mercedes-benz
honda: honda honda_motor
l3: l3harris
northrop: northrop northrop_grumman
gd: general_dynamics
rocketlab: rocket_lab
blueorigin: blue_origin
att_: att
charter: charter charter_communications
dish: echostar dish_network
schwab: schwab charles_schwab
usbank: u.s._bancorp us_bancorp
capitalone: capital_one
deutsche: deutsche_bank
nab: santander
apollo: apollo_global apollo
blueowl: blue_owl
bms: bms bmy
vertex: vertex_pharmaceuticals
abbott: abbott abbott_laboratories
intuitive: intuitive_surgical
hims: hims_&_hers hims
oxy: occidental occidental_petroleum
slb: slb schlumberger
phillips66: phillips_66
marathonpete: marathon_petroleum
kindermorgan: kinder_morgan
duke: duke_energy
southernco: southern_co southern_company
constellation: constellation_energy
bloom: bloom_energy
emerson: emerson_electric
johnsoncontrols: johnson_controls
dow_inc: dow_inc dow_chemical
fed: fed federal_reserve powell jerome_powell
trump: trump president_trump donald_trump
"""
