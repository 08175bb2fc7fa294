/** {@code sgd}: training with real gradients on the virtual clock. Start at {@link trainyard.scenario.workload.sgd.SgdKind}. */
package trainyard.scenario.workload.sgd;
