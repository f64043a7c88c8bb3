# Writes r_cases.json: reference values from R for the functions of helpers.inference.
#
# Run in this folder:  Rscript make.R
# Needs R with the packages survey, exactRankTests, boot and MASS. On Debian:
#   apt-get install --no-install-recommends r-base-core r-cran-survey r-cran-exactranktests r-cran-boot r-cran-mass
# The tests do not need R: they read r_cases.json, which is committed with the session that made it.
#
# Points are -100..100; keys that end in _prop, and p-values, are 0..1. diff = b - a (later minus earlier).

suppressPackageStartupMessages({
  library(survey)
  library(exactRankTests)
  library(boot)
  library(MASS)
})
options(digits = 15)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# ---- JSON: lists with names are objects, lists without and vectors of two or more are arrays ----------------

json <- function(x) {
  quoted <- function(text) paste0('"', gsub('\n', '\\\\n', gsub('"', '\\\\"', gsub('\\\\', '\\\\\\\\', text))), '"')
  one <- function(value) {
    if (is.na(value)) "null"
    else if (is.character(value)) quoted(value)
    else if (is.logical(value)) tolower(as.character(value))
    else trimws(formatC(value, digits = 15, format = "g"))
  }
  if (is.matrix(x)) return(json(lapply(seq_len(nrow(x)), function(i) as.list(unname(x[i, ])))))
  if (is.null(x)) return("null")
  if (is.factor(x)) x <- as.character(x)
  if (is.list(x) && !is.null(names(x)))
    return(paste0("{", paste(quoted(names(x)), vapply(x, json, ""), sep = ": ", collapse = ", "), "}"))
  if (inherits(x, "AsIs") || is.list(x)) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
  if (!is.null(names(x))) return(json(as.list(x)))
  if (length(x) == 1) return(one(x))
  paste0("[", paste(vapply(x, one, ""), collapse = ", "), "]")
}

cases <- list()
case <- function(id, topic, op, inputs, expected, ref, tol = list(default = list(abs = 1e-7))) {
  source <- list(kind = "r_package", ref = paste0("R ", getRversion(), ", ", ref))
  cases[[length(cases) + 1]] <<- list(
    id = id, topic = topic, op = op, inputs = inputs, expected = expected, tol = tol, source = source
  )
}
survey_version <- paste("survey", packageVersion("survey"))

# ---- helpers ------------------------------------------------------------------------------------------------

counts <- function(x) list(promoters = x[1], passives = x[2], detractors = x[3])
answers <- function(x) rep(c(1, 0, -1), x)                           # one number per answer
points <- function(score) ifelse(score >= 9, 100, ifelse(score >= 7, 0, -100))
pseudo <- c(0.75, 1.5, 0.75)
adjusted <- function(x, worth = sum(x)) {                            # by hand, on the answers' shares
  y <- x * worth / sum(x) + pseudo
  n <- sum(y)
  p <- y / n
  centre <- sum(p * c(100, 0, -100))
  list(centre = centre, se = sqrt(sum(p * (c(100, 0, -100) - centre)^2) / n))
}

# ---- point --------------------------------------------------------------------------------------------------

for (x in list(c(31, 50, 19), c(1, 0, 0), c(0, 7, 0), c(3, 0, 4), c(123456, 98765, 54321))) {
  y <- answers(x)
  case(paste0("r-point-", paste(x, collapse = "-")), "point", "nps_from_counts", counts(x), list(
    nps = 100 * mean(y), variance_prop = mean((y - mean(y))^2), se_points = 100 * sqrt(mean((y - mean(y))^2) / length(y))
  ), "base: mean and variance (divisor n) of one number per answer")
}
set.seed(1)
scores <- sample(c(0:10, NA), 40, replace = TRUE)
known <- scores[!is.na(scores)]
case("r-point-scores", "point", "nps_from_scores", list(scores = scores), list(
  n_valid = length(known), n_missing = sum(is.na(scores)), n_out_of_range = 0,
  promoters = sum(known >= 9), passives = sum(known %in% 7:8), detractors = sum(known <= 6), nps = mean(points(known))
), "base: table of seeded answers (set.seed(1))")

# ---- intervals of a score -----------------------------------------------------------------------------------

for (conf in c(0.8, 0.99)) {
  x <- c(31, 50, 19)
  p <- x / 100
  half <- qnorm((1 + conf) / 2) * 100 * sqrt(p[1] + p[3] - (p[1] - p[3])^2) / 10
  case(paste0("r-wald-", 100 * conf), "interval", "ci_wald", c(counts(x), conf = conf),
       list(nps = 12, lo = 12 - half, hi = 12 + half), "base: qnorm")
}
for (row in list(list(c(31, 50, 19), 0.90), list(c(18, 2, 0), 0.95), list(c(0, 3, 9), 0.99), list(c(5, 5, 5), 0.5))) {
  x <- row[[1]]
  found <- adjusted(x)
  z <- qnorm((1 + row[[2]]) / 2)
  case(paste0("r-adjusted-wald-", paste(x, collapse = "-"), "-", 100 * row[[2]]), "interval", "ci_adjusted_wald",
       c(counts(x), conf = row[[2]]),
       list(nps = 100 * (x[1] - x[3]) / sum(x), centre = found$centre, se = found$se,
            lo = found$centre - z * found$se, hi = found$centre + z * found$se),
       "base: Wald interval of the counts plus 0.75, 1.5, 0.75")
}

