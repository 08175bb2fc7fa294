/**
 * Scenarios: what a person writes to ask a question. {@link trainyard.scenario.Scenario} is one, read and checked. The
 * packages below follow its way: {@code source} reads text, {@code resolve} makes one tree of it, {@code format}
 * describes what may stand in it, {@code section} says what each section becomes, {@code workload}
 * what is simulated of it ({@link trainyard.scenario.WorkloadKinds} lists the kinds of study), {@code study} spreads and
 * runs it and {@code answer} turns the outcomes into a report.
 */
package trainyard.scenario;
