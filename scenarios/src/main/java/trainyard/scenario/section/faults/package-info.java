/**
 * What goes wrong, and how often: {@link trainyard.scenario.section.faults.FaultsSection} with its causes and traces, and
 * {@link trainyard.scenario.section.faults.CauseUse} for keys of other sections that count only where something of a kind can.
 */
package trainyard.scenario.section.faults;
