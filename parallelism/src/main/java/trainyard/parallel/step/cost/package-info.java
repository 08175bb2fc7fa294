/** What a step costs: where its time went by {@link trainyard.parallel.step.cost.TimeState}, and the bars of its timeline. */
package trainyard.parallel.step.cost;
