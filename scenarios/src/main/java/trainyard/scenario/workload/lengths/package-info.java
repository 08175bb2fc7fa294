/** {@code lengths}: a job whose sequences vary in length. Start at {@link trainyard.scenario.workload.lengths.LengthsKind}. */
package trainyard.scenario.workload.lengths;
