/** What makes the ranks of a job unequal: slow GPUs, jitter, other types of node, slow links, unequal shares of the batch. */
package trainyard.parallel.condition;