# Tango's score interval: the likelihood of the detractors' share is maximised for each difference (optimize), and the
# test is inverted (uniroot); no closed form is used, so that the closed form is tested.
tango_z <- function(x, delta) {
  n <- sum(x)
  likelihood <- function(q) {                                        # q = share of detractors, q + delta of promoters
    part <- c(q + delta, 1 - 2 * q - delta, q)
    if (any(part < -1e-12)) return(-1e10)
    sum(ifelse(x > 0, x * log(pmax(part, 1e-300)), 0))
  }
  lowest <- max(0, -delta)
  highest <- (1 - delta) / 2
  q <- optimize(likelihood, c(lowest, highest), maximum = TRUE, tol = 1e-12)$maximum
  for (end in c(lowest, highest)) if (likelihood(end) > likelihood(q)) q <- end
  (x[1] - x[3] - n * delta) / sqrt(n * (2 * q + delta - delta^2))
}
tango <- function(x, conf) {
  z <- qnorm((1 + conf) / 2)
  raw <- (x[1] - x[3]) / sum(x)
  limit <- function(sign, end) {
    if (abs(raw - end) < 1e-12) return(end)
    uniroot(function(d) tango_z(x, d) - sign * z, sort(c(raw, end * (1 - 1e-9))), tol = 1e-13)$root
  }
  100 * c(limit(1, -1), limit(-1, 1))
}
for (row in list(list(c(31, 50, 19), 0.95), list(c(6, 2, 2), 0.95), list(c(3, 4, 2), 0.9), list(c(18, 1, 1), 0.95),
                 list(c(5, 3, 0), 0.95), list(c(200, 150, 100), 0.99), list(c(9, 20, 3), 0.95), list(c(0, 43, 1), 0.9),
                 list(c(16, 62, 8), 0.95), list(c(1, 13, 7), 0.95))) {
  found <- tango(row[[1]], row[[2]])
  case(paste0("r-score-", paste(row[[1]], collapse = "-"), "-", 100 * row[[2]]), "interval", "ci_score",
       c(counts(row[[1]]), conf = row[[2]]),
       list(nps = 100 * (row[[1]][1] - row[[1]][3]) / sum(row[[1]]), lo = found[1], hi = found[2]),
       "base: Tango's test inverted with uniroot, nuisance share by optimize of the likelihood",
       list(default = list(abs = 2e-6)))                              # optimize is good to half of the digits
}
case("r-score-probability", "interval", "score_probability", c(counts(c(18, 1, 1)), target = 70),
     list(prob = pnorm(tango_z(c(18, 1, 1), 0.7))), "base: pnorm of Tango's test statistic",
     list(default = list(abs = 1e-6)))

for (row in list(list(c(30, 26, 16), 90, 0.95), list(c(9, 4, 2), 16, 0.9), list(c(20, 20, 0), 1000, 0.95))) {
  n <- sum(row[[1]])
  worth <- n * (row[[2]] - 1) / (row[[2]] - n)
  found <- adjusted(row[[1]], worth)
  z <- qnorm((1 + row[[3]]) / 2)
  case(paste0("r-finite-", paste(row[[1]], collapse = "-"), "-of-", row[[2]]), "interval", "ci_finite_population",
       c(counts(row[[1]]), population = row[[2]], conf = row[[3]]),
       list(nps = 100 * (row[[1]][1] - row[[1]][3]) / n, n_eff = worth,
            lo = found$centre - z * found$se, hi = found$centre + z * found$se),
       "base: adjusted Wald on counts scaled to n(N-1)/(N-n)")
}

# ---- shares, means, rates -----------------------------------------------------------------------------------

for (row in list(c(82, 100, 0.95), c(0, 12, 0.95), c(7, 7, 0.9), c(1, 250, 0.99))) {
  ci <- suppressWarnings(prop.test(row[1], row[2], correct = FALSE, conf.level = row[3]))$conf.int
  case(paste0("r-wilson-", row[1], "-", row[2], "-", 100 * row[3]), "interval", "ci_wilson",
       list(count = row[1], n = row[2], conf = row[3]), list(share_prop = row[1] / row[2], lo_prop = ci[1], hi_prop = ci[2]),
       "stats::prop.test(correct=FALSE)")
}
# Goodman (1965), equation 1.3: the quadratic in each share, solved with polyroot
for (row in list(list(c(31, 50, 19), 0.95), list(c(12, 0, 3), 0.9), list(c(56, 72, 73, 59), 0.95))) {
  x <- row[[1]]
  n <- sum(x)
  b <- qchisq(1 - (1 - row[[2]]) / length(x), 1)
  roots <- vapply(x / n, function(p) sort(Re(polyroot(c(n * p^2, -(2 * n * p + b), n + b)))), c(0, 0))
  case(paste0("r-goodman-", paste(x, collapse = "-")), "interval", "ci_goodman", list(counts = x, conf = row[[2]]),
       list(share_prop = x / n, lo_prop = roots[1, ], hi_prop = roots[2, ]),
       "base: n(p - pi)^2 = chi2(1; 1 - alpha/k) pi(1 - pi) solved with polyroot")
}
for (row in list(list(c(7, 5, 8, 10, 6, 10, 9), 0.95), list(c(3, 4), 0.9), list(c(10, 10, 9, 8, 10, 10, 0, 10, 9, 10), 0.99))) {
  found <- t.test(row[[1]], conf.level = row[[2]])
  case(paste0("r-mean-", length(row[[1]]), "-", 100 * row[[2]]), "interval", "ci_mean_t",
       list(scores = row[[1]], conf = row[[2]]),
       list(mean = unname(found$estimate), se = found$stderr, df = unname(found$parameter), lo = found$conf.int[1],
            hi = found$conf.int[2]), "stats::t.test")
}
for (row in list(c(10, 1, 0.95), c(0, 1, 0.95), c(137, 24.19893, 0.95), c(9, 4, 0.9))) {
  ci <- poisson.test(row[1], row[2], conf.level = row[3])$conf.int
  case(paste0("r-poisson-", row[1], "-", row[2]), "interval", "ci_poisson",
       list(count = row[1], base = row[2], per = 1, conf = row[3]), list(rate = row[1] / row[2], lo = ci[1], hi = ci[2]),
       "stats::poisson.test")
}

