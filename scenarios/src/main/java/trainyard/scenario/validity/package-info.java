/**
 * How far the model can be trusted: the suites that hold it against measurements, and the errors that they found, which
 * every report shows. The table of errors is a resource, so that a report need not repeat the verification; a test
 * fails when it no longer tells the truth.
 */
package trainyard.scenario.validity;
