# One task of the statistics' benchmark in R with the package survey: Rscript stats.R TASK FILE [NUMBER ...].
# Prints one JSON line when the data are read and one when the work is done.  Where Debian has no R package
# (PLS path models, ranks), the same algorithm in plain vectorised R stands in for it.
args <- commandArgs(TRUE)
task <- args[1]
items <- paste0("q", 1:20)

clock <- function() { p <- proc.time(); c(p[["elapsed"]], sum(p[c("user.self", "sys.self", "user.child", "sys.child")], na.rm = TRUE)) }
say <- function(what, took, value = NA, se = NA)
    cat(sprintf('{"task": "%s", "%s": [%.4f, %.4f], "value": %.15g, "se": %.15g}\n', task, what, took[1], took[2], value, se))

read_data <- function() {
    start <- clock()
    d <- read.csv(args[2], colClasses = "numeric")
    say("read", clock() - start)
    d
}

formula_of <- function(names) as.formula(paste("~", paste(names, collapse = "+")))

# Weights to the size of the population: from far away calibrate() does not converge.
design_of <- function(d) {
    if (grepl("^raked", task)) d$w <- d$w * 1e6 / sum(d$w)
    svydesign(id = ~cluster, strata = ~stratum, weights = ~w, data = d)
}

margins <- list(sex = c(520000, 480000), age = c(180000, 330000, 310000, 180000),
    edu = c(150000, 300000, 250000, 200000, 100000))

# calibrate(calfun = "raking") with a tight epsilon: the same weights and the same residual variance as manyi's.
raked <- function(design) {
    totals <- c("(Intercept)" = 1e6, sex1 = margins$sex[2], setNames(margins$age[-1], paste0("age", 1:3)),
        setNames(margins$edu[-1], paste0("edu", 1:4)))
    calibrate(design, ~sex + age + edu, totals, calfun = "raking", epsilon = 1e-10, maxit = 100)
}

# The user's ordinary way: rake() to tables.
raked_by_rake <- function(design) {
    table_of <- function(name) setNames(data.frame(factor(seq_along(margins[[name]]) - 1), margins[[name]]), c(name, "Freq"))
    rake(design, list(~sex, ~age, ~edu), lapply(names(margins), table_of), control = list(maxit = 200, epsilon = 1e-10))
}

survey_task <- function() {
    suppressPackageStartupMessages(library(survey))
    d <- read_data()
    start <- clock()
    for (name in names(margins)) d[[name]] <- factor(d[[name]])
    design <- design_of(d)
    if (grepl("^raked", task)) design <- if (grepl("rake$", task)) raked_by_rake(design) else raked(design)
    if (task == "replicates") {
        groups <- d$cluster %% 500
        factors <- outer(groups, 0:499, function(g, r) ifelse(g == r, 0, 500 / 499))
        say("read", clock() - start)
        start <- clock()
        design <- svrepdesign(data = d, weights = ~w, repweights = d$w * factors, type = "JK1", combined.weights = TRUE,
            scale = 499 / 500, rscales = 1, mse = FALSE, degf = 499)
    }
    if (grepl("domains", task)) {
        r <- svyby(formula_of(items), ~domain, design, svymean, na.rm = TRUE)
        say("work", clock() - start, coef(r)[1], SE(r)[1, 1])
    } else {
        r <- svymean(formula_of(items), design, na.rm = TRUE)
        say("work", clock() - start, coef(r)[1], SE(r)[1])
    }
}

# ---- PLS, mode A, path scheme, on correlations; the ECSI model of the mobile telephone data ----

blocks <- list(Image = paste0("IMAG", 1:5), Expectation = paste0("CUEX", 1:3), Quality = paste0("PERQ", 1:7),
    Value = paste0("PERV", 1:2), Satisfaction = paste0("CUSA", 1:3), Complaints = "CUSCO", Loyalty = paste0("CUSL", 1:3))
paths <- rbind(c(1, 2), c(1, 5), c(1, 7), c(2, 3), c(2, 4), c(2, 5), c(3, 4), c(3, 5), c(4, 5), c(5, 6), c(5, 7), c(6, 7))

pls <- function(S, member) {
    W <- member
    scaled <- function(W) sweep(W, 2, sqrt(colSums(W * (S %*% W))), "/")
    W <- scaled(W)
    for (round in 1:300) {
        C <- crossprod(W, S %*% W)
        E <- matrix(0, 7, 7)
        for (j in 1:7) {
            to <- paths[paths[, 1] == j, 2]
            from <- paths[paths[, 2] == j, 1]
            E[to, j] <- C[to, j]
            if (length(from)) E[from, j] <- solve(C[from, from, drop = FALSE], C[from, j])
        }
        new <- scaled((S %*% W %*% E) * member)
        if (max(abs(new - W)) < 1e-12) break
        W <- new
    }
    new
}

pls_task <- function() {
    d <- as.matrix(read_data()[unlist(blocks)])
    member <- sapply(blocks, function(b) as.numeric(colnames(d) %in% b))
    set.seed(1)
    start <- clock()
    index <- replicate(as.integer(args[3]), {
        x <- d[sample.int(nrow(d), replace = TRUE), ]
        sds <- apply(x, 2, sd)
        W <- pls(cor(x), member)
        a <- W[, 5] / sds
        a <- a / sum(a)
        100 * (sum(a * colMeans(x)) - 1) / 9
    })
    say("work", clock() - start, mean(index), sd(index))
}

# ---- ranks: all ordered pairs, step-down, the same algorithm as csranks, without its matrix of all pairs ----

ranks_task <- function() {
    p <- as.integer(args[2])
    draws <- as.integer(args[3])
    i <- 0:(p - 1)
    score <- 70 + 20 * ((i * 7919) %% p) / p
    se <- 0.5 + ((i * 31) %% 17) / 17
    set.seed(1)
    start <- clock()
    z <- matrix(rnorm(draws * p), draws) %*% diag(se)
    d <- sqrt(outer(se^2, se^2, "+"))
    t <- outer(score, score, "-") / d
    diag(t) <- NA
    alive <- !is.na(t)
    repeat {
        most <- rep(-Inf, draws)
        for (j in 1:p) {
            k <- which(alive[j, ])
            if (length(k)) {
                x <- sweep(z[, j] - z[, k, drop = FALSE], 2, d[j, k], "/")
                most <- pmax(most, do.call(pmax, as.data.frame(x)))
            }
        }
        c95 <- quantile(most, 0.95, type = 1)
        out <- alive & t > c95
        if (!any(out)) break
        alive <- alive & !out
    }
    below <- !alive & !is.na(t)
    width <- p - rowSums(below) - colSums(below) - 1
    say("work", clock() - start, mean(width))
}

if (task == "ranks") ranks_task() else if (task == "pls") pls_task() else survey_task()