# ---- Dirichlet: P(p - d >= t) by integrating over the share of detractors -------------------------------------

dirichlet_above <- function(x, target, prior) {
  a <- x + prior
  t <- target / 100
  inside <- function(u) {                                            # u = distribution function of the detractors' share
    d <- qbeta(u, a[3], a[1] + a[2])
    cut <- (t + d) / pmax(1 - d, 1e-300)                             # of the others, so large a part must be promoters
    pbeta(pmin(pmax(cut, 0), 1), a[1], a[2], lower.tail = FALSE)
  }
  kinks <- pbeta(pmin(pmax(c(-t, (1 - t) / 2), 0), 1), a[3], a[1] + a[2])
  ends <- sort(unique(c(0, kinks, 1)))
  sum(vapply(seq_len(length(ends) - 1), function(i)
    integrate(inside, ends[i], ends[i + 1], rel.tol = 1e-11, subdivisions = 20000)$value, 0))
}
jeffreys <- c(0.5, 0.5, 0.5)
for (row in list(list(c(46, 38, 16), 25, 0.95), list(c(6, 2, 2), 0, 0.9), list(c(12, 1, 0), 80, 0.95))) {
  x <- row[[1]]
  tail <- (1 - row[[3]]) / 2
  limit <- function(p) uniroot(function(t) dirichlet_above(x, t, jeffreys) - p, c(-99.99, 99.99), tol = 1e-10)$root
  a <- x + jeffreys
  case(paste0("r-dirichlet-", paste(x, collapse = "-")), "interval", "dirichlet",
       c(counts(x), target = row[[2]], conf = row[[3]]),
       list(prob = dirichlet_above(x, row[[2]], jeffreys), mean = 100 * (a[1] - a[3]) / sum(a), lo = limit(1 - tail),
            hi = limit(tail)),
       "stats::integrate over the detractors' share, Jeffreys prior; limits with uniroot",
       list(default = list(abs = 1e-5), prob = list(abs = 1e-8), mean = list(abs = 1e-9)))
}

# ---- differences --------------------------------------------------------------------------------------------

diff_case <- function(id, a, b, conf) {
  first <- adjusted(a)
  second <- adjusted(b)
  centre <- second$centre - first$centre
  se <- sqrt(first$se^2 + second$se^2)
  z <- qnorm((1 + conf) / 2)
  raw <- function(x) 100 * (x[1] - x[3]) / sum(x)
  case(id, "difference", "diff_adjusted_wald", list(a = counts(a), b = counts(b), conf = conf),
       list(diff = raw(b) - raw(a), diff_adjusted = centre, se = se, lo = centre - z * se, hi = centre + z * se,
            p = 2 * pnorm(-abs(centre) / se)), "base: pnorm on counts plus 0.75, 1.5, 0.75 in each sample")
}
diff_case("r-diff-500-90", c(155, 250, 95), c(190, 230, 80), 0.90)
diff_case("r-diff-unanimous", c(12, 0, 0), c(10, 5, 1), 0.95)
diff_case("r-diff-unequal-99", c(6, 3, 6), c(240, 100, 60), 0.99)

teams <- rbind(c(24, 8, 8), c(12, 10, 18), c(20, 8, 12), c(15, 20, 15))
rest <- t(colSums(teams) - t(teams))
each <- apply(teams, 1, adjusted)
others <- apply(rest, 1, adjusted)
of <- function(found, name) vapply(found, function(one) one[[name]], 0)
p <- 2 * pnorm(-abs(of(each, "centre") - of(others, "centre")) / sqrt(of(each, "se")^2 + of(others, "se")^2))
raw <- function(m) 100 * (m[, 1] - m[, 3]) / rowSums(m)
case("r-against-rest", "difference", "against_rest", list(groups = lapply(1:4, function(i) counts(teams[i, ]))),
     list(diff = raw(teams) - raw(rest), p = p, holm = p.adjust(p, "holm")),
     "base: pnorm on counts plus 0.75, 1.5, 0.75 of each group and of all others, stats::p.adjust")

for (row in list(list(c(7, 5, 8, 10, 6, 10, 9), c(3, 9, 4, 4, 8), 0.95), list(c(8, 8, 9, 7, 8, 8), c(2, 10, 9, 10, 1, 0, 10, 9), 0.9))) {
  found <- t.test(row[[2]], row[[1]], conf.level = row[[3]])
  case(paste0("r-welch-", length(row[[1]]), "-", length(row[[2]])), "difference", "diff_welch",
       list(a = row[[1]], b = row[[2]], conf = row[[3]]),
       list(diff = unname(found$estimate[1] - found$estimate[2]), se = found$stderr, df = unname(found$parameter),
            lo = found$conf.int[1], hi = found$conf.int[2], p = found$p.value), "stats::t.test(b, a): Welch")
}
sleep1 <- sleep$extra[sleep$group == 1]
sleep2 <- sleep$extra[sleep$group == 2]
found <- t.test(sleep2, sleep1)
case("r-welch-sleep", "difference", "diff_welch", list(a = sleep1, b = sleep2, conf = 0.95),
     list(diff = unname(found$estimate[1] - found$estimate[2]), se = found$stderr, df = unname(found$parameter),
          lo = found$conf.int[1], hi = found$conf.int[2], p = found$p.value), "datasets::sleep (Student 1908), stats::t.test")

