#@ what
# 用 R 的 survey 包，从本目录封存的答卷重算上面这个已公布的数字。
# Computes the published figure above again, from the sealed answers in this folder, with R's package survey.
#
#     sha256sum -c SHA256SUMS      # 文件没有被改动  the files are unchanged
#     Rscript recompute.R          # 0：全部一致；1：有不一致  exit 0: every number agrees; 1: one does not

suppressPackageStartupMessages(library(survey))

# 一层只有一个抽样单元时方差无从估计：报错，不猜。
# A stratum with a single sampling unit has no variance: stop, never guess.
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
read <- function(name) {
  path <- file.path(here, name)
  if (file.exists(path)) read.csv(path, colClasses = "character", na.strings = character(), encoding = "UTF-8",
                                  check.names = FALSE)
}
answers <- read("answers.csv")        # 每行一份答卷  one row per answer
margins <- read("margins.csv")        # 人口边际  population by category
complaints <- read("complaints.csv")
published <- read("published.csv")    # 已公布的数字  what was published
# 随整批导入撤回的答卷不属于样本：既不计入结果，也不计入抽样单元。
# Answers withdrawn with the import they came in are no part of the sample: neither of a figure nor of a sampling unit.
answers <- answers[answers$excluded != "withdrawn", ]
answers$weight <- as.numeric(answers$weight)
if (!is.null(margins)) margins$population <- as.numeric(margins$population)

# ---- 从答案到分数  from answers to points ----

# lo..hi 以外（98 不清楚、99 跳过、空白）不是回答。  Outside lo..hi (98 don't know, 99 skipped, blank) is no answer.
valid <- function(item, lo, hi) {
  x <- suppressWarnings(as.numeric(answers[[item]]))
  ifelse(is.na(x) | x < lo | x > hi, NA, x)
}
points <- function(item, lo, hi) 100 * (valid(item, lo, hi) - lo) / (hi - lo)
# 一个人各题的加权平均，至少答 least 题。  A person's mean over items, if at least `least` were answered.
person_mean <- function(items, weight, least, lo, hi) {
  x <- sapply(items, points, lo, hi)
  told <- !is.na(x)
  mean <- (replace(x, !told, 0) %*% weight) / (told %*% weight)
  ifelse(rowSums(told) >= least, mean, NA)
}
share <- function(item, counts, lo, hi) {
  x <- valid(item, lo, hi)
  ifelse(is.na(x), NA, as.numeric(x %in% counts))
}
# 多选题是否选了其中之一；选了 without（虚设项）的人不计入。  Multiple choice: any of these; those who chose `without` are out.
chosen <- function(item, names, without = character()) {
  ticked <- strsplit(answers[[item]], " ", fixed = TRUE)
  any_of <- function(set) vapply(ticked, function(x) any(x %in% set), TRUE)
  ifelse(answers[[item]] %in% c("", "98", "99") | any_of(without), NA, as.numeric(any_of(names)))
}

# ---- 抽样设计与加权  design and weights ----

# 被剔除的答卷仍是其抽样单元的一员：先按全部答卷建设计，再取子集。
# An excluded answer still belongs to its sampling unit: the design is made of all rows, then cut.
design_of <- function(waves, stream, rake) {
  d <- answers[answers$wave %in% waves & answers$stream == stream, ]
  d$psu <- ifelse(d$cluster == "", paste0("#row ", seq_len(nrow(d))), d$cluster)
  full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, nest = TRUE, data = d)
  list(survey = rake_to(subset(full, excluded == ""), rake), df = degf(full))
}

