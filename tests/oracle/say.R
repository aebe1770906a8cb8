# What the scripts of this folder share: the data, and how a value is said: case, field, numbers of 17 digits.
suppressPackageStartupMessages(library(survey))
options(digits = 17, warn = 1, survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

# Small numbers as read.csv gives them: one path for all, the folder of reference files.
reference <- commandArgs(TRUE)[1]
data <- function(folder, name) read.csv(file.path(reference, folder, name))

say <- function(case, field, x)
  cat(case, field, paste(ifelse(is.finite(x), sprintf("%.17g", x), "NA"), collapse = " "), sep = "\t", fill = FALSE, "\n")

# What this version of survey computes otherwise than the one the reference answers were made with (4.5).
skip <- function(case, why) cat(case, "skip", why, sep = "\t", fill = FALSE, "\n")
old <- packageVersion("survey") < "4.5"

# An estimate: value, standard error, t interval on df, covariance row by row.
estimate <- function(case, s, df, interval = TRUE, covariance = TRUE) {
  say(case, "estimate", as.numeric(coef(s)))
  say(case, "se", as.numeric(SE(s)))
  if (interval) {
    ci <- matrix(confint(s, df = df), ncol = 2)
    say(case, "low", ci[, 1])
    say(case, "high", ci[, 2])
  }
  if (!covariance) return(invisible())
  v <- as.matrix(vcov(s))
  if (nrow(v) == length(coef(s))) say(case, "vcov", as.numeric(t(v)))
}

designs <- function() {
  srs <- data("survey", "apisrs.csv")
  strat <- data("survey", "apistrat.csv")
  clus1 <- data("survey", "apiclus1.csv")
  clus2 <- data("survey", "apiclus2.csv")
  list(srs = svydesign(ids = ~1, fpc = ~fpc, weights = ~pw, data = srs),
       strat = svydesign(ids = ~1, strata = ~stype, fpc = ~fpc, weights = ~pw, data = strat),
       clus1 = svydesign(ids = ~dnum, fpc = ~fpc, weights = ~pw, data = clus1),
       clus2 = svydesign(ids = ~dnum + snum, fpc = ~fpc1 + fpc2, data = clus2),
       clus2_wr = svydesign(ids = ~dnum, weights = ~pw, data = clus2),
       strat_nofpc = svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = strat))
}