# exactRankTests computes the distribution of the sum over the first group; scores 0, 1, 2 are -1, 0, 1 shifted.
# Its two-sided p doubles nothing: it adds outcomes at least as far from the mean.
perm_case <- function(a, b) {
  p <- suppressWarnings(perm.test(answers(a) + 1, answers(b) + 1, exact = TRUE)$p.value)
  case(paste0("r-permutation-", paste(a, collapse = "-"), "-", paste(b, collapse = "-")), "difference",
       "diff_permutation_exact", list(a = counts(a), b = counts(b)), list(p_two_sided = p),
       paste0("exactRankTests ", packageVersion("exactRankTests"), " perm.test(exact=TRUE)"))
}
perm_case(c(6, 2, 2), c(2, 3, 4))
perm_case(c(4, 1, 1), c(0, 2, 4))
perm_case(c(9, 0, 0), c(5, 3, 1))
perm_case(c(3, 3, 3), c(3, 3, 3))
perm_case(c(1, 2, 5), c(30, 40, 30))
perm_case(c(2, 0, 0), c(0, 0, 2))

categories <- c("detractor", "passive", "promoter")
paired_case <- function(id, table, conf) {
  rows <- as.vector(row(table)[rep(seq_along(table), table)]) - 2
  columns <- as.vector(col(table)[rep(seq_along(table), table)]) - 2
  found <- t.test(100 * columns, 100 * rows, paired = TRUE, conf.level = conf)
  case(id, "difference", "paired_change",
       list(table_wave1_rows_wave2_cols = table, categories = categories, conf = conf),
       list(n = length(rows), nps_wave1 = 100 * mean(rows), nps_wave2 = 100 * mean(columns),
            diff = unname(found$estimate), lo_t = found$conf.int[1], hi_t = found$conf.int[2], p_t = found$p.value),
       "stats::t.test(paired=TRUE)")
}
by_row <- function(...) matrix(c(...), 3, byrow = TRUE)
paired_case("r-paired-128", by_row(20, 10, 5, 3, 30, 15, 0, 5, 40), 0.95)
paired_case("r-paired-12", by_row(2, 1, 1, 0, 3, 2, 0, 0, 3), 0.90)
paired_case("r-paired-down", by_row(10, 2, 0, 9, 11, 1, 4, 8, 15), 0.99)

# Stuart (1955) and Maxwell (1970), with the generalised inverse so that all categories stay in
stuart_maxwell <- function(table) {
  d <- rowSums(table) - colSums(table)
  s <- -(table + t(table))
  diag(s) <- rowSums(table) + colSums(table) - 2 * diag(table)
  drop(t(d) %*% ginv(s) %*% d)
}
homogeneity_case <- function(id, table, ref) {
  statistic <- stuart_maxwell(table)
  case(id, "difference", "marginal_homogeneity", list(table = table),
       list(statistic = statistic, df = nrow(table) - 1, p = pchisq(statistic, nrow(table) - 1, lower.tail = FALSE)), ref)
}
ginv_ref <- paste0("MASS ", packageVersion("MASS"), "::ginv in Stuart and Maxwell's quadratic form, stats::pchisq")
homogeneity_case("r-stuart-maxwell-40", by_row(6, 4, 1, 2, 10, 6, 1, 3, 7), ginv_ref)
homogeneity_case("r-stuart-maxwell-128", by_row(20, 10, 5, 3, 30, 15, 0, 5, 40), ginv_ref)
table <- by_row(40, 12, 9, 6, 55, 21, 3, 14, 70)
long <- expand.grid(row = 1:3, column = 1:3)[rep(1:9, table), ]
person <- rep(seq_len(nrow(long)), 2)
found <- mantelhaen.test(factor(c(long$row, long$column)), factor(rep(1:2, each = nrow(long))), factor(person))
case("r-mantelhaen-230", "difference", "marginal_homogeneity", list(table = table),
     list(statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value),
     "stats::mantelhaen.test with the person as stratum, which equals Stuart and Maxwell's test")

found <- mcnemar.test(rbind(c(40, 9), c(20, 30)), correct = FALSE)
case("r-mcnemar-99", "difference", "marginal_homogeneity", list(table = by_row(40, 0, 9, 0, 12, 0, 20, 0, 30)),
     list(statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value),
     "stats::mcnemar.test(correct=FALSE) of the two bands that people left")

for (row in list(list("a", c(0.003, 0.021, 0.011, 0.44, 0.048, 0.13, 0.0009)), list("ties", c(0.02, 0.02, 0.5, 0.02, 1, 0)),
                 list("one", 0.04))) {
  p <- row[[2]]
  case(paste0("r-family-", row[[1]]), "difference", "adjust_p_values", list(p = as.list(p)),
       list(holm = as.list(p.adjust(p, "holm")), benjamini_hochberg = as.list(p.adjust(p, "BH"))), "stats::p.adjust")
}

# Two waves with part of the people in both (correlated answers from MASS::mvrnorm, cut to 0-10)
set.seed(4)
drawn <- mvrnorm(30, c(7, 7.6), 6 * matrix(c(1, 0.6, 0.6, 1), 2))
both <- matrix(pmin(pmax(round(drawn), 0), 10), 30)
people <- data.frame(person = c(1:24, 7:30), wave = rep(1:2, each = 24), score = c(both[1:24, 1], both[7:30, 2]))
y1 <- points(people$score[people$wave == 1])
y2 <- points(people$score[people$wave == 2])
in_both <- 7:24
shared1 <- points(both[in_both, 1])
shared2 <- points(both[in_both, 2])
overlap <- list(
  a = list(person = people$person[people$wave == 1], score = people$score[people$wave == 1]),
  b = list(person = people$person[people$wave == 2], score = people$score[people$wave == 2]), conf = 0.95
)
formula_se <- sqrt(var(y1) / 24 + var(y2) / 24 - 2 * 18 * cor(shared1, shared2) * sd(y1) * sd(y2) / 24^2)
welch <- unname(t.test(y2, y1)$parameter)
df <- 17 + (welch - 17) / (6 + 6 + 2 * 18) * (6 + 6)                 # Derrick et al. (2017)
half <- qt(0.975, df) * formula_se
change <- mean(y2) - mean(y1)
case("r-overlap-formula", "difference", "overlap_change", overlap,
     list(n_both = 18, diff = change, se = formula_se, df = df, lo = change - half, hi = change + half,
          p = 2 * pt(-abs(change) / formula_se, df)),
     "base: var() and cor() in s1^2/n1 + s2^2/n2 - 2 n12 r s1 s2/(n1 n2), t with Derrick's degrees of freedom")
