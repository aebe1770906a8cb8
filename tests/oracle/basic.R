# Means, totals, ratios, domains, shares, quantiles, tests under the designs of the api data.
share_interval <- function(case, design, method) {
  s <- svyciprop(~I(sch.wide == "Yes"), design, method = method, df = degf(design))
  say(case, "estimate", as.numeric(s))
  say(case, "low", attr(s, "ci")[[1]])
  say(case, "high", attr(s, "ci")[[2]])
}

quantiles <- function(case, design, rule) {
  q <- svyquantile(~api00, design, c(0.25, 0.5, 0.75), qrule = rule, interval.type = "mean", ci = TRUE)[[1]]
  say(case, "estimate", q[, 1])
  say(case, "low", q[, 2])
  say(case, "high", q[, 3])
}

difference <- function(case, design) {
  t <- svyttest(api00 ~ sch.wide, design)
  say(case, "estimate", t$estimate)
  say(case, "t", t$statistic)
  say(case, "df", t$parameter)
  say(case, "p_two", t$p.value)
}

for (name in names(designs())) {
  d <- designs()[[name]]
  df <- degf(d)
  case <- function(what) paste("basic", name, what)
  say(case("design"), "df", df)
  say(case("design"), "sum_w", sum(weights(d)))
  estimate(case("mean"), svymean(~api00 + api99 + enroll, d, na.rm = TRUE), df)
  m <- svymean(~api00, d, deff = "replace")
  say(case("deff"), "deff", as.numeric(deff(m)))
  say(case("deff without replacement"), "deff", as.numeric(deff(svymean(~api00, d, deff = TRUE))))
  estimate(case("total"), svytotal(~enroll, d, na.rm = TRUE), df)
  estimate(case("ratio"), svyratio(~api00, ~api99, d), df)
  estimate(case("by"), svyby(~api00, ~stype, d, svymean, covmat = TRUE), df)
  by2 <- svyby(~api00, ~stype + sch.wide, d, svymean)
  estimate(case("by two"), by2, df, covariance = FALSE)
  estimate(case("where"), svymean(~api00, subset(d, stype == "E")), df)
  for (method in c("mean", "xlogit", "beta", "asin")) share_interval(case(paste("share", method)), d, method)
  for (rule in c("math", "school", "hf7")) quantiles(case(paste("quantile", rule)), d, rule)
  difference(case("ttest"), d)
}
