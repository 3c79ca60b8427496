# Writes r-survival.json: what R's package survival says of random left-truncated samples, for r-survival.test.ts to
# compare with.
#
#     Rscript tests/statistics/r-survival.R > tests/statistics/r-survival.json && npm run format
#
# An outcome is 1 for the event, 2 for the competing ending, 0 for still running. `survival` treats a competing ending
# as still running; its rows are time, at risk, events, S, standard error and the 90 % interval. `incidence` rows are
# time and the share that has had the event by then.

library(survival)

set.seed(2026)
number <- function(x) if (is.na(x)) "null" else format(x, digits = 13, trim = TRUE)
row <- function(x) paste0("[", paste(sapply(x, number), collapse = ","), "]")
rows <- function(m) paste0("[", paste(apply(m, 1, row), collapse = ","), "]")

sample_of <- function(n) {
  entry <- sample(0:8, n, replace = TRUE)
  data.frame(entry = entry, exit = entry + sample(1:12, n, replace = TRUE), outcome = sample(0:2, n, replace = TRUE, prob = c(2, 5, 1)))
}

one <- function(i) {
  spells <- sample_of(sample(6:14, 1))
  fit <- summary(survfit(Surv(entry, exit, outcome == 1) ~ 1, spells, conf.type = "log-log", conf.int = 0.9))
  curve <- cbind(fit$time, fit$n.risk, fit$n.event, fit$surv, fit$std.err, fit$lower, fit$upper)
  spells$id <- seq_len(nrow(spells))
  states <- factor(spells$outcome, 0:2, c("running", "event", "competing"))
  both <- survfit(Surv(spells$entry, spells$exit, states) ~ 1, id = spells$id)
  incidence <- cbind(both$time, both$pstate[, which(both$states == "event")])
  if (!any(spells$outcome == 1)) return(NULL)
  paste0('{"spells":', rows(spells[c("entry", "exit", "outcome")]), ',"survival":', rows(curve), ',"incidence":', rows(incidence), "}")
}

sets <- unlist(lapply(1:250, one))
cat('{"versions":{"r":"', paste(R.version$major, R.version$minor, sep = "."), '","survival":"', as.character(packageVersion("survival")), '"},"samples":[\n', sep = "")
cat(paste(sets, collapse = ",\n"))
cat("\n]}\n")