apart <- list(a = list(person = 1:24, score = overlap$a$score), b = list(person = 101:124, score = overlap$b$score), conf = 0.9)
found <- t.test(y2, y1, conf.level = 0.9)
case("r-overlap-nobody", "difference", "overlap_change", apart,
     list(n_both = 0, diff = change, se = found$stderr, df = unname(found$parameter), lo = found$conf.int[1],
          hi = found$conf.int[2], p = found$p.value), "stats::t.test: Welch, nobody answered twice")
found <- t.test(points(both[, 2]), points(both[, 1]), paired = TRUE)
case("r-overlap-everybody", "difference", "overlap_change",
     list(a = list(person = 1:30, score = both[, 1]), b = list(person = 1:30, score = both[, 2]), conf = 0.95),
     list(n_both = 30, diff = unname(found$estimate), se = found$stderr, df = unname(found$parameter), lo = found$conf.int[1],
          hi = found$conf.int[2], p = found$p.value), "stats::t.test(paired=TRUE), all answered twice")
people$y <- points(people$score)
found <- svyby(~y, ~wave, svydesign(ids = ~person, weights = ~1, data = people), svymean, covmat = TRUE)
contrast <- svycontrast(found, c(-1, 1))
case("r-overlap-survey", "difference", "overlap_change", overlap,
     list(diff = unname(coef(contrast)), se = as.numeric(SE(contrast))),
     paste0(survey_version, " svyby and svycontrast with the person as cluster; it has other divisors, so 2 %"),
     list(default = list(abs = 1e-7), se = list(rel = 0.02)))

kitagawa <- function(n1, s1, n2, s2) {
  c1 <- n1 / sum(n1)
  c2 <- n2 / sum(n2)
  middle <- (sum(c1 * s1) + sum(c2 * s2)) / 2                        # taken off, so that a group counts by its distance
  list(total = sum(c2 * s2) - sum(c1 * s1), score_effect = sum((c1 + c2) / 2 * (s2 - s1)),
       mix_effect = sum((c2 - c1) * (s1 + s2) / 2), score_effects = (c1 + c2) / 2 * (s2 - s1),
       mix_effects = (c2 - c1) * ((s1 + s2) / 2 - middle))
}
mix_case <- function(id, first, second) {
  nps <- function(m) 100 * (m[, 1] - m[, 3]) / rowSums(m)
  group <- LETTERS[seq_len(nrow(first))]
  as_rows <- function(m) lapply(seq_len(nrow(m)), function(i) c(list(group = group[i]), counts(m[i, ])))
  case(id, "difference", "mix_effect", list(a = as_rows(first), b = as_rows(second)),
       kitagawa(rowSums(first), nps(first), rowSums(second), nps(second)),
       "base: Kitagawa's components from rates and shares by hand")
}
mix_case("r-mix-simpson", rbind(c(50, 30, 20), c(20, 30, 50)), rbind(c(22, 11, 7), c(38, 54, 68)))
mix_case("r-mix-three", rbind(c(5, 5, 5), c(60, 20, 10), c(12, 30, 18)), rbind(c(15, 5, 10), c(50, 30, 20), c(15, 25, 10)))

# ---- sample sizes -------------------------------------------------------------------------------------------

spread <- function(p) p[1] + p[3] - (p[1] - p[3])^2
usual <- c(0.31, 0.50, 0.19)
exactly <- list(default = list(abs = 0))
for (row in list(list(usual, 5, Inf, 0.95), list(usual, 5, 1000, 0.95), list(c(0.5, 0, 0.5), 10, Inf, 0.95),
                 list(c(0.6, 0.3, 0.1), 8, 300, 0.9))) {
  of <- function(n0) ceiling(if (is.finite(row[[3]])) n0 / (1 + (n0 - 1) / row[[3]]) else n0)
  n0 <- qnorm((1 + row[[4]]) / 2)^2 * spread(row[[1]]) / (row[[2]] / 100)^2
  name <- paste(c(100 * row[[1]], row[[2]], row[[3]]), collapse = "-")
  inputs <- list(shares = row[[1]], margin = row[[2]], population = if (is.finite(row[[3]])) row[[3]] else NA, conf = row[[4]])
  case(paste0("r-margin-", name), "difference", "n_for_margin", inputs, list(n = of(n0)),
       "base: z^2 v/m^2 with qnorm, of N people n0/(1 + (n0 - 1)/N), rounded up", exactly)
  case(paste0("r-margin-adjusted-", name), "difference", "n_for_margin", c(inputs, interval = "adjusted_wald"),
       list(n = of(n0 - 3)), "base: as for the Wald interval, from n0 - 3", exactly)
}
for (row in list(c(10, 0.8, 0.95), c(5, 0.9, 0.95), c(20, 0.8, 0.9))) {
  x <- row[1] / 100
  alpha <- 1 - row[3]
  z <- qnorm(1 - alpha / 2) + qnorm(row[2])
  name <- paste(row[1], 100 * row[2], 100 * row[3], sep = "-")
  moved <- usual + c(x / 2, 0, -x / 2)                               # as many passives as before
  case(paste0("r-change-", name), "difference", "n_for_change",
       list(shares = usual, change = row[1], power = row[2], conf = row[3]),
       list(n = ceiling((spread(usual) + spread(moved)) * z^2 / x^2)), "base: (v1 + v2)(z + z)^2/X^2 with qnorm, rounded up",
       exactly)
  by_t <- power.t.test(delta = row[1], sd = 100 * sqrt(spread(usual)), sig.level = alpha, power = row[2])$n
  case(paste0("r-power-t-", name), "difference", "n_for_change",
       list(variance = 1e4 * spread(usual), change = row[1], power = row[2], conf = row[3]), list(n = by_t),
       "stats::power.t.test: Student's t, so about one answer more; ours is rounded up", list(default = list(abs = 1.5)))
}
for (n in list(c(100, 100), c(400, 250), c(200, 2000))) {
  x <- usual * 100
  first <- adjusted(x, n[1])
  se <- first$se * c(1, sqrt((n[1] + 3) / (n[2] + 3)))                # as spread as the wave before
  r <- n / (n + 3)
  inputs <- list(a = counts(round(usual * n[1])), n_after = n[2], power = 0.8, conf = 0.95)
  case(paste0("r-demonstrable-", n[1], "-", n[2]), "difference", "demonstrable_change", inputs,
       list(change = (qnorm(0.975) * sqrt(sum(se^2)) + qnorm(0.8) * sqrt(sum(r * se^2))) / r[2]),
       "base: qnorm; three pseudo-answers per wave hold the centre back and steady it")
  case(paste0("r-demonstrable-textbook-", n[1], "-", n[2]), "difference", "demonstrable_change", inputs,
       list(change = 100 * (qnorm(0.975) + qnorm(0.8)) * sqrt(sum(spread(usual) / n))),
       "base: (z + z) sqrt(v1/n1 + v2/n2), without pseudo-answers, so 2.5 %", list(default = list(rel = 0.025)))
}

