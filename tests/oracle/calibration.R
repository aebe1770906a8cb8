# Weights brought to totals, and the errors that come of them.  rake() regresses without weights, calibrate() with
# them (METHODS 3 follows the latter), so raking here is calibrate(calfun = "raking") on the margins.
stype <- c(E = 4421, H = 755, M = 1018)
wide <- c(No = 1072, Yes = 5122)
api99 <- c("(Intercept)" = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
d <- designs()
frame <- function(name, target) setNames(data.frame(names(target), as.numeric(target)), c(name, "Freq"))
table_of <- function(name, target) xtabs(as.formula(paste("Freq ~", name)), frame(name, target))

results <- function(name, design) {
  case <- function(what) paste("calibration", name, what)
  df <- degf(design)
  say(case("weights"), "weights", as.numeric(weights(design)))
  estimate(case("mean"), svymean(~api00, design), df)
  estimate(case("total"), svytotal(~enroll, design, na.rm = TRUE), df)
  estimate(case("ratio"), svyratio(~api.stu, ~enroll, design, na.rm = TRUE), df)
  # svyby(covmat = TRUE) cannot do calibrated designs in every version of survey.
  estimate(case("by"), svyby(~api00, ~stype, design, svymean), df, covariance = FALSE)
}

results("poststratify", postStratify(d$clus1, ~stype, frame("stype", stype)))
results("rake", calibrate(d$clus1, list(~stype, ~sch.wide), list(table_of("stype", stype), table_of("sch.wide", wide)),
                          calfun = "raking", epsilon = 1e-12, maxit = 500))
# The weights of rake() itself, brought to an end.
tight <- rake(d$clus1, list(~stype, ~sch.wide), list(frame("stype", stype), frame("sch.wide", wide)),
              control = list(maxit = 10000, epsilon = 1e-13))
say("calibration rake() weights", "weights", as.numeric(weights(tight)))
results("linear", calibrate(d$clus1, ~stype + api99, api99))
results("linear two stages", calibrate(d$clus2, ~stype + api99, api99))
results("raking", calibrate(d$clus1, ~stype + api99, api99, calfun = "raking", epsilon = 1e-12, maxit = 500))
results("logit", calibrate(d$clus1, ~stype + api99, api99, calfun = "logit", bounds = c(0.5, 2.5), epsilon = 1e-12,
                           maxit = 500))
results("bounded", calibrate(d$strat, ~api99 + sch.wide, c("(Intercept)" = 6194, api99 = 3914069, sch.wideYes = 5122),
                             bounds = c(0.9, 1.1), epsilon = 1e-12, maxit = 500))
linear <- calibrate(d$clus1, ~stype + api99, api99)
results("trimmed", trimWeights(linear, lower = 25, upper = 60))
if (old) {
  for (what in c("weights", "mean", "total", "ratio", "by"))
    skip(paste("calibration trimmed strictly", what), "survey before 4.5 trims strictly by another rule")
} else {
  results("trimmed strictly", trimWeights(linear, lower = 25, upper = 60, strict = TRUE))
}
