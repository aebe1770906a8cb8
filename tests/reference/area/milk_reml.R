# The restricted likelihood of the milk data maximised by R's own optimiser, in matrices: what
# milk_reml.json holds.  Run in this folder: Rscript milk_reml.R > milk_reml.json
d <- read.csv("milk.csv")
y <- d$estimate
psi <- d$sd^2
X <- model.matrix(~ factor(d$major))
parts <- function(s) {
	V <- diag(1 / (s + psi))
	A <- t(X) %*% V %*% X
	b <- solve(A, t(X) %*% V %*% y)
	list(V = V, A = A, b = b, r = y - X %*% b)
}
loglik <- function(s) {
	p <- parts(s)
	as.numeric(0.5 * (sum(log(diag(p$V))) - determinant(p$A)$modulus - t(p$r) %*% p$V %*% p$r))
}
score <- function(s) {
	p <- parts(s)
	P <- p$V - p$V %*% X %*% solve(p$A, t(X) %*% p$V)
	as.numeric(0.5 * (-sum(diag(P)) + t(y) %*% P %*% P %*% y))
}
near <- optimize(loglik, c(0, 1), maximum = TRUE, tol = 1e-12)$maximum
s <- uniroot(score, near * c(0.9, 1.1), tol = 1e-16)$root
p <- parts(s)
g <- s / (s + psi)
cov <- solve(p$A)
eblup <- as.numeric(g * y + (1 - g) * X %*% p$b)
g2 <- (1 - g)^2 * rowSums((X %*% cov) * X)
g3 <- psi^2 / (s + psi)^3 * 2 / sum(1 / (s + psi)^2)
say <- function(name, x) cat(sprintf(' "%s": [%s]', name, paste(sprintf("%.17g", x), collapse = ", ")))
cat(sprintf('{\n "_made_by": "milk_reml.R, %s",\n "refvar": %.17g,\n', R.version.string, s))
say("beta", p$b); cat(",\n")
say("beta_se", sqrt(diag(cov))); cat(",\n")
say("gamma", g); cat(",\n")
say("eblup", eblup); cat(",\n")
say("mse", g * psi + g2 + 2 * g3); cat("\n}\n")
