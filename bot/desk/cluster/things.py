"""
Which words mean the same thing, person or place?

One class a line, its name first; `_` joins the words of a phrase, an indented line goes on.
"""

from __future__ import annotations

THINGS = """
recover: recover comeback turnaround recovery revive revival
demand: demand orders appetite order booking bookings
supply: supply supplies supplier shipment inventory
cost: cost costs bill expense expenses
plan: plan intend aim seek look_to set_to poised_to prepare preparing scheduled want intends
  prepping
ai: ai artificial_intelligence a.i generative_ai genai
cloud: cloud cloud_computing
software: software app application program
robot: robot robotics humanoid
robotaxi: robotaxi self-driving driverless autonomous_vehicle self_driving autonomous_taxi
  autonomous autonomous_driving driverless_taxi cybercab
ev: ev electric_vehicle electric_car battery-powered_car evs electric
carmaker: carmaker automaker car_maker auto_maker
plane: plane jet aircraft airliner jets
airline: airline carrier airlines
satellite: satellite satellites low-earth
phone: phone smartphone handset iphone
retailer: retailer retail chain store stores shop shops
restaurant: restaurant eatery eateries diner fast-food restaurants
crypto: crypto cryptocurrency digital_asset digital_assets
bitcoin: bitcoin btc
stablecoin: stablecoin
gold: gold bullion
energy: energy power electricity
nuclear: nuclear reactor uranium smr
usa: usa u.s us american washington america united_states
eu: eu european_union brussels europe european european_commission
uk: uk britain british u.k united_kingdom
japan: japan japanese tokyo
india: india indian
korea: korea korean seoul south_korea
germany: germany german berlin
israel: israel israeli
russia: russia russian moscow kremlin
ukraine: ukraine ukrainian kyiv
taiwan: taiwan taiwanese taipei
fuel: fuel jet_fuel gasoline petrol
blackout: blackout carriage distribution_deal
corruption: corruption bribe bribery kickback
ads: ads ad advertising advert advertisement commercial
streaming: streaming streamer
movie: movie film box_office blockbuster
theater: theater cinema
game: game gaming videogame
talent: talent poach lure
ftc: ftc federal_trade_commission
sec: sec securities_and_exchange_commission securities_watchdog securities_regulator
doj: doj justice_department department_of_justice
missile: missile weapon munitions arms interceptor
strait: strait strait_of_hormuz hormuz
shutdown_: government_shutdown
consumer: consumer shopper household
spending: spending capex capital_expenditure outlay expenditure spend capital_spending
debut_: debut
merger_: merger
rival: rival competitor compete competition challenge take_on challenger
shortage: shortage scarcity crunch bottleneck tight_supply
surplus: surplus glut oversupply
memory: memory dram nand hbm
model: model llm language_model
chatbot: chatbot assistant
agent: agent agentic agents
glasses: glasses eyewear smart_glasses
headset: headset vr
search: search
browser: browser
teen: teen teenager youth minor kids child children
addict: addict addiction addictive
lawsuit_: lawsuit
insurer: insurer insurance medicare_advantage health_insurer
medicare: medicare
reimburse: reimburse reimbursement payment_rate
refund: refund repay reimburse
subsidy: subsidy subsidies incentive tax_credit grant
tax: tax taxes
climate: climate emissions carbon
solar: solar
wind: wind
battery: battery batteries
lithium: lithium
steel: steel
copper: copper
mine: mine miner mining
farm: farm agriculture
food: food grocery groceries
drink: drink beverage soda
coffee: coffee
beer: beer brewer
tobacco: tobacco cigarette vape
cannabis: cannabis marijuana weed
luxury: luxury
shoe: shoe sneaker footwear
apparel: apparel clothing fashion garment
toy: toy
hotel: hotel lodging
cruise: cruise
travel: travel tourism trip
truck: truck trucking
rail: rail railroad railway
ship: ship shipping vessel tanker
port: port
rocket: rocket space spacecraft
quantum: quantum
home: home house housing homebuilder
mortgage: mortgage
realestate: realestate real_estate property
privatecredit: privatecredit private_credit private_lending
hedgefund: hedgefund hedge_fund
pension: pension
startup: startup start-up
unicorn: unicorn
billionaire: billionaire tycoon
meeting: meeting summit
visit: visit trip
letter: letter
hearing: hearing testify testimony
senate: senate senator lawmaker lawmakers congress legislator
law: law legislation bill act
rule_: rule rules regulation regulations
"""
