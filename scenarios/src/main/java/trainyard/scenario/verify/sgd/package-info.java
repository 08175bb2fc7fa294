/**
 * Scores rows about synchronous, asynchronous and low-communication SGD: golden values of closed forms ({@code form}), of which those
 * that the engine can produce are simulated besides ({@code simulation}), and published facts that a model of ours predicts ({@code
 * fact}). {@link trainyard.scenario.verify.sgd.SgdSuite} tells the two kinds of table apart by their columns.
 *
 * <p>To cover one more golden quantity, add it to the class of its family, such as {@code OrderStatisticsForms}; to cover one
 * more kind of fact, add a {@code FactModel} to {@code FactRows}.
 */
package trainyard.scenario.verify.sgd;
