/** Parts and measured machines that a scenario names instead of describing them. */
package trainyard.scenario.section.preset;
