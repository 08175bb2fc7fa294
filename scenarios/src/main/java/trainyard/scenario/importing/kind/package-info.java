/**
 * The kinds of training configuration that can be made into a scenario, each by its word on the command line. A new kind is
 * one more constant here and one package beside it that reads the files into a draft.
 */
package trainyard.scenario.importing.kind;
