/**
 * Published facts about SGD that a model of ours predicts, a {@link trainyard.scenario.verify.fact.FactModel} for each group;
 * {@code FactRows} asks them in turn.
 */
package trainyard.scenario.verify.sgd.fact;
