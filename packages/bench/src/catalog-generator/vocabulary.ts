/** Splits a block of words at white space. */
function wordsOf(block: string): readonly string[] {
  return block.trim().split(/\s+/);
}

/** Business areas: the first part of a name. */
export const areas = wordsOf(`
  accounts advertising analytics billing bookings catalogue checkout claims consent delivery fraud identity
  inventory invoicing ledger loyalty media messaging onboarding payouts pricing profile quotas returns
  routing search subscriptions support
`);

/** What a component is: the second part of its name. */
export const roles = wordsOf(`
  adapter aggregator archiver cache console dispatcher exporter gateway importer indexer matcher monitor
  notifier planner poller proxy recorder renderer reporter resolver scheduler scorer stream validator worker
`);

/** Tags of entities. */
export const tags = wordsOf(`
  batch edge event-driven experimental gdpr go grpc internal java kafka kotlin pci public python rest rust
  tier-1 tier-2 tier-3 typescript
`);

/** Given names of users. */
export const givenNames = wordsOf(`
  ada amir anouk bo carla chidi dana elif emil fatou gil hana ivo jun kofi lena mara nils ona priya quim
  rosa sami tove uri vera wanda yuki zain
`);

/** Family names of users. */
export const familyNames = wordsOf(`
  abe acheampong alvarez baker bjork castro costa demir dubois farah fischer garcia haddad ibsen jansen kaya
  kim larsen mori novak okoye park rossi silva tanaka ueda varga weber yilmaz zhou
`);

/** Words of descriptions. The generator draws the first ones far more often than the last. */
export const descriptionWords = wordsOf(`
  abandon accept access account accrue acknowledge acquire activate adapter adjust admin advance affiliate
  agent aggregate agreement alert alias allocate allowance amend amount analyse anchor announce annual
  answer appeal append applicant approve archive arrange arrears article assert asset assign async attach
  attempt attribute auction audience audit authorise autofill available average award backfill backlog
  backup balance banner bargain barrier basket batch beacon benefit billing binary binding blocklist board
  booking border borrow boundary branch brand bridge briefing broadcast broker browse bucket budget buffer
  bulletin bundle business buyer calendar calibrate campaign cancel candidate capacity capture cargo
  carrier cart cascade cashback catalogue category caution census certificate chain challenge channel
  charge charter checkpoint checksum circuit claim classify clause cleanup clearing client clock cluster
  coach cohort collateral collect column combine command comment commission compact compare compensate
  compile complaint compliance compose compress compute concern confirm conflict connect consent
  consignment consumer contact container contract contribute convert cookie copy corridor counter coupon
  courier coverage crawler create credential credit crisis criteria currency cursor custody customer
  cutover cycle daily dashboard dataset deadline debit decide declare decline decode default defer
  delegate delivery demand denied deposit depot derive descriptor desk detect device diagnose digest
  direct disable discount discover dispatch display dispute distribute dividend document domain donation
  download draft drift duplicate duration duty eager earnings edition editor effect elastic eligible email
  embargo embed emergency emit employee empty enable encode encrypt endorse endpoint engine enrich enrol
  ensure entity envelope equity error escalate escrow estimate evaluate event evidence exact examine
  exception exchange exclude execute exempt expense expire explain export exposure extend extract facet
  factor failover fallback feature federate feedback fetch field filing filter finance fingerprint
  firewall fiscal fixture flag fleet flow folder follow footprint forecast foreign format forward fraction
  framework franchise freeze freight frequency fulfil function funding fuzzy gallery gather gauge generate
  gesture global goods govern grace grant graph group guarantee guard guest guide handle handover harvest
  hazard header health hedge heuristic hierarchy highlight history holder holiday hosting hotfix household
  hybrid identify idle image impact import inbox incentive incident include income index indicator
  industry inherit initiate inquiry insight inspect install instalment instruct insurance intake integrate
  intent interest internal interval invite invoice isolate issue item iterate itinerary journal journey
  judge juncture justify kernel keyword label landing language latency launch layout lease ledger legacy
  legal lender leverage liability licence limit lineage liquid listing litigate loader locale locate
  lookup loyalty machine mailbox maintain mandate manifest manual margin market master matching maturity
  measure member memo merchant merge message metadata meter method migrate milestone mirror mobile model
  monitor mortgage movement multiply narrative native navigate negotiate network nightly nominate
  normalise notice notify novice number obligation observe obsolete occupy offer offline offset onboard
  operate opinion optimise option orchestrate order organise origin outage outbound outcome outlet output
  overdraft overlap override owner package page palette panel parcel parse partition partner passage patch
  pathway pattern payer payload payment payroll penalty pending pension percent perform period permit
  persist phase pickup pilot pipeline pivot placement planner platform pledge pointer policy portal
  portfolio position posting precision predict prefer premium prepare present preserve prevent preview
  pricing primary printer priority privacy probe process procure product profile program project promise
  promote proof propose prospect protect protocol prove provision publish purchase purge quality quantity
  quarter query queue quota quote ranking rapid rating readable rebate rebuild receipt recent recipient
  recommend reconcile record recover redeem redirect reduce refer refresh refund region register regulate
  reject release remedy remind remote render renew repair repeat replace replay reply report request
  reserve resolve resource respond restore restrict result retail retain retire retry return revenue
  reverse review revise revoke reward rollout rotate route routine royalty safety salary sample sanction
  satisfy schedule schema score screening script search season secure segment select seller sensor
  sequence series serve session settle severity shadow shareholder shelf shipment shortfall signal
  signature simulate snapshot solicit source spending sponsor spread stable staging standard statement
  station status steward storage strategy stream structure submit subscribe subsidy summary supervise
  supplier support surcharge surplus survey suspend symbol synchronise syndicate tariff target taxonomy
  telemetry template tenant terminal territory threshold throttle ticket timeline token tolerance topic
  total tracking trading transfer transform transit translate treasury trend trial trigger trust turnover
  unify update upgrade upload urgent usage utility validate valuation vault vendor venture verify version
  viewer visible visitor volume voucher waiver wallet warehouse warning warrant webhook weekly weight
  widget window withdraw workflow workload worth wrapper yearly yield zone
`);
