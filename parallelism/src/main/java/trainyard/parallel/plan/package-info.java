/**
 * How a model is spread over GPUs: degrees, pipeline schedule, sharding, recomputation, batch. Plain values that check
 * themselves; what they cost is said elsewhere.
 */
package trainyard.parallel.plan;
