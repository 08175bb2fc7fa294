package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.scenario.Scenario;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.validity.ValidityTable;

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
        rows.add(unverified(
                "failures, stragglers and other jobs on the fabric",
                "left out: the machines are healthy and otherwise idle"));
        return List.copyOf(rows);
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
