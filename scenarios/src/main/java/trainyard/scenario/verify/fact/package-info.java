/**
 * Tables of published facts: a {@link trainyard.scenario.verify.fact.FactTable} reads rows as
 * {@link trainyard.scenario.verify.fact.Fact}s, and the first {@link trainyard.scenario.verify.fact.FactModel} that knows a fact
 * predicts it.
 */
package trainyard.scenario.verify.fact;
