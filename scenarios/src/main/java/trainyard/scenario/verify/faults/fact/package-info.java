/** Published facts about failures, checkpoints and recovery that a model of ours predicts; a file for each group of facts. */
package trainyard.scenario.verify.faults.fact;
