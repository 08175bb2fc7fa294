package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ClusterSection;
import trainyard.scenario.section.NetworkSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.validity.ValidityTable;
import trainyard.scenario.workload.TrafficKind;

/** Says which parts of the model behind an answer were checked against what. */
public final class Validity {

    private static final String COLLECTIVES = "collectives";

    private Validity() {}

    /** The rows that concern a scenario. */
    public static List<ValidityRow> of(Scenario scenario) {
        if (!scenario.kind().needs().contains(ScenarioSection.CLUSTER)) {
            return List.of(
                    unverified(
                            "agreement, waits and redelivery",
                            "held to cases worked out by hand and to properties that must hold; no measurements to compare with"));
        }
        boolean collective = !scenario.values().isWritten(ScenarioSection.JOB);
        List<ValidityRow> rows = new ArrayList<>();
        for (ValidityTable.Row row : ValidityTable.shipped().rows()) {
            if (!collective || row.suite().equals(COLLECTIVES)) {
                rows.add(row(row));
            }
        }
        rows.addAll(notCompared(scenario));
        return List.copyOf(rows);
    }

    /** What the answer rests on, or leaves out, that no shipped measurement of the same machines was compared with. */
    private static List<ValidityRow> notCompared(Scenario scenario) {
        Values values = scenario.values();
        List<String> leftOut = new ArrayList<>();
        List<ValidityRow> rows = new ArrayList<>();
        if (values.isWritten(ScenarioSection.LIFE)) {
            rows.add(unverified(
                    "faults, checkpoints and recovery",
                    "held to closed forms and to published rates and shares, see trainyard verify faults; rates and times of this"
                            + " scenario are inputs"));
        } else {
            leftOut.add("failures");
        }
        Optional<Values> cluster = values.find(ScenarioSection.CLUSTER);
        boolean unequal =
                cluster.flatMap(found -> found.find(ClusterSection.CONDITION)).isPresent();
        if (unequal) {
            rows.add(unverified(
                    "ranks that differ", "held to cases worked out by hand; no measurements to compare with"));
        } else {
            leftOut.add("ranks that differ");
        }
        boolean shared = scenario.kind() instanceof TrafficKind
                || cluster.flatMap(found -> found.find(ClusterSection.NETWORK))
                        .filter(network -> network.isWritten(NetworkSection.JOBS))
                        .isPresent();
        if (!shared) {
            leftOut.add("other jobs on the fabric");
        }
        if (!leftOut.isEmpty()) {
            rows.add(unverified(String.join(", ", leftOut), "left out"));
        }
        return rows;
    }

    private static ValidityRow unverified(String what, String remark) {
        return new ValidityRow(what, Status.UNVERIFIED, "", 0, OptionalDouble.empty(), OptionalDouble.empty(), remark);
    }

    private static ValidityRow row(ValidityTable.Row row) {
        boolean gated = row.gated() > 0;
        return new ValidityRow(
                row.suite().equals(COLLECTIVES) ? "collectives" : "training step",
                gated ? Status.VERIFIED : Status.PARTLY,
                row.source(),
                gated ? row.gated() : row.compared(),
                OptionalDouble.of(row.meanErrorPercent()),
                row.calibratedErrorPercent(),
                gated ? "" : "inputs of these rows are partly assumed");
    }
}