# ---- weights, clusters, strata, finite populations: survey ---------------------------------------------------

set.seed(2026)
d <- data.frame(
  stratum = rep(c("north", "south", "west"), c(20, 24, 16)),
  team = paste0("t", c(rep(1:5, each = 4), rep(6:9, c(3, 9, 5, 7)), rep(10:13, each = 4))),
  age = sample(c("young", "old"), 60, replace = TRUE, prob = c(0.4, 0.6)),
  score = sample(0:10, 60, replace = TRUE, prob = c(1, 0, 1, 1, 1, 3, 4, 8, 10, 9, 12)),
  weight = round(runif(60, 0.4, 3), 3)
)
d$y <- points(d$score)
d$people <- c(north = 40, south = 96, west = 80)[d$stratum]           # people per stratum
d$teams <- c(north = 8, south = 9, west = 5)[d$stratum]               # teams per stratum
whole <- list(score = d$score, conf = 0.95)
weighted <- c(whole, list(weight = d$weight))

mean_of <- function(design, df = degf(design)) {
  found <- svymean(~y, design)
  ci <- confint(found, level = 0.95, df = df)
  list(nps = unname(coef(found)), se = unname(SE(found)[1]), df = df, lo = ci[1], hi = ci[2])
}
design_case <- function(id, inputs, design, call) {
  case(id, "weighting", "design_mean", inputs, mean_of(design), paste(survey_version, call, "set.seed(2026)"))
}
design_case("r-design-srs", whole, svydesign(ids = ~1, weights = ~1, data = d), "svydesign(ids=~1, weights=~1);")
design_case("r-design-weights", weighted, svydesign(ids = ~1, weights = ~weight, data = d), "svydesign(ids=~1, weights=~weight);")
design_case("r-design-clusters", c(whole, list(team = d$team)), svydesign(ids = ~team, weights = ~1, data = d),
            "svydesign(ids=~team, weights=~1);")
design_case("r-design-weights-clusters", c(weighted, list(team = d$team)),
            svydesign(ids = ~team, weights = ~weight, data = d), "svydesign(ids=~team, weights=~weight);")
design_case("r-design-strata", c(weighted, list(stratum = d$stratum)),
            svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d), "svydesign(strata=~stratum, weights=~weight);")
design_case("r-design-strata-fpc", c(weighted, list(stratum = d$stratum, population = list(north = 40, south = 96, west = 80))),
            svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~people, data = d),
            "svydesign(strata=~stratum, weights=~weight, fpc=~people);")
design_case("r-design-srs-fpc", c(whole, list(population = 75)),
            svydesign(ids = ~1, weights = ~1, fpc = rep(75, 60), data = d), "svydesign(ids=~1, fpc=75);")
design_case("r-design-clusters-strata", c(weighted, list(team = d$team, stratum = d$stratum)),
            svydesign(ids = ~team, strata = ~stratum, weights = ~weight, data = d),
            "svydesign(ids=~team, strata=~stratum, weights=~weight);")
design_case("r-design-clusters-strata-fpc",
            c(weighted, list(team = d$team, stratum = d$stratum, population = list(north = 8, south = 9, west = 5))),
            svydesign(ids = ~team, strata = ~stratum, weights = ~weight, fpc = ~teams, data = d),
            "svydesign(ids=~team, strata=~stratum, weights=~weight, fpc=~teams): the population counts teams;")
found <- svymean(~score, svydesign(ids = ~team, weights = ~weight, data = d))
ci <- confint(found, df = 12)
case("r-design-mean", "weighting", "design_mean", c(weighted, list(team = d$team, rule = "mean")),
     list(nps = unname(coef(found)), se = unname(SE(found)[1]), df = 12, lo = ci[1], hi = ci[2]),
     paste(survey_version, "svymean(~score) with teams and weights; set.seed(2026)"))

domain_case <- function(id, inputs, design, call) {
  found <- svyby(~y, ~age, design, svymean)
  case(id, "weighting", "domain_means", c(inputs, list(by = d$age)),
       list(nps = setNames(as.list(coef(found)), found$age), se = setNames(as.list(SE(found)), found$age)),
       paste(survey_version, call, "set.seed(2026)"))
}
domain_case("r-domain-weights", weighted, svydesign(ids = ~1, weights = ~weight, data = d), "svyby(~y, ~age) with weights;")
domain_case("r-domain-clusters", c(weighted, list(team = d$team)), svydesign(ids = ~team, weights = ~weight, data = d),
            "svyby(~y, ~age) with teams and weights;")
