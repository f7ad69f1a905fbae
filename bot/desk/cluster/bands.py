"""
How often does a word stand in a headline? A band n holds what stands in some 2**n of them.

Counted by seeds/clustering/count.py. ":up" is a class of words, "@tesla" a part of a name; what
is not listed is rarer.
"""

from __future__ import annotations

HEADLINES = 42743
BANDS = """
3: 1s :coffee :coo :copper :fed :ftc :hotel :hq :lithium :luxury :port :toy :wind @abbott
  @advancements @aesthetics @ag @agm @airbnb @akamai @allergan @allocation @along @alzheimer
  @american_air @android @anthony @anyone @arabia @arc @argus @arr @arvinas @asco @australian
  @authorization @autodesk @availability @baird @bancshares @bandwidth @bayer @benzinga @bernie
  @biosciences @bj @bloomberg @bob @brazil @bridge @brief @c3.ai @cadence @call @cantor @carolina
  @channel @chemical @cheniere @chicago @citizens @cms @cohen @committee @connection @consulting
  @context @contributors @corner @crohn @curious @dalio @dave @davidson @delta @detractors @digital
  @ea @electronics @entergy @epidemiology @eric @evaluation @extreme @f1 @fabric @fantastic @feed
  @fidelity @fisher @fitness @flipkart @foresights @francisco @fubotv @fuelcell @gap_ @gift @gilead
  @gitlab @global @glw @halliburton @halo @happy @hers @hollywood @huawei @hunting @hut @hydrogen
  @i/o @iea @indiana @insilico @interactive @intrinsic @ios @j @jersey @kkr @kohl @kratos @kwikpen
  @league @legend @leo @lg @liquid @logic @logs @louisiana @lyme @mad @manus @map @matrix @maybe
  @metals @metastatic @miami @mike @mlb @modernization @modernize @money' @mortgage @mr @ms
  @munster @muse @n @nba @nbis @neocloud @northern @norwegian @ns @nscale @nu @nyc @o'neill
  @openclaw @optoelectronics @outperformance @overdone @pakistan @parker @participation @paul @pe
  @pete @pharmaceutical @pimco @platinum @ppi @precision @print @probably @quantinuum @quest @r&d
  @r2 @reconsider @reits @rh @robo @rural @safer @san @sanders @saylor @schneider @screaming
  @secretary @sentinelone @shack @siemens @singapore @size @sky @soccer @soxx @stellar @stephanie
  @suv @swiss @technology @tempus @tencent @theory @tigress @tom @totalenergies @tour @transfer
  @twilio @ulta @undervaluation @unity @upstream @usps @veeva @vegas @veritone @versant @vertex
  @vertical @viasat @virginia @voo @vp @wallstreetbets @watch @wirth @wish @workloads @xanadu @y
  @zeta accept admit advertiser affordability agenda alon am amend anniversary apart athlet baby
  beef behavior biopharma blood blow body bright brok broken buck burden capital cargo caught
  certification chart charter checkout clash classic clue collar colleg complicat confidential
  convinc count crucial cyclical daily department desktop destroy diabet domestic downsid easy
  economist education election eliminat emergency essential everyday execut exploration extra
  flagship flexibl fragil friend gallon generic genetic genius golf govern group he'd healthy hing
  hottest inflow inform inspir internal jitter joint known lineup linger lock machinery man
  manufacturer meat meme mental metavers modern multiyear mute nervous night nm notic operator
  orbit orbital overshadow paper pivotal political pool pose pretty previous prior private-credit
  progression prolong prostat proxy readiness rebuild reckon reclaim recognition refresh region
  regulat relationship relianc remov renewal repeat rescu researcher restor retain retatrutid
  revision ring s scar scenario semis sever several shrug skeptical skip slight smuggl sponsorship
  stabiliz stagflation stick stok stuck student swap sweep tag teas tight together traditional
  trillionair twist type unlike unprecedent upfront urgent wake waver young
4: :activist :addict :apparel :appeal :carmaker :defect :doj :download :exempt :farm :headset
  :letter :privacy :recall :rename :russia :sanction :shoe :talent :union @accenture @accurate
  @adidas @adj @affirm @affleck @africa @airbus @alaska @allbirds @alpha @amgen @amidst @analytics
  @angle @announces @applovin @archer @aristocrat @aristocrats @ark @artemis @asian @astera
  @astrazeneca @at&t @atlas @atlassian @automotive @avis @bae @bancorp @ben @benchmark @bessent
  @bio @biologics @biontech @blackwell @bmo @bms @boring @boston @bp @breakfast @brian @brilliant
  @bros @brown @brush @btig @business @bvnk @calendars @canadian @capitalone @caribbean @carnival
  @celebrates @centessa @champion @charter @chasing @chipotle @choice @chris @ciena @cio @clarity
  @coherent @communication @compelling @composite @conagra @conocophillips @consecutive @contender
  @conviction @couldn't @county @cpus @crypto @cuban @cy2026 @dan @dash @database @datadog @dear
  @deere @defensive @deserves @deutsche @dick @diversified @doordash @dr @dream @druckenmiller
  @dutch @dynamics @elite @elizabeth @elliott @epic @epstein @esg @espn @est @evaluating @fcc
  @ferrari @fi @fifa @figma @fist @florida @formula @forum @foundation @foxconn @france @gamestop
  @gary @gavin @gdp @gene @generational @gerber @gev @glp @gold @greed' @gsk @guggenheim @guyana
  @gw @halftime @hastings @heard @hegseth @hess @hill @hong @horizon @howmet @hp @hpe @hr @hubspot
  @humana @i've @ibd @ice @icotyde @ii @imax @immune @immunology @incredible @institutional
  @instruments @intelligent @intl @intuitive @invesco @ip @ishares @ives @james @jd @joby @jones @k
  @kalshi @kelonia @ken @keybanc @kind @kings @kong @kroger @la @lab @lam @latin @lebanon @levi
  @lifetime @linkedin @lock @london @lumentum @mac @marketplace @math @mccormick @mercadolibre
  @mexico @michigan @micro @microso @mideast @midstream @mind @mobile @mongodb @mrvl @muscle @mw
  @nasa @neo @newmont @newsom @nobody @nokia @novartis @nuscale @nvo @o @okta @operational @opinion
  @optimus @orchestration @organic @organon @oversold @overvalued @oxy @p/e @paloalto @paris @pass
  @passes @pc @pershing @peter @photonics @planet @poet @polymarket @qatar @qatarenergy @qqq @r
  @ray @raymond @realty @recognized @redefine @reed @regeneron @reit @reliable @rework @rigetti
  @riot @robert @robust @rock @roku @rotation @royal @rtx @rubin @rundown @russell @russia
  @saaspocalypse @sandler @sanofi @sap @saudi @schd @schwab @science @sciences @scientific @scott
  @segmentation @sheet @shopify @silver @siri @size/share @skhynix @skyrizi @snap_ @softbank
  @solana @sora @soundhound @south @speculation @spirit @spotify @spy @stability @stanley
  @statewide @stb @stellantis @stifel @stripe @sun @swot @synopsys @systems @tjx @tmobile @topline
  @toyota @tpu @tracker @treasuries @uae @uipath @ultra @unilever @united_air @universal
  @university @unpopular @valley @valneva @vera @verizon @vertiv @vice @viking @vistra @wall
  @warren @watchlist @wendy @west @wi @william @williams @wolfe @workday @workflow @world @xfinity
  @yen @yes @york @you'll @z @zoom @zoox @zscaler acceleration accelerator additional address
  adjust adopt advic affect affordabl age aggressiv amp announcement anti antibody anyway appear
  are area associat automat backdrop backlash bare beauty becam belong beneficiary bladder blam
  bolster border bottom breast broad broadband broaden brutal builder buy' candidat capitaliz
  captur career carry caus certain chanc chao chapter choos cite clock close collection collid com
  combination combo common complianc compound computer concentration confident contrarian contribut
  council creativ creator crowd crown cultur currency cyber damag dangerous de deck defend defin
  defy demonstrat deployment designation developer disclosur disput diverg divid division document
  doing door dose dot doubt drill drugmaker dual durabl each earlier eas eat edition effect
  efficacy else embrac empir employer engagement environment equal escalat escalation evidenc exact
  exist expensiv explosiv extension factor fallout fastest few fiber field fifth figur fill fit
  fleet flex flip floor foldabl foot footprint foreign fortun found fourth framework franchis
  freight frenzy front frontier fully fusion gave generat geopolitic gigawatt golden gone grab
  greater greatest green grip gross hand handl harder hate have haven haven't heart helium hide
  historical holder hundr hurdl iconic identity ignit import impress improvement independent
  inferenc inflection inhibitor initial intact interview item itself jobless landmark landscap
  larger later layer learn leg legacy lend lesson light lightn local location loyalty lung macro
  magic main mania mass match meal measur merchant met mid mile mini modest monetization moon music
  mutual myeloma narrow nation nationwid negativ newest newsletter nois notch odd off offshor onlin
  optic organization outcom overall overblown overlook pack parent period perk personal pharmacy
  physical pictur pioneer pitch pois powerhous practic prefer preliminary prescription press
  primary producer proof propel protection protein psoriasis pump quick rang rapid rattl reaction
  reaffirm recap recommend reduction reflect refocus regional registration reignit reinforc
  reinstat relief remark renewabl request reserv resourc respond respons rethink revers revisit
  richer rip road roadmap roar roll rough royalty rumor rush safest school seat seed seem self
  seller sens serious serv shak shin shouldn't shovel showdown side sight sit skill skin slat sleep
  smaller smarter snack soft softer solv sound sourc sovereign spr spre spread stabl stack stark
  station status steam steer storm strain stress stretch structur structural studio stun successful
  sudden suffer supercharg sure survey surviv survival sustainability tabl tackl territory them
  thesis thriv tick ticker ticket tied tier timelin tip token told touch traction transaction
  transportation treat true turmoil ultimat uncertain underestimat unemployment unify usag valuabl
  viral visibility voic volatil vow wallet warehous weather weekend welcom went whol wide widen
  wider wild windfall woe women word worldwid worsen wrap yesterday you're zero
5: :airline :battery :chatbot :climate :cruise :drone :export :fine :finish :fraud :germany
  :glasses :hearing :injury :israel :korea :medicare :mortgage :patent :rail :realestate :relocate
  :sec :senate :solar :subsidy :taiwan :truck :withdraw @ackman @amt @apd @apollo @apy @arista
  @asml @assumptions @ast @australia @b @bestbuy @bitcoin @black @blackstone @block_ @blowout @blue
  @blueowl @brainer @burry @buzz @byd @bytedance @c @cagr @cd @celestica @celsius @chart @charts
  @chase @chemicals @circle @cloudflare @coinbase @constellation @corning @covid @cowen @credo
  @crowdstrike @cup @cvs @d @d'amaro @david @day @delta_air @desk @discretionary @ebay @ecosystem
  @evercore @f @fedex @fsd @g @gas @germany @gevernova @gm @gtc @gulf @hims @hon @hsbc
  @incorporated @intuit @ionq @iren @isi @israel @jeff @jefferies @josh @kevin @keytruda @korea
  @lin @lockheed @lowe @lse @lucid @lululemon @m&a @max @medical @mizuho @moderna @mythos @nee @nfl
  @nio @norfolk @north @oklo @oppenheimer @pacific @participate @passive @paypal @piper @prime @pro
  @profitable @reassess @reddit @reframe @rich @risky @robinhood @roche @rocketlab @ross @roundup
  @saas @sam @seagate @series @shell @smartest @snowflake @sofi @spacemobile @squawk @starbucks
  @steve @t @taiwan @target_ @td @tech @telecom @terns @ternus @truist @tv @unp @unstoppable @ups
  @usd @venezuela @warsh @we're @western @workflows @xai @y/y @you'd @ytd account achiev action
  adult advantag advisory aid alleg almost alternativ answer any aren't arriv ask attract
  automation availabl averag aviation await away backlog bad bargain barrel bearish beaten believ
  billion blockad blockchain blunt bold both brac breakout breakthrough budget buildout burger burn
  buyer campaign capability catch cell changer cheaper city class clean clinical closer code
  comment commitment commodity community confidenc confirm connect connectivity corporat correction
  country cover crack critical cross current cycl date deadlin declar deeper deploy detail devic
  didn't different digit direct disrupt dog dominanc dominat done drag e e-commerce earth
  efficiency effort enabl enhanc enough entertainment entir entry equipment ethereum everyon evolv
  ex excit execution fade fami faster favor federal feel fintech flash flat flight fly fold forc
  form forward gainer gear geopolitical governanc grad grid ground half hardwar hasn't headlin
  heavi heavy hedg her hidden highest hint host human hype hyperscaler impressiv initiat initiativ
  integrat intelligenc intensify interest intraday label lean leas least let leverag littl logistic
  longer lot lunch machin manag manager many me menu million millionair minut mission mistak moat
  monitor monster most mount multipl national nativ navigat net non noth offic official offset once
  ongo operat optical optimistic oral owner pace packag paid pain panic park party path peak peer
  perfect perform persist pile plac playbook plug plus podcast policy popular possibl powerful
  priority process productivity profil progress protect prov provider public ramp rank re react
  read reality receiv relat renew replac requir resilienc resilient retire revis revolution rippl
  robotaxis room screen season secret segment select semi senior server setup sharp shi showcas
  significant singl slam snap someth speed spot spotlight squeez stall stand standard stapl star
  step storag straight stronger struggl styl suggest summer super supercycl sustain sustainabl
  swing switch tailwind takeaway technical thank they're third thousand tighten titan tokeniz
  tomorrow total tough tout traffic train transform transformation transparency trap trigger
  trillion troubl try unlock unusual upcom urge used using ventur veteran video virtual vision vote
  water way weight whether within wors zone
6: :antitrust :attack :bankrupt :chairman :charge :death :debut_ :discover :done :drink :fail :fee
  :founder :gold :hack :hedgefund :hire :india :insider :insurer :japan :mine :missile :movie
  :nuclear :outage :phone :plane :recession :refund :restaurant :satellite :search :ship :short
  :split :streaming :strike :subscription :tax :teen :travel :vaccine :visit @aerospace @alibaba
  @amex @arm @asia @ba @barclays @bernstein @blog @bloom @california @canada @cathie @cerebras
  @club @communications @cpu @daily @dell @dominion @ford @forget @foundayo @gen @general
  @globalstar @hd @i'd @i'm @ibm @india @inflation @j.p @japan @john @king @labs @linde @ma @mag
  @magnificent @materials @michael @morgan @morning @open @paramount @pharmaceuticals @qualcomm
  @rbc @rivian @samsung @sandisk @street @supermicro @terafab @treasury @uber @vanguard @wedbush
  @wellsfargo @whale @wholesale @wood @x @xi @xrp abov activ activity actual adoption already
  ambition apply attention attractiv avoid balanc base battl bear behind below bigger biotech
  broader bubbl can't capacity catalyst cautious center claim commerc compar competitiv content
  control core creat credit crisis custom cybersecurity debat deep design development discount
  diseas doesn't draw due early economic emerg engin enter era event ever every everyth exchang
  experienc expert explain exposur fair fan far favorit fiscal fix flow forever former free fresh
  full fundamental further generation give government great happen hard headwind heat history hot
  hour huge idea ignor important improv includ information innovativ insid insight instead
  integration internet issu larg largest led legal less level life line link load loom loser love
  maker mark matter mega messag metric midday moment mover never number officer old operation
  optimism part past patient peopl pivot player premarket premium privat problem promis prospect
  provid quality radar rare ready red reiterat reported rest reward ride role round same save
  second seen send sentiment shap shock small smart solid soon spark sport stag stat streak team
  tell tension threat threaten tie tool toward transition trust uncertainty undervalu updat use
  utility v very volatility volum wave weakness wealth well without won't worst wrong yet
7: :accident :billionaire :bitcoin :break :buyback :car :ceasefire :cfo :close :court :crypto
  :delay :director :downgrade :explosion :fda :food :game :home :initiate :law :lawsuit_ :lose
  :loss :low :margin :memory :merger_ :model :peace :pentagon :privatecredit :probe :quantum
  :regulator :restart :restructure :reveal :robot :robotaxi :rocket :rule_ :safety :settle
  :shortage :stablecoin :startup :tariff :uk :whitehouse @afternoon @air @blackrock @citi @cnbc
  @comcast @coreweave @east @fed @gamble @ge @honeywell @jnj @marvell @middle @morganstanley
  @nebius @nextera @novo @nyse @oil @palantir @pg @phase @summary @texas @therapeutics @thermo
  @tower @transcript @tsmc @ubs @uk @unionpacific @usa @warner @zacks access across again against
  ago analysis annual another around assess asset becom bell benefit beyond brand bring bull card
  care case cheap check come comput concern conferenc decad deepen defens digital dollar don't
  driven economy edge extend fact fast fear featur file find firm follow gap health healthcar help
  hope impact industrial infrastructur innovation international isn't join last look massiv media
  money multi my narrativ network only option own payment performanc pharma pipelin position post
  pre present pressur preview question quiet race reach remain research reset reshap return review
  run scal security servic set shareholder sign signal social solution some stay strategic strength
  support system take thing think through track trader turn unit winner worry
8: :ads :agent :approve :bank :build :cancer :cap :cloud :consumer :deliver :eu :ev :fuel :gas
  :index :inflation :layoff :meeting :obesity :offer :offering :order :pay :recover :reject
  :spending :start :strait :success :sue :supply :upgrade :verdict @abbvie @adobe @anthropic
  @berkshire @boeing @capital @caterpillar @chevron @cisco @cocacola @corporation @costco @disney
  @elon @eu @exxon @homedepot @johnson @mastercard @mcdonalds @merck @micron @nasdaq_ @nike
  @pepsico @pfizer @salesforce @servicenow @unitedhealth @visa add all better biggest boom bullish
  business cash chang company continu data day despit driv enterpris expansion face final financial
  first focus get giant going good industry keep key late lead like live long maintain major mean
  mix momentum month much new no open opportunity other platform play point portfolio potential
  product put real reason recent report sector session show strategy technology term too trend
  upsid watch world yield
9: :appoint :china :cost :customer :datacenter :debt :demand :dividend :drug :executive :hold :ipo
  :miss :plant :rate :rating :record :resign :retailer :rival :software :stake :stop :trial :war
  :warn :win :worker @amd @bofa @broadcom @china @cramer @dow @goldman @intel @jim @jpmorgan @lilly
  @microsoft @musk @netflix @openai @oracle @spacex @spx @trump @walmart ahead announc best bet
  call futur global high highlight hit know move need next push right risk shift story strong tech
  time week
10: :analyst :ceo :chip :energy :fund_ :iran :launch :oil :plan :price :produce :revenue :sell
  :talks :target :usa :valuation @alphabet @amazon @apple @iran @meta @nvidia @tesla say trad year
11: :beat :deal :guidance :invest :profit :results market
12: :ai :buy :down
13: :share :up
"""
