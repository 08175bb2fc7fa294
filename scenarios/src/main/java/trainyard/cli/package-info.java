/**
 * The command line. {@link trainyard.cli.Main} starts it; each verb is a class named after it that reads options, asks
 * {@code trainyard.scenario} and prints. Words go to standard error or output as {@link trainyard.cli.Terminal}
 * decides; with {@code --json} standard output carries exactly one JSON document.
 */
package trainyard.cli;
