/**
 * What ranks send to each other and to the host within a step, and what each exchange takes. {@link
 * trainyard.parallel.step.exchange.RankPlacement} says which ranks share a node.
 */
package trainyard.parallel.step.exchange;