domain_case("r-domain-strata-fpc", c(weighted, list(stratum = d$stratum, population = list(north = 40, south = 96, west = 80))),
            svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~people, data = d),
            "svyby(~y, ~age) with strata, weights and fpc;")

kish <- function(w) length(w) * sum(w^2) / sum(w)^2
case("r-kish", "weighting", "kish", list(weight = d$weight), list(deff = kish(d$weight), n_eff = 60 / kish(d$weight)),
     "base: n sum(w^2)/sum(w)^2; set.seed(2026)")

shifted <- pmin(pmax(d$score + 4 * (as.integer(factor(d$team)) %% 3 - 1), 0), 10)
for (row in list(list("none", d$score), list("some", shifted))) {
  y <- points(row[[2]])
  mean_squares <- summary(aov(y ~ team, data = data.frame(y, team = d$team)))[[1]][["Mean Sq"]]
  m <- as.vector(table(d$team))
  n0 <- (60 - sum(m^2) / 60) / (length(m) - 1)
  rho <- max(0, (mean_squares[1] - mean_squares[2]) / (mean_squares[1] + (n0 - 1) * mean_squares[2]))
  case(paste0("r-intraclass-", row[[1]]), "weighting", "intraclass", list(score = row[[2]], team = d$team),
       list(clusters = length(m), rho = rho, design_effect = 1 + rho * (sum(m^2) / 60 - 1)),
       "stats::aov: (MSB - MSW)/(MSB + (n0 - 1) MSW), at least 0; 1 + rho (sum(m^2)/n - 1); set.seed(2026)")
}

simple <- svydesign(ids = ~1, weights = ~1, data = d)
post <- postStratify(simple, ~stratum, data.frame(stratum = c("north", "south", "west"), Freq = c(40, 96, 80)))
by_stratum <- function(w) as.list(tapply(w, d$stratum, mean))
case("r-post-stratified", "weighting", "poststratify",
     list(score = d$score, site = d$stratum, population = list(north = 40, south = 96, west = 80)),
     c(mean_of(post)[c("nps", "se")], list(cell_weights = by_stratum(weights(post)), kish_deff = kish(weights(post)))),
     paste(survey_version, "postStratify; set.seed(2026)"))

margins <- list(site = list(north = 40, south = 96, west = 80), contract = list(old = 90, young = 126))
raked <- rake(simple, list(~stratum, ~age), list(
  data.frame(stratum = c("north", "south", "west"), Freq = c(40, 96, 80)), data.frame(age = c("old", "young"), Freq = c(90, 126))
), control = list(maxit = 1000, epsilon = 1e-12, verbose = FALSE))
cells <- tapply(weights(raked), paste(d$stratum, d$age, sep = "/"), mean)
case("r-raked", "weighting", "rake", list(score = d$score, site = d$stratum, contract = d$age, margins = margins),
     list(nps = mean_of(raked)$nps, cell_weights = as.list(cells), kish_deff = kish(weights(raked))),
     paste(survey_version, "rake(epsilon=1e-12); set.seed(2026)"), list(default = list(abs = 1e-6)))
case("r-raked-se", "weighting", "rake", list(score = d$score, site = d$stratum, contract = d$age, margins = margins),
     mean_of(raked)[c("nps", "se")], paste(survey_version, "svymean after rake: residuals of the margins; set.seed(2026)"),
     list(default = list(abs = 1e-5)))
fixed <- svydesign(ids = ~1, weights = weights(raked), data = d)
case("r-raked-fixed-se", "weighting", "design_mean", c(whole, list(weight = unname(weights(raked)))), mean_of(fixed),
     paste(survey_version, "svymean with the raked weights taken as fixed; set.seed(2026)"))

# Raking below a limit: what is at the limit stays there, and the others are raked to what is left
limit <- 2.4 * 216 / 60
capped <- d$stratum == "south" & d$age == "young"
taken <- limit * sum(capped)
left <- rake(svydesign(ids = ~1, weights = ~1, data = d[!capped, ]), list(~stratum, ~age), list(
  data.frame(stratum = c("north", "south", "west"), Freq = c(40, 96 - taken, 80)),
  data.frame(age = c("old", "young"), Freq = c(90, 126 - taken))
), control = list(maxit = 1000, epsilon = 1e-12, verbose = FALSE))
trimmed <- rep(limit, 60)
trimmed[!capped] <- weights(left)
stopifnot(max(trimmed) <= limit + 1e-9)
cells <- tapply(trimmed, paste(d$stratum, d$age, sep = "/"), mean)
case("r-raked-trimmed", "weighting", "rake",
     list(score = d$score, site = d$stratum, contract = d$age, margins = margins, trim_at = 2.4),
     list(nps = sum(trimmed * d$y) / 216, cell_weights = as.list(cells), kish_deff = kish(trimmed)),
     paste(survey_version, "rake of the answers below the limit to what those at the limit leave; set.seed(2026)"),
     list(default = list(abs = 1e-6)))

strata_known <- data.frame(stratum = c("north", "south", "west"), Freq = c(40, 96, 80))
calibrated <- function(design) list(
  score = d$score, site = d$stratum, weight = unname(weights(design)), calibrated_to = I(list("site")), conf = 0.95
)
of_teams <- postStratify(svydesign(ids = ~team, weights = ~1, data = d), ~stratum, strata_known)
case("r-calibrated-clusters", "weighting", "design_mean", c(calibrated(of_teams), list(team = d$team)), mean_of(of_teams),
     paste(survey_version, "postStratify of svydesign(ids=~team); set.seed(2026)"))