# 用 calibrate() 而不用 rake()：权数相同，但 rake() 的残差回归不加权，且默认容差很松（epsilon = 1）。
# 没说类别的人自成一类，保持其基础权数份额；每一轮调查各自加权。
# calibrate(), not rake(): the same weights, but rake() takes its residuals by unweighted regression and stops
# early by default (epsilon = 1).  Who did not tell a category keeps a base-weighted share of their own; every
# wave is raked to the margins by itself.
rake_to <- function(design, variables) {
  if (length(variables) == 0) return(design)
  total <- sum(margins$population[margins$variable == variables[1]])
  formula <- list()
  target <- list()
  for (i in seq_along(variables)) {
    known <- margins[margins$variable == variables[i], ]
    x <- design$variables[[variables[i]]]
    wave <- design$variables$wave
    cell <- paste(wave, ifelse(x %in% known$category, x, "?"))
    base <- tapply(weights(design), cell, sum)
    goal <- base
    for (w in unique(wave)) {
      all <- sum(base[names(base) %in% cell[wave == w]])
      aside <- if (paste(w, "?") %in% names(base)) base[[paste(w, "?")]] / all else 0
      goal[paste(w, known$category)] <- total * (1 - aside) * known$population / sum(known$population)
      if (aside > 0) goal[paste(w, "?")] <- total * aside
    }
    design$variables[[paste0("margin", i)]] <- factor(cell, levels = names(goal))
    formula[[i]] <- as.formula(paste0("~margin", i))
    target[[i]] <- as.table(array(goal, length(goal), setNames(list(names(goal)), paste0("margin", i))))
  }
  calibrate(design, formula, target, calfun = "raking", epsilon = 1e-11, maxit = 1000)
}

# ---- 估计与区间  estimates and intervals ----

# 求和项：某一轮的某个分数；by 给出时，按该变量分组、组间按 weight 平均。
# The parts of a figure: scores of a wave; with `by`, one score by group, groups averaged by weight.
parts <- function(of, d) {
  y <- lapply(of$score, function(s) ifelse(d$wave == of$wave, d[[paste0("score.", s)]], NA))
  a <- of$weight
  if (!is.null(of$by)) {
    group <- sort(setdiff(unique(d[[of$by]]), ""))
    y <- lapply(group, function(g) ifelse(d[[of$by]] == g, y[[1]], NA))
    a <- if (is.null(of$weight)) rep(1, length(group)) else of$weight[group]
  }
  keep <- a != 0 & vapply(y, function(x) any(!is.na(x)), TRUE)
  list(y = y[keep], a = a[keep] / sum(a[keep]))
}

# 加权均值的线性组合：标准误由线性化变量的总和得出（svytotal 处理分层、整群和加权残差）。
# A weighted sum of weighted means; its standard error is that of the total of the linearised variable
# (svytotal sees to strata, clusters and calibration residuals).
combine <- function(design, p) {
  w <- weights(design)
  u <- numeric(length(w))
  value <- 0
  for (i in seq_along(p$y)) {
    told <- !is.na(p$y[[i]])
    m <- sum(w[told] * p$y[[i]][told]) / sum(w[told])
    value <- value + p$a[i] * m
    u[told] <- u[told] + p$a[i] * (p$y[[i]][told] - m) / sum(w[told])
  }
  list(estimate = value, se = as.numeric(SE(svytotal(u, design))))
}

# 同样多的简单随机样本（有放回）的方差，用于设计效应。
# The variance a simple random sample of as many, with replacement, would have: for the design effect.
simple_variance <- function(w, p) {
  told <- lapply(p$y, function(x) !is.na(x))
  sum(outer(seq_along(p$y), seq_along(p$y), Vectorize(function(i, j) {
    both <- told[[i]] & told[[j]]
    n <- sum(both)
    if (n == 0) return(0)
    x <- p$y[[i]][both]
    y <- p$y[[j]][both]
    v <- w[both] / sum(w[both])
    s <- (sum(v * x * y) - sum(v * x) * sum(v * y)) * n / (n - 1)
    p$a[i] * p$a[j] * s * n / (sum(told[[i]]) * sum(told[[j]]))
  })))
}

# Kish 有效样本量（几部分取最差的一个）。  Kish's effective sample size, of the worst part.
kish <- function(w, p, n) {
  worst <- max(vapply(p$y, function(x) sum(!is.na(x)) * sum(w[!is.na(x)]^2) / sum(w[!is.na(x)])^2, 1))
  n / worst
}

