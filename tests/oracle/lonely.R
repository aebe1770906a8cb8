# One PSU in a stratum: every policy, with and without population sizes.
x <- data("survey", "lonely.csv")
for (fpc in c("fpc", "nofpc")) for (domain in c(FALSE, TRUE)) for (policy in c("adjust", "average", "certainty", "remove")) {
  options(survey.lonely.psu = policy, survey.adjust.domain.lonely = domain)
  d <- if (fpc == "fpc") svydesign(ids = ~id, strata = ~st, weights = ~w, fpc = ~N, data = x) else
    svydesign(ids = ~id, strata = ~st, weights = ~w, data = x)
  case <- function(what) paste("lonely", policy, fpc, if (domain) "domain" else "design", what)
  value <- function(what, s) {
    say(case(what), "estimate", as.numeric(coef(s)))
    say(case(what), "se", as.numeric(SE(s)))
  }
  value("mean", svymean(~y, d))
  # survey 4.1 measures a lonely PSU from 0, not from the mean of all PSUs as its manual says; 4.5 does as it says.
  if (old && policy == "adjust") skip(case("total"), "survey before 4.5 centres a lonely PSU at 0") else
    value("total", svytotal(~y, d))
  value("by", suppressWarnings(svyby(~y, ~dom, d, svymean)))
}
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)
