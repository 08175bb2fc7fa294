package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.network.NetworkSection;
import trainyard.scenario.validity.ValidityTable;
import trainyard.scenario.workload.cluster.ClusterKind;
import trainyard.scenario.workload.sgd.SgdKind;
import trainyard.scenario.workload.traffic.TrafficKind;

/** Says which parts of the model behind an answer were checked against what. */
public final class Validity {

    private static final String COLLECTIVES = "collectives";
    private static final String SGD = "sgd";
    private static final String MEMORY = "memory";
    private static final String BUBBLES = "bubbles";

    /** Tables of the suite {@code sgd} that hold what others measured; the rest are closed forms. */
    private static final String MEASURED = "facts_";

    private Validity() {}

    /** The rows that concern a scenario. */
    public static List<ValidityRow> of(Scenario scenario) {
        if (scenario.kind() instanceof SgdKind) {
            return ofTraining();
        }
        if (scenario.kind() instanceof ClusterKind) {
            return ofJobs(ClusterValidity.of(scenario));
        }
        if (!scenario.kind().needs().contains(ScenarioSection.CLUSTER)) {
            return List.of(
                    unverified(
                            scenario.kind().section().key().replace('-', ' '),
                            "held to cases worked out by hand and to properties that must hold; no measurements to compare with"));
        }
        boolean collective = !scenario.values().isWritten(ScenarioSection.JOB);
        List<ValidityRow> rows = new ArrayList<>();
        for (ValidityTable.Row row : ValidityTable.shipped().rows()) {
            if (!row.suite().equals(SGD) && (!collective || row.suite().equals(COLLECTIVES))) {
                rows.add(row(row));
            }
        }
        rows.addAll(notCompared(scenario));
        return List.copyOf(rows);
    }

    /** Of jobs on a cluster the step model counts only where it prices their steps. */
    private static List<ValidityRow> ofJobs(ClusterValidity jobs) {
        List<ValidityRow> rows = new ArrayList<>(jobs.rows());
        if (jobs.pricesSteps()) {
            ValidityTable.shipped().rows().stream()
                    .filter(row -> !row.suite().equals(SGD))
                    .map(Validity::row)
                    .forEach(rows::add);
        }
        return List.copyOf(rows);
    }

    private static List<ValidityRow> ofTraining() {
        List<ValidityRow> rows = new ArrayList<>();
        ValidityTable.shipped().rows().stream()
                .filter(row -> row.suite().equals(SGD) && row.source().startsWith(MEASURED))
                .map(Validity::row)
                .forEach(rows::add);
        rows.add(unverified(
                "update rules",
                "times, staleness and errors on quadratics are held to closed forms, see trainyard verify sgd; losses of networks"
                        + " were compared with no published curve"));
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

    static ValidityRow unverified(String what, String remark) {
        return new ValidityRow(what, Status.UNVERIFIED, "", 0, OptionalDouble.empty(), OptionalDouble.empty(), remark);
    }

    private static ValidityRow row(ValidityTable.Row row) {
        boolean gated = row.gated() > 0;
        return new ValidityRow(
                switch (row.suite()) {
                    case COLLECTIVES -> "collectives";
                    case SGD -> "distributed SGD";
                    case MEMORY -> "memory of a GPU";
                    case BUBBLES -> "pipeline bubble";
                    default -> "training step";
                },
                gated ? Status.VERIFIED : Status.PARTLY,
                row.source(),
                gated ? row.gated() : row.compared(),
                OptionalDouble.of(row.meanErrorPercent()),
                row.calibratedErrorPercent(),
                gated
                        ? ""
                        : row.suite().equals(SGD)
                                ? "calibrated on figures of the same source"
                                : "inputs of these rows are partly assumed");
    }
}
