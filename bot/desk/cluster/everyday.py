"""
Which words are no names, though a headline in title case writes them like one?

Stems of words seen in lower case, counted by seeds/clustering/count.py.
"""

from __future__ import annotations

from bot.desk.cluster.small import listed

EVERYDAY = frozenset(
    listed(
        """
        1 1s a a16z aahu ability' able about abov abrupt acceleration accelerator accept access
        account achiev across action activ activity actor actual add additional address adjust
        admin admit adopt adoption adult advantag advertiser advic advis advisory advocat affect
        afford affordability affordabl after again against age agenda agentic' aggressiv ago
        agonist agreed ahead aid ain't airport aisl algorithm aliv all alleg alleged alleviat
        allocat almost alon alongsid already alternativ alum am ambition ambitious amend amid
        amivantamab among amount amplify an analog analysis and animat animation anniversary
        announc announcement annual another answer anti antibody anticipation anxiety any anymor
        anyway apart apology app' appear applicant apply appreciat are area aren't arena argu
        around arriv arthritis artificial as asid ask assess asset assistanc associat at athleisur
        athlet atopic attempt attention attorney attract attraction attractiv auction audienc
        autoimmun automat automation availabl averag aviation avoid await away away' baby backdrop
        backfir backlash backlog bad balanc balk bare bargain barrel base batch batter battl be
        bear bearish beaten beautiful beauty becam becaus becom beef been befor beg behavior behind
        being believ bell bellwether belong belov below beneficiary benefit best bet better bettor
        between beyond big bigger biggest billion bind biopharma biotech bite biz bladder blam blew
        blindsid blockad blockchain blood blow blunt body bold bolster boom border bot both bottom
        boutiqu box boycott brac brand breakdown breakout breakthrough breast breath brew bright
        bring brink broad broadband broadcast broadcaster broaden broader brok broken bruis brunt
        brutal bubbl buck budget builder buildout bull bullish bumper burden burger burn burrito
        busiest business bust busy but buy' buyer by bypass cabl call calm campaign can can't
        canary candidat candy cannot capability capacity capitaliz captur card cardiometabolic
        cardiovascular cardmember care career cargo carry cartel case cash cast catalyst
        catastrophic catch caught caus cautious ceil celebrity cell cement cent center centr
        century cereal certain certainty certification chanc chang changer chao chapter character
        charity charter cheap cheaper check checkout chicken chill chokepoint choos chunk churn
        circular cite city claim clash class classic clean cliff clinical clock close closer clue
        coal coalition code coercion cohort cold collab collar colleagu collection colleg collid
        color com combat combination combo come come' comfortabl comment commerc commercialization
        commitment commodity common community companion company compar comparabl compelling'
        competitiv complianc complicat component compound comput computer concentration concern
        condition conferenc confidenc confident confidential confirm confirmation confus confusion
        connect connectivity consensus consequenc consolidation constraint contagion contempt
        content continu contractor contrarian contribut contribution control controversial
        conversion convert convertibl convinc core corporat correction could council count
        countdown counter country coupl cours courtroom cover cow crack crackdown craz crazy cream
        creat creativ creator credibility credit crew criminal crisis critical criticis criticism
        cross crowd crown crucial cultur currency current custom cyber cybersecurity cycl cyclical
        damag dampen danger dangerous dark data date day de deadlin dealmak debank debat debit
        decad decid decisiv deck declar dedicat deep deepen deeper defeat defenc defend defens
        defensive' defin defy delegation demonstrat dent department dependenc dependent deploy
        deployment derail dermatitis design designation desktop despit destination destroy detail
        dev developer development devic diabet did didn't diesel differ different differentiated'
        digest digit digital direct direction disagre disappear disaster disciplin disclosur
        discount diseas disorder displac disput disrupt district diverg divergenc divid division
        divorc do document documentary doe doesn't dog doing dollar domestic dominanc dominant
        dominat don't donat donation done door dose dot dotcom doubt down' downplay downsid
        downstream dozen drag draw drill driv driven drugmaker dual due durabl dure dust e
        e-commerce each earlier early earner earth eas easy eat ebb economic economist economy edge
        edit edition education effect efficacy efficiency effort election eligibl eliminat else
        elsewher email embrac emerg emergency empir employer employment enabl endur enforcement
        engagement engin enhanc enough enter enterpris entertainment entir entire entrepreneur
        entry environment envision equal equipment equivalent era escalat escalation escap escort
        essential estat ethereum euro evasion even event ever every everyday everyon everyth
        evidenc evolv ex exact exam exampl exchang excit excitement exclusiv exclusive exclusivity
        execut execution exercis exist existential exodus expansion expensiv experienc experimental
        expert expir expiry explain exploit exploration explosiv exposur extend extension extra
        extreme eyed face fact factor fade fair fake fallout fals fami fan far fare fast faster
        fastest father favor favorabl favorit fear feast featur federal feel fend feud few fewer
        fiber field fifth figur file fill filmmak final financial find finger fintech firm first
        fiscal fit five fix flagship flash flat flavor fleet flex flexibl flight flip flood floor
        flow fly flyby focus fold foldabl follow foot foothold footprint for forc foreign forever
        form format former fortun forward found fountain four fourth fragil fragility framework
        franchis franchise free freeway freight frenzy fresh friction friend from front frontier
        frothy frustrat frustration fulfillment full fully function fundamental fundrais further
        fusion futur gainer gallon gamer gap garag gather gave gear generat generation generativ
        generic genetic genius geopolitic geopolitical get giant gigawatt gilt give given global go
        goe going golden golf gone good got gotten goug govern governanc government grab grad
        graduat grappl great greater greatest green grid grill grim grip grocer gross ground group
        gut guy gym habit had hail hair half hamper hand handl hang hantavirus happen hard harden
        harder hardwar harm harmful harsh has hasn't hate haul have haven haven't he he'd headach
        headlin headwind health healthcar healthier healthy heart heat heavi heavy hedg height held
        helicopter helium help her hidden hide high highest highlight him himself hing hint his
        historical history hit holder hole holiday homeowner homeownership hope host hot hotter
        hottest hour how huge human hundr hungry hurdl hustl hybrid hydration hype hyperscaler i3
        iconic icotrokinra idea identify identity if ignit ignor illegal illustrat immens
        immunotherapy impact import important impress impressiv improv improvement in in' inch
        includ independent indicat indicator industrial industry inequality infectious inferenc
        inflat inflection inflow influential inform information infrastructur infringement
        ingredient inhibitor initial initiat initiativ injectabl injunction inn innovation
        innovativ insid insight insist inspir instead intact integrat integration intelligenc
        intensify interest interim intermodal intern internal international internet intervention
        interview into intraday invent invok involv is isn't issu it it'll item its itself jaw
        jitter jobless join joint jolt juic junior just keep key keystrok kiosk know known label
        laid landmark landscap laptop larg large larger largest last late later latest lawyer lay
        layer lbkz lead lean learn leas least lebrikizumab led leg legacy legal legaltech lend less
        lesson let leukemia level leverag life light lightn like line linear lineup linger link lit
        littl live liver load lobby local location locomotiv logistic logo loneliness long longer
        longtim look loom loosen loser lot loung love loyalty lunch lung lupus lying machin
        machinery macro madness magic main maintain major maker man manag manager mania
        manufacturer many mark market markup mass massiv massive match matter may mayhem me meal
        mean meaningful meant measur meat media mega megacap melanoma meme memo mental menu
        merchant mess messag met metavers metric microbiology mid midday midterm might mile milk
        million millionair mindset mini minister minut mire mission mistak mix moat mode moderat
        moderate modern modest mogul moment moment' momentum monetization money monitor monster
        month moon moral more most mother mount move mover much multi multibillion multicloud
        multipl multiyear murky music must mute mutual my myeloma narrativ narrow nation national
        nationwid nativ natural navigat necessary need negativ negligent negotiator neighbor
        nervous net network neuroscienc never new newer newest newsletter next night nightmar
        nipocalimab no nois nomine non none norm' normal normaliz not notabl notch noth notic now
        number observability obsess obsession odd of off offic officer official offset offshor
        often old ominous on once one ongo onlin only onto open operat operation operator
        opportunity opportunity' opposition optic optical optimism optimistic option or oral orbit
        orbital orforglipron organization other our out out' outcom outdat outdoor outlet outlin
        outrun outsid outsiz outsourc outweigh over overall overblown overcom overhang overheat
        overlook overshadow overstat own owner oxygen pace pack packag page paid pain painful pair
        pancreatic pandemic panic paper paradigm parcel parent park part partial particular party
        passag past patch path patienc patient pave payday payment payroll peak peer peopl peptid
        per perfect perfection perform performanc period perk permanent persist personal
        pessimistic pet pharma pharmacy philanthropist physical pickup pictur pile pinch pioneer
        pipelin pitch pivot pivotal plac placement plaqu platform play playbook player pleas pledg
        plug plus podcast point pois policy politic political pool poor popular portfolio pose
        position possib possibl post potential powerful powerhous practic pre prebiotic prefer
        preliminary premarket premium prescription present preserv press pressur pretty prevention
        preview previous primary prior priority privat private-credit priz problem process
        procurement producer product productivity professional profil programm progress progression
        progressiv prolong promis prompt proof propel prosecutor prospect prostat protect
        protection protein prov proven provid provider proxy psoriasis psoriatic psychedelic public
        publisher pump punch pure pursu push put quality question quick quiet race radar radical
        rage ramp rang rank rapid rare rather rattl raw re reach react reaction read readiness
        readout ready reaffirm real realistic reality reason reassessment reassign rebat reboot
        rebuild recap receiv recent reckon reclaim recognition recommend red redesign reduction
        reel reevaluat refil refill refinanc reflect refocus refranchis refresh refuel region
        regional registration regulat reign reignit rein reinforc reinstat reinvent reinvention
        reiterat relaps relat relationship relevant relianc reliant relief remain remark remarkabl
        remarkable' remember' remodel remov removal renew renewabl renewal rent repeat replac
        replacement replenishment report reported represent request requir requirement rescu
        research researcher reserv reset reshap resident resilienc resilient resourc respiratory
        respond respons responsibl rest restor restriction retain retaliation retatrutid rethink
        retire return revers review revis revision revisit revolution reward rewir richer richest
        ride rider rideshar rig right ring rip rippl risk rivalry road roadmap roadsid roar
        robotaxis rocky role roll room room' root rough round royalty ruin rumor run rush s safest
        said same sampl sauc save saw say scal scar scenario school scrambl screen sea season seat
        second secondary secret sector security seed seeker seem seen segment seiz select selection
        selectiv self seller semi semis send senior sens sent sentiment sequential serious serv
        server servic session set setup seven sever several severanc shadow shak shap shareholder
        sharp she shi shift shin shock shoemaker should shouldn't shovel show showcas showdown
        shrug shuffl side sidelin sight sign signal significant significant' similar simpl simpler
        simulation sinc singl sit situation six skeptical skepticism skill skin skip slam slat
        sleep slight small smaller smart smarter smuggl snack snap so social soft soften softer
        solid solution solv some someth sometim soon sooner sound sour sourc sovereign spark
        specialist spectrum speech speed spell spent spill spinout sponsorship sport spot spot'
        spotlight spr spre spread spy squeez stabiliz stabl stack stag stagflation stall stanc
        stand standalon standard stapl star stark starter stat statement station status stay steam
        steer step stick still stimulus stir stok stol storag storm storm' story str straight
        strain strategic strategy streak streamlin strength stress stretch stretched' strong
        stronger struck structur structural struggl stuck student studio stun styl sub submit
        successful sudden suffer suggest sum summer super supercharg supercomputer supercycl
        superintelligenc superior supermarket superstar supervis supplement support sure surgery
        surgical surrender surveillanc survey surviv survival sustain sustainability sustainabl
        swap sweep swifter swing switch symbol sympathy system systemic tabl tackl tag tailwind
        take takeaway taken tape taught taxpayer teacher team teas tech technical technology
        teclistamab tell temporary tens tension tepid term territory than thank that the theft
        their them then ther thes thesis they they'd they'll they're thing think third this thos
        though thought thousand thre threat threaten thriv through throughout throw tick ticker
        ticket tie tied tier tight tighten tightness time timelin tiny tip titan to today together
        token tokeniz told tomorrow tone too took tool total touch tough tougher tournament tout
        toward town track tract traction trad trader traditional traffic train transaction
        transform transformation transit transition transparency transport transportation trap
        treat trend trigger trillion trillionair trio troubl true trust try turmoil turn tweak
        twist two type ultimat ultimatum uncertain uncertainty uncomfortabl unconditional under
        underappreciat undercut underestimat undergo underpin underpric underscor undervalu
        undisclos unemployment unexpect unexpected unify unit unknown unlawful unless unlike unlock
        unprecedent until unusual unwind up' upcom updat upfront upfront' ups upsid urg urge
        urgency urgent usag use used usership usher using utility v vacation validat validation
        valuabl vendor ventur verg version versus very vet veteran via vibe victim video villain
        violat violation violenc viral virtual visibility vision vital vivo voic volatil volatility
        volum voluntary vote vow vs vulnerability vulnerabl wake wallet warehous warm warship
        wartim wary was wast watch water wave waver way we we'll weaker weakness wealth wealthy
        weather websit week weekend weight welcom well wellness went were what wheel when wher
        whether which whil whipsaw whistleblower who whol why wide widen wider wild will windfall
        winner wipe wireless with within without witness woe woke' women won't word workplac world
        worldwid worrisom worry wors worsen worst would wrap wrapper writ wrong y/y year yesterday
        yet yield you you're young your yourself zero zone
        """
    )
)