before <- postStratify(svydesign(ids = ~1, weights = ~weight, data = d), ~stratum, strata_known)
case("r-calibrated-weights", "weighting", "design_mean", c(calibrated(before), list(weight_before = d$weight)), mean_of(before),
     paste(survey_version, "postStratify of svydesign(weights=~weight); set.seed(2026)"))
of_people <- postStratify(svydesign(ids = ~1, fpc = rep(216, 60), data = d), ~stratum, strata_known)
case("r-calibrated-fpc", "weighting", "design_mean", c(calibrated(of_people), list(population = 216)), mean_of(of_people),
     paste(survey_version, "postStratify of svydesign(fpc=216); set.seed(2026)"))
found <- svyby(~y, ~age, post, svymean)
case("r-calibrated-domain", "weighting", "domain_means", c(calibrated(post), list(by = d$age)),
     list(nps = setNames(as.list(coef(found)), found$age), se = setNames(as.list(SE(found)), found$age)),
     paste(survey_version, "svyby after postStratify; set.seed(2026)"))
found <- svymean(~I(100 * (score >= 9)), svydesign(ids = ~team, strata = ~stratum, weights = ~weight, data = d))
ci <- confint(found, df = 10)
case("r-design-top-box", "weighting", "design_mean",
     c(weighted, list(team = d$team, stratum = d$stratum, rule = "top_box", best = c(9, 10))),
     list(nps = unname(coef(found)), se = unname(SE(found)[1]), df = 10, lo = ci[1], hi = ci[2]),
     paste(survey_version, "svymean of the share of 9 and 10, in percent, with teams, strata and weights; set.seed(2026)"))

# ---- targets ------------------------------------------------------------------------------------------------

days <- as.Date(c("2024-01-15", "2024-02-29", "2024-12-31", "2026-07-01", "2023-01-01"))
line <- approxfun(as.numeric(as.Date(c("2024-01-15", "2025-12-31"))), c(-14, 12), rule = 2)
case("r-glide-path", "target", "glide_path",
     list(baseline = -14, baseline_date = "2024-01-15", target = 12, target_date = "2025-12-31", dates = format(days)),
     list(path = line(as.numeric(days))), "stats::approxfun(rule=2) over as.Date")
for (row in list(list(c(46, 38, 16), 30), list(c(5, 3, 1), 60), list(c(310, 500, 190), 10))) {
  found <- adjusted(row[[1]])
  case(paste0("r-target-", paste(row[[1]], collapse = "-"), "-", row[[2]]), "target", "prob_target_met",
       c(counts(row[[1]]), target = row[[2]], method = "normal on adjusted Wald"),
       list(nps = 100 * (row[[1]][1] - row[[1]][3]) / sum(row[[1]]), prob = pnorm((found$centre - row[[2]]) / found$se),
            point_meets = 100 * (row[[1]][1] - row[[1]][3]) / sum(row[[1]]) >= row[[2]]),
       "stats::pnorm((centre - target)/se)")
}

# ---- bootstrap: a check of size, not of digits ----------------------------------------------------------------

boot_ref <- paste0("boot ", packageVersion("boot"), ", ")
wide <- list(default = list(abs = 1e-7), se = list(rel = 0.03), se_points = list(rel = 0.03))
set.seed(11)
x <- c(155, 250, 95)
found <- boot(100 * answers(x), function(y, i) mean(y[i]), 20000)
case("r-boot-score", "point", "nps_from_counts", counts(x), list(nps = found$t0, se_points = sd(found$t)),
     paste0(boot_ref, "20,000 resamples of the answers; set.seed(11)"), wide)
set.seed(12)
a <- c(210, 300, 240)
b <- c(330, 320, 150)
both <- data.frame(y = 100 * c(answers(a), answers(b)), wave = rep(1:2, c(sum(a), sum(b))))
found <- boot(both, function(x, i) with(x[i, ], mean(y[wave == 2]) - mean(y[wave == 1])), 5000, strata = both$wave)
case("r-boot-difference", "difference", "diff_adjusted_wald", list(a = counts(a), b = counts(b), conf = 0.95),
     list(diff = found$t0, se = sd(found$t)), paste0(boot_ref, "5,000 resamples within each wave; set.seed(12)"), wide)
set.seed(13)
teams <- data.frame(team = paste0("g", 1:80), n = sample(3:9, 80, replace = TRUE), level = rnorm(80, 7.5, 0.8))
rows <- teams[rep(1:80, teams$n), ]
rows$score <- pmin(pmax(round(rnorm(nrow(rows), rows$level, 1.8)), 0), 10)
sums <- data.frame(total = tapply(points(rows$score), rows$team, sum), n = tapply(rows$score, rows$team, length))
found <- boot(sums, function(x, i) sum(x$total[i]) / sum(x$n[i]), 20000)
case("r-boot-clusters", "weighting", "design_mean", list(score = rows$score, team = rows$team, conf = 0.95),
     list(nps = found$t0, se = sd(found$t)), paste0(boot_ref, "20,000 resamples of 80 teams; set.seed(13)"), wide)

# ---- write --------------------------------------------------------------------------------------------------

session <- capture.output(print(sessionInfo()))
packages <- c("survey", "exactRankTests", "boot", "MASS")
versions <- setNames(lapply(packages, function(name) as.character(packageVersion(name))), packages)
head <- list(about = "Reference values from R; written by make.R, not by hand.", command = "Rscript make.R",
             r_version = R.version.string, packages = versions, session_info = as.list(session))
lines <- vapply(cases, json, "")
body <- sub("}$", "", json(head))
writeLines(c(paste0(body, ', "cases": ['), paste0(lines, c(rep(",", length(lines) - 1), "")), "]}"), "r_cases.json")
cat(length(cases), "cases written\n")