# 0..upper 上的 logit 区间，t 分位数。人人相同（0 或 1）时误差无从估计：用精确区间（Clopper–Pearson），
# n 取 Kish 有效样本量，自由度少再折减。korn：比例用 Korn–Graubard 区间，把有效样本量代入精确区间。
# A logit interval on 0..upper with Student's t.  Where all answers are alike, at 0 or 1, there is no error to
# estimate: the exact interval (Clopper-Pearson) with Kish's n, shrunk for few degrees of freedom.  korn: a share by
# Korn and Graubard, the exact interval at the effective sample size (svyciprop(method = "beta")).
interval <- function(value, se, df, n, level, upper, korn) {
  q <- value / upper
  tail <- (1 - level) / 2
  if (abs(q) < 1e-14 || abs(1 - q) < 1e-14) {
    n <- n * min(1, (qt(1 - tail, n - 1) / qt(1 - tail, df))^2)
    return(upper * if (q < 0.5) c(0, qbeta(1 - tail, 1, n)) else c(qbeta(tail, n, 1), 1))
  }
  if (korn) {
    n <- q * (1 - q) / (se / upper)^2 * (qt(1 - tail, n - 1) / qt(1 - tail, df))^2
    return(upper * c(qbeta(tail, n * q, n * (1 - q) + 1), qbeta(1 - tail, n * q + 1, n * (1 - q))))
  }
  upper * plogis(qlogis(q) + c(-1, 1) * qt(1 - tail, df) * (se / upper) / (q * (1 - q)))
}

estimate <- function(of, level) {
  design <- design_of(of$wave, of$stream, of$rake)
  p <- parts(of, design$survey$variables)
  e <- combine(design$survey, p)
  n <- vapply(p$y, function(x) sum(!is.na(x)), 1)
  e$df <- design$df
  e$n <- if (is.null(of$by)) min(n) else sum(n)
  w <- weights(design$survey)
  alike <- length(unique(unlist(lapply(p$y, function(x) unique(x[!is.na(x)]))))) == 1
  if (alike) {
    e$se <- e$deff <- e$n_eff <- NA
  } else {
    e$deff <- e$se^2 / simple_variance(w, p)
    e$n_eff <- min(e$n, e$n / e$deff)
  }
  e[c("low", "high")] <- interval(e$estimate, e$se, e$df, if (alike) min(e$n, kish(w, p, e$n)) else e$n, level, of$upper,
                                   isTRUE(of$korn))
  e
}

# ---- 逐项核对  one check after another ----

done <- list()
level_of <- function(id) as.numeric(published$level[published$id == id])

number <- function(x, digits) if (is.finite(x)) sprintf("%.*f", digits, x) else "-"

figure <- function(id, of) {
  e <- estimate(of, level_of(id))
  k <- if (of$upper == 1) 100 else 1
  mark <- if (of$upper == 1) "%" else ""
  e$printed <- sprintf("%.1f%s (%.1f%s-%.1f%s) n %.0f n_eff %s deff %s", k * e$estimate, mark, k * e$low, mark,
                       k * e$high, mark, e$n, number(e$n_eff, 0), number(e$deff, 2))
  done[[id]] <<- e
}

signed <- function(x, digits) {
  if (!is.finite(x)) return("-")
  s <- sprintf("%.*f", digits, abs(x))
  if (as.numeric(s) == 0) s else paste0(if (x > 0) "+" else "-", s)
}
print_change <- function(e, k, digits)
  sprintf("change %s (%s to %s) p_up %s p_down %s", signed(k * e$estimate, digits), signed(k * e$low, digits),
          signed(k * e$high, digits), number(e$p_up, 4), number(e$p_down, 4))

# 年度之差。shared：两年用同一批抽样单元，合成一个设计，协方差在内；否则是独立样本（Welch 自由度）。
# A difference of years.  shared: both years served by the same sampling units, one design, covariance included;
# otherwise independent samples with Welch's degrees of freedom.
difference <- function(id, from, to, shared) {
  level <- level_of(id)
  a <- estimate(from, level)
  b <- estimate(to, level)
  if (shared) {
    both <- design_of(c(from$wave, to$wave), from$stream, from$rake)$survey
    pa <- parts(from, both$variables)
    pb <- parts(to, both$variables)
    e <- combine(both, list(y = c(pa$y, pb$y), a = c(-pa$a, pb$a)))
    e$df <- min(a$df, b$df)
  } else {
    v <- c(a$se, b$se)^2
    e <- list(estimate = b$estimate - a$estimate, se = sqrt(sum(v)), df = sum(v)^2 / sum(v^2 / c(a$df, b$df)))
  }
  e[c("low", "high")] <- e$estimate + c(-1, 1) * qt(1 - (1 - level) / 2, e$df) * e$se
  e$n <- a$n + b$n
  e$p_up <- pt(e$estimate / e$se, e$df, lower.tail = FALSE)
  e$p_down <- pt(e$estimate / e$se, e$df)
  e$printed <- print_change(e, if (to$upper == 1) 100 else 1, 1)
  done[[id]] <<- e
}

