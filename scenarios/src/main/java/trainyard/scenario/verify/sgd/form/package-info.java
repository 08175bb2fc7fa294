/**
 * Closed forms of SGD that golden values are checked against, by name: {@code GoldenForms} has them all, a file for each family adds
 * its own, such as {@code OrderStatisticsForms}.
 */
package trainyard.scenario.verify.sgd.form;
