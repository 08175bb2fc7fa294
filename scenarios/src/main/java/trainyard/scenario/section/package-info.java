/**
 * The sections of a scenario: which keys each has and what they become. A section class holds its fields, the
 * {@link trainyard.scenario.format.Section} made of them and a method that turns its values into the record of the
 * simulator that they describe. {@link trainyard.scenario.section.ScenarioSection} is the top; each package below holds
 * what belongs to one of its keys.
 */
package trainyard.scenario.section;