# 投诉率（件/万人）：泊松精确区间（Garwood）。  Complaints per 10,000: Garwood's exact Poisson interval.
rate <- function(id, year) {
  row <- complaints[complaints$year == year, ]
  k <- as.numeric(row$registered)
  per <- 10000 / as.numeric(row$residents)
  tail <- (1 - level_of(id)) / 2
  e <- list(estimate = k * per, se = sqrt(k) * per, low = (if (k == 0) 0 else qgamma(tail, k)) * per,
            high = qgamma(1 - tail, k + 1) * per, n = k)
  e$printed <- sprintf("%.2f (%.2f-%.2f) n %.0f", e$estimate, e$low, e$high, k)
  done[[id]] <<- e
}
# 两年之差：条件二项精确检验。  A difference of rates: exact conditional binomial test.
rate_difference <- function(id, from, to) {
  row <- complaints[match(c(from, to), complaints$year), ]
  k <- as.numeric(row$registered)
  people <- as.numeric(row$residents)
  r <- 10000 * k / people
  e <- list(estimate = r[2] - r[1], se = sqrt(sum(k * (10000 / people)^2)), n = sum(k))
  e[c("low", "high")] <- e$estimate + c(-1, 1) * qnorm(1 - (1 - level_of(id)) / 2) * e$se
  q <- people[2] / sum(people)
  e$p_down <- pbinom(k[2], sum(k), q)
  e$p_up <- pbinom(k[2] - 1, sum(k), q, lower.tail = FALSE)
  e$printed <- print_change(e, 1, 2)
  done[[id]] <<- e
}
# 连续几次都朝同一方向：交并检验取各次中最大的 p。  Every step one way: the largest p of them (intersection-union test).
every_step <- function(id, steps) {
  e <- list(p_up = max(sapply(done[steps], `[[`, "p_up")), p_down = max(sapply(done[steps], `[[`, "p_down")))
  e$printed <- sprintf("p_up %.4f p_down %.4f", e$p_up, e$p_down)
  done[[id]] <<- e
}

# ---- 本数字  this figure ----

#@ figures

# ---- 结果  the result ----

wrong <- 0
for (id in published$id) {
  was <- published[published$id == id, ]
  is <- done[[id]]
  cat(sprintf("\n%s  %s\n", id, was$what))
  for (name in c("estimate", "se", "low", "high", "n", "n_eff", "deff", "df", "p_up", "p_down")) {
    x <- if (was[[name]] == "") NA else as.numeric(was[[name]])
    y <- if (is.null(is[[name]]) || !is.finite(is[[name]])) NA else is[[name]]
    if (is.na(x) && is.na(y)) next
    # 迭代加权有舍入：相对差 1e-7 以内为一致。  Raking is iterated: agreement means 1e-7, relative.
    same <- !is.na(x) && !is.na(y) && abs(x - y) <= 1e-7 * max(abs(x), 1e-3)
    if (!same) wrong <- wrong + 1
    cat(sprintf("    %-9s %-20s %-20s %s\n", name, format(x, digits = 12), format(y, digits = 12),
                if (same) "=" else "<> 不一致 differs"))
  }
  same <- was$printed == is$printed
  if (!same) wrong <- wrong + 1
  cat(sprintf("    %-9s %s\n              %s %s\n", "printed", was$printed, is$printed,
              if (same) "=" else "<> 不一致 differs"))
}
cat(if (wrong == 0) sprintf("\n%d 个数字全部一致  all %d figures agree\n", nrow(published), nrow(published))
    else sprintf("\n%d 处不一致  %d values differ\n", wrong, wrong))
quit(status = if (wrong == 0) 0 else 1)
