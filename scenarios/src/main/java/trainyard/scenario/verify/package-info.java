/**
 * Holds the simulator against published measurements. A {@link trainyard.scenario.verify.Suite} knows one kind of table
 * and predicts its rows; {@link trainyard.scenario.verify.Verification} reads the tables of a folder, lets the suite score
 * every row and gathers the errors per source; {@link trainyard.scenario.verify.VerificationText} and {@link
 * trainyard.scenario.verify.VerificationJson} print the outcome. To add a suite, write one class that implements the
 * interface; nothing else changes.
 */
package trainyard.scenario.verify;
