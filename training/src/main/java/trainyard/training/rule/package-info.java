/**
 * Update rules: who reads when, whose gradient counts, and when parameters change. Each is a file behind {@link
 * trainyard.training.rule.UpdateRule}; what a rule may do is {@link trainyard.training.rule.TrainingContext}.
 */
package trainyard.training.rule;
