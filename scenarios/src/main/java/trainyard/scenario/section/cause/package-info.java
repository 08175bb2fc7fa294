/** What other sections ask of the causes of {@code life.faults}: {@link trainyard.scenario.section.cause.CauseUse}. */
package trainyard.scenario.section.cause;
