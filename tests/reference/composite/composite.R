# The city quality index of docs/examples/phone.csv, whole, by sex and by town, with its clusters and without, raked and
# not: what composite.json holds.  Run in this folder: Rscript composite.R > composite.json
#
# Every item is taken over those who answered it, while svymean() of several items leaves out whoever misses one.  So a
# mean here is a ratio of two totals: svytotal() has the covariance of all totals of all domains, svycontrast() the
# index.  Among those who answered everything, svyby() of svymean() must say the same: see check().
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail")
items <- c("P", "E", "S", "N", "G")
phone <- read.csv("../../../docs/examples/phone.csv", fileEncoding = "UTF-8-BOM", colClasses = "character")
margins <- read.csv("margins.csv", colClasses = c(category = "character"))
phone[c("weight", items)] <- lapply(phone[c("weight", items)], as.numeric)
phone$all <- "all"
phone$person <- seq_len(nrow(phone))
for (i in items) phone[[i]][phone[[i]] %in% c(98, 99)] <- NA

design <- function(clusters)
  svydesign(if (clusters) ~cluster else ~person, strata = ~stratum, weights = ~weight, data = phone, nest = TRUE)

# Whoever did not tell keeps the share by base weights.  calibrate(), not rake(): the same weights, and residuals of the
# design-weighted regression.
raked <- function(design) {
  formula <- target <- list()
  for (v in unique(margins$variable)) {
    known <- margins[margins$variable == v, ]
    x <- design$variables[[v]]
    cell <- factor(ifelse(x %in% known$category, x, "?"), c(known$category, "?"))
    base <- tapply(weights(design), cell, sum)
    aside <- base[["?"]] / sum(base)
    goal <- c((1 - aside) * known$population, aside * sum(known$population))
    name <- paste0("margin_", v)
    design$variables[[name]] <- cell
    formula <- c(formula, as.formula(paste0("~", name)))
    target <- c(target, list(as.table(array(goal, length(goal), setNames(list(levels(cell)), name)))))
  }
  calibrate(design, formula, target, calfun = "raking", epsilon = 1e-13, maxit = 1000)
}

# The indices of domains of a design: sums of points and of people of every item.
composite <- function(design, by, domains) {
  means <- list()
  for (d in seq_along(domains)) {
    cell <- paste0(items, d)
    for (k in seq_along(items)) {
      x <- design$variables[[items[k]]]
      told <- design$variables[[by]] == domains[d] & !is.na(x)
      design$variables[[paste0("sum", cell[k])]] <- ifelse(told, 100 * (x - 1) / 9, 0)
      design$variables[[paste0("people", cell[k])]] <- as.numeric(told)
    }
    means[[d]] <- str2lang(paste0("(", paste0("sum", cell, "/people", cell, collapse = "+"), ")/5"))
  }
  names(means) <- domains
  cells <- outer(items, seq_along(domains), paste0)
  svycontrast(svytotal(reformulate(c(paste0("sum", cells), paste0("people", cells))), design), means)
}

# Whoever works for the government (occ 1) is a member of the unit, and not of the figure.
index <- function(clusters, rake, by) {
  full <- design(clusters)
  kept <- subset(full, occ != "1")
  if (rake) kept <- raked(kept)
  domains <- if (by == "all") "all" else unique(margins$category[margins$variable == by])
  s <- composite(kept, by, domains)
  group <- kept$variables[[by]]
  df <- vapply(domains, function(d) if (by == "all") degf(full) else degf(subset(kept, group == d)), 1)
  q <- as.numeric(coef(s)) / 100
  half <- qt(0.975, df) * as.numeric(SE(s)) / 100 / (q * (1 - q))
  list(domain = domains, estimate = 100 * q, se = as.numeric(SE(s)), low = 100 * plogis(qlogis(q) - half),
       high = 100 * plogis(qlogis(q) + half), df = df,
       n = vapply(domains, function(d) min(colSums(!is.na(kept$variables[group == d, items]))), 1),
       vcov = as.numeric(vcov(s)))
}

check <- function(clusters) {
  whole <- subset(design(clusters), sex %in% c("1", "2") & complete.cases(phone[items]))
  means <- svyby(~P + E + S + N + G, ~sex, whole, svymean, covmat = TRUE)
  one <- svycontrast(means, list("1" = rep(c(20, 0), 5) / 9, "2" = rep(c(0, 20), 5) / 9))
  other <- composite(whole, "sex", c("1", "2"))
  stopifnot(isTRUE(all.equal(as.numeric(coef(one)) - 100 / 9, as.numeric(coef(other)), tolerance = 1e-12)),
            isTRUE(all.equal(as.numeric(vcov(one)), as.numeric(vcov(other)), tolerance = 1e-12)))
}
check(TRUE)
check(FALSE)

array_of <- function(x)
  paste0("[", paste(if (is.character(x)) sprintf('"%s"', x) else sprintf("%.17g", x), collapse = ", "), "]")
cases <- list()
for (clusters in c(TRUE, FALSE)) for (rake in c(FALSE, TRUE)) for (by in c("all", "sex", "town")) {
  name <- paste("composite", if (clusters) "clusters" else "people", if (rake) "raked" else "unraked", by)
  f <- index(clusters, rake, by)
  cases[[name]] <- sprintf(' "%s": {\n%s\n }', name,
                           paste(sprintf('  "%s": %s', names(f), vapply(f, array_of, "")), collapse = ",\n"))
}
cat("{\n", paste(cases, collapse = ",\n"), "\n}\n", sep = "")
