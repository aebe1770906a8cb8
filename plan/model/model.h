/* Satisfaction models: JSON and a data file in, a fitted path model out. */
#ifndef PLAN_MODEL_MODEL_H
#define PLAN_MODEL_MODEL_H

#include "base/err.h"
#include "base/json.h"
#include "base/pool.h"
#include "plan/stored.h"

/*
 * Fit the model at path ("-": standard input).  Paths in it are relative to its folder; encoding as
 * plan_run_path().
 *
 *   { "model": "ecsi",                            a ready one; what follows then replaces its
 *   members,
 *                                                 "blocks" construct by construct (null takes one
 *                                                 away)
 *     "data": "a.csv", "encoding", "codes",       as in a plan
 *     "blocks": {"Satisfaction": ["CUSA1", ...]}, "paths": [["Image", "Satisfaction"], ...],
 *     "labels": {"Image": "..."},                 shown in Chinese tables
 *     "scheme": "path|centroid|factorial", "mode": "A|B", "scale": [1, 10],
 *     "missing": "mean|listwise|pairwise", "level": 0.95,
 *     "weight": "w", "cluster": "psu", "strata": "h", "nest": false, "lonely": "fail|certainty",
 *     "bootstrap": {"replicates": 1000, "seed": 1, "cluster", "strata", "rescaled", "threads",
 *                   "indices": "rows.csv"}        or true, or a number of replicates
 *     "jackknife": {"cluster", "strata"},         or true, "JK1", "JKn"
 *     "scores": false }                           every row's constructs too
 *
 * cluster and strata of the bootstrap or jackknife are those of the whole model.  With either the
 * bootstrap draws n - 1 of n PSUs, rescaled, unless "rescaled" says otherwise.  indices: one
 * resample a line, rows of the data from 1.
 *
 * Returns: {"model_sha256", "n", "weights", "index_weights", "loadings", "paths": [{"from", "to",
 *          "estimate", "se", "low", "high"}], "total_effects" likewise, "constructs": {name: {"r2",
 *          "r2_adjusted", "alpha", "alpha_raw", "rho_a", "rho_c", "ave", "index": row}},
 *          "correlations", "htmt": {a: {b: x}}, "vif", "f2": {effect: {cause: x}},
 *          "cross_loadings": {item: {construct: x}}, "consistent": {"paths", "r2", "loadings",
 *          "admissible"} (PLSc: mode A corrected for attenuation; null in mode B),
 *          "importance_performance": [{"target", "construct", "importance",
 *          "importance_standardized", "performance"}], "resampling", "scores": {"standardized":
 *          {name: [...]}, "index"}, "iterations", "warnings": [text]}; the caller's to release.
 *          Standard errors of paths are null without a bootstrap or jackknife; that of an index is
 *          then linearised with the weights held fixed.
 * stored (NULL: none) is a wave to take answers, design and weights from in place of "data"; the
 * model's own cluster, strata and weight go before the wave's, and the answer repeats them as
 * "own": {"design", "calibrate"} (null: a weight of its own is met to no margins, whatever stands
 * in the way of the wave's).  Weights met to margins are held fixed in replicates.
 *
 * Fails:   NULL with *err and *word, the reason for scripts ("constant", "lonely_psu", ...).
 */
json_t *plan_model_path(const char *path, const char *encoding, const struct plan_stored *stored,
	const char **word, struct pool *pool, struct err *err);

/* ---- ready.c ---- */
/* Ready models in order: name and title.  NULL after the last. */
json_t *plan_model_list(void);

/* ---- ready.c ---- */
/* A ready model as it is written; NULL with *err. */
json_t *plan_model_ready(const char *name, struct err *err);

#endif
