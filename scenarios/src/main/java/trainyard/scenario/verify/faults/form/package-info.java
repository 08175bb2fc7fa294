/**
 * Closed forms that rows about failures are checked against, by name: {@code ClosedForms} has them all, a file for each subject
 * adds its own.
 */
package trainyard.scenario.verify.faults.form;
