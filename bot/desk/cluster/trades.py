"""
What may a headline call a company without naming it: "iPhone maker", "burger chain"?

One class a line, its name first; `_` joins the words of a phrase, an indented line goes on.
"""

from __future__ import annotations

TRADES = """
apple: iphone smartphone tech technology phone handset mac consumer-electronics
microsoft: windows software tech technology xbox cloud
alphabet: search internet tech technology online-search android youtube web
meta: social-media social facebook instagram whatsapp internet tech technology social-networking
amazon: e-commerce ecommerce online-retail retail cloud aws online tech technology
nvidia: chip ai-chip graphics-chip semiconductor gpu ai chipmaking technology tech
tesla: ev electric-car electric-vehicle electric car auto
spacex: rocket space satellite
openai: chatgpt ai artificial-intelligence
anthropic: claude ai artificial-intelligence
broadcom: chip semiconductor chipmaking
oracle: database software cloud tech enterprise-software
salesforce: crm software cloud business-software
adobe: photoshop software design-software
servicenow: software
intel: chip semiconductor cpu processor chipmaking
amd: chip semiconductor cpu processor chipmaking
qualcomm: chip semiconductor mobile-chip snapdragon
micron: memory chip memory-chip semiconductor
tsmc: chip contract-chip semiconductor foundry chipmaking
asml: chip-equipment chip chip-machine
arm: chip chip-design chip-designer
ibm: computer computing tech mainframe
cisco: networking network-equipment networking-equipment tech
netflix: streaming video streaming-video video-streaming
disney: entertainment media theme-park mickey mouse-house espn
paramount: media hollywood studio
comcast: cable media
tmobile: wireless telecom
verizon: wireless telecom
at&t: wireless telecom
jpmorgan: bank banking lender wall-street
bofa: bank banking lender
goldman: bank banking wall-street investment-bank investment
morganstanley: bank banking wall-street investment-bank
citi: bank banking lender
wellsfargo: bank banking lender
blackrock: asset-management asset fund money
berkshire: conglomerate buffett
visa: card payments payment credit-card payments-network
mastercard: card payments payment credit-card payments-network
paypal: payments payment fintech
amex: card credit-card payments
block_: payments fintech
coinbase: crypto cryptocurrency crypto-exchange exchange
robinhood: trading brokerage trading-app fintech
walmart: retail big-box discount retailing grocery
costco: warehouse warehouse-club wholesale retail
target_: retail big-box discount
homedepot: home-improvement diy home retail
lowes: home-improvement diy retail
nike: sneaker sportswear shoe athletic athletic-wear footwear
adidas: sneaker sportswear shoe
lululemon: yoga yogawear athleisure yoga-wear apparel
starbucks: coffee cafe coffee-chain
mcdonalds: burger fast-food hamburger restaurant golden-arches
chipotle: burrito restaurant fast-casual
cocacola: soda beverage soft-drink drink
pepsico: soda snack beverage soft-drink food
pg: consumer-goods tide household-goods
jnj: healthcare health-care drug pharma tylenol
pfizer: drug pharma pharmaceutical vaccine
merck: drug pharma pharmaceutical keytruda
lilly: drug pharma pharmaceutical zepbound weight-loss-drug
novo: drug pharma pharmaceutical ozempic wegovy danish
abbvie: drug pharma pharmaceutical botox
moderna: vaccine drug biotech
astrazeneca: drug pharma british
unitedhealth: insurance health-insurance health insurer
cvs: pharmacy drugstore health
walgreens: pharmacy drugstore
thermo: lab-equipment laboratory
exxon: oil energy oil-and-gas
chevron: oil energy oil-and-gas
bp: oil energy british
shell: oil energy
boeing: plane planemaker aircraft aerospace jet planemaking
airbus: plane aircraft european aerospace
lockheed: defense weapons fighter-jet
ge: jet-engine engine aerospace
caterpillar: machinery construction-equipment heavy-equipment bulldozer equipment
deere: tractor farm-equipment machinery
ups: parcel delivery package shipping
fedex: parcel delivery package shipping
unionpacific: rail railroad
gm: car auto detroit
ford: car auto detroit
stellantis: car auto jeep
toyota: car auto japanese
volkswagen: car auto german
byd: ev electric-car car chinese
rivian: ev electric-truck electric-vehicle electric truck
lucid: ev electric-car
nextera: utility power renewable
palantir: software data-analytics data analytics
coreweave: cloud ai-cloud neocloud
uber: ride-hailing rideshare ride-sharing
lyft: ride-hailing rideshare
airbnb: home-rental vacation-rental
spotify: music-streaming audio streaming music
snap_: social-media disappearing-message
pinterest: image-sharing social-media
reddit: social-media
samsung: chip memory electronics smartphone korean
skhynix: memory chip korean
softbank: tech-investor japanese
sony: playstation electronics japanese
alibaba: e-commerce chinese-e-commerce chinese cloud
tencent: gaming wechat chinese
foxconn: electronics iphone-assembler contract
delta_air: airline
united_air: airline
american_air: airline
southwest: airline low-cost
spirit: airline budget
jetblue: airline
kraft: ketchup food
tyson: meat chicken food
linde: industrial-gas gas
philipmorris: tobacco cigarette
altria: tobacco cigarette
bestbuy: electronics-retail consumer-electronics
macys: department-store
kohls: department-store off-mall
yum: fast-food pizza taco
dominos: pizza pizza-delivery
wendys: burger fast-food hamburger
generalmills: cereal food
kellanova: cereal snack pringles
estee: cosmetics beauty
shopify: e-commerce online-store commerce-software
doordash: food-delivery delivery
ebay: online-auction e-commerce marketplace
honda: car auto japanese
nissan: car auto japanese
hyundai: car auto korean
bmw: car auto german luxury-car
mercedes: car auto german luxury-car
ferrari: sports-car luxury-car italian
northrop: defense bomber
rtx: defense missile jet-engine
gd: defense submarine
l3: defense
rocketlab: rocket space
charter: cable broadband
schwab: brokerage
ubs: bank swiss
hsbc: bank
barclays: bank british
capitalone: credit-card bank card
blackstone: private-equity buyout alternative-asset
kkr: private-equity buyout
apollo: private-equity private-credit
biogen: biotech drug alzheimer's
regeneron: biotech drug
vertex: biotech drug
gilead: drug biotech hiv-drug
amgen: biotech drug
bms: drug pharma
bayer: drug german aspirin
medtronic: medical-device device pacemaker
abbott: medical-device device
stryker: medical-device device orthopedic
intuitive: surgical-robot robot
hims: telehealth
danaher: life-science
oxy: oil shale
halliburton: oilfield-service oil-service oilfield
slb: oilfield-service oil-service oilfield
duke: utility power
dominion: utility power
constellation: nuclear power utility nuclear-power
csx: rail railroad
norfolk: rail railroad
honeywell: industrial conglomerate
3m: post-it industrial
dell: computer pc server
hp: printer pc computer
hpe: server computer
supermicro: server ai-server
xiaomi: smartphone chinese phone
huawei: chinese telecom smartphone
nio: ev chinese electric-car
xpeng: ev chinese
baidu: search chinese search-engine
jd: e-commerce chinese online-retail
pdd: e-commerce chinese temu
bytedance: tiktok video-app
nintendo: switch game video-game console
philips: dutch medical
unilever: dove consumer-goods ice-cream
nestle: food swiss nescafe kitkat
hershey: chocolate candy
mondelez: oreo snack
coinbase: bitcoin
crowdstrike: cybersecurity security
paloalto: cybersecurity security
snowflake: data-cloud data
expedia: online-travel travel
booking_: online-travel travel
blueorigin: rocket space
"""
