# Replicate weights: made by R from the designs, and stored ones read from the reference files.
d <- designs()
scd <- data("survey", "scd.csv")
matrix_of <- function(name) as.matrix(data("survey", name)[, -1])

results <- function(name, r, y = ~api00, x = ~api99) {
  case <- function(what) paste("replicates", name, what)
  df <- degf(r)
  say(case("design"), "df", df)
  estimate(case("mean"), svymean(y, r), df)
  estimate(case("total"), svytotal(y, r), df)
  estimate(case("ratio"), svyratio(y, x, r), df)
}

plain <- svydesign(ids = ~dnum, weights = ~pw, data = d$clus1$variables)
results("jk1", as.svrepdesign(plain, type = "JK1"))
results("jk1 mse", as.svrepdesign(plain, type = "JK1", mse = TRUE))
results("jkn", as.svrepdesign(d$strat_nofpc, type = "JKn"))
stored <- function(file, ...) svrepdesign(data = scd, weights = ~w, repweights = matrix_of(file), combined.weights = TRUE, ...)
results("brr", stored("repweights_brr_scd.csv", type = "BRR"), ~alive, ~arrests)
results("fay", stored("repweights_fay03_scd.csv", type = "Fay", rho = 0.3), ~alive, ~arrests)
boot <- svrepdesign(data = d$strat$variables, weights = ~pw, repweights = matrix_of("repweights_subboot_strat_R60.csv"),
                    combined.weights = TRUE, type = "bootstrap")
results("bootstrap", boot)
